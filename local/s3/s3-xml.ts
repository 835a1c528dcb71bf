/** An element with text, or with elements that are written already. */
export function element(name: string, content: string | number | boolean | readonly string[]): string {
  return `<${name}>${Array.isArray(content) ? content.join('') : escapeText(String(content))}</${name}>`;
}

export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

/** What a parser would take for markup, normalize or refuse is written as a reference. */
function escapeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys may hold them
  return text.replace(/[<>&"\u0000-\u001f\u007f]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`);
}
