/** Parts of Markdown files that a command writes from the code, so that they can't differ from it. */

/** Makes a table with the column widths that the formatter wants. The first row is the table's head. */
export function markdownTable(rows: readonly string[][]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = '', ...others] = rows.map(line);
  return [first, line(widths.map((width) => '-'.repeat(width))), ...others].join('\n');
}

/**
 * Replaces the part between two markers in a text.
 * @throws if the text lacks a marker
 */
export function withGenerated(text: string, [begin, end]: readonly [begin: string, end: string], part: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`There is no place for the generated part: write ${begin} and ${end}.`);
  return `${text.slice(0, from)}${begin}\n\n${part}\n\n${text.slice(to)}`;
}
