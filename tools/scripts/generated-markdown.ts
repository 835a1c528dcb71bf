/** Parts of Markdown files that a command writes from the code, so that they can't differ from it. */

/**
 * Replaces the part between two markers in a text.
 * @throws if the text lacks a marker
 */
export function withGenerated(text: string, [begin, end]: readonly [begin: string, end: string], part: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`There is no place for the generated part: write ${begin} and ${end}.`);
  return `${text.slice(0, from)}${begin}\n\n${part}\n\n${text.slice(to)}`;
}
