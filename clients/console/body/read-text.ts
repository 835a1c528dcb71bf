/** What the text of a body is: JSON, several JSON texts, one a line, or XML. What is none of these has no lines. */
import { addJsonLines, jsonLinesOf, jsonTokens } from './json-lines.ts';
import { LineList, type Lines, type Tokeniser } from './lines.ts';
import { xmlLinesOf, xmlTokens } from './xml-lines.ts';

export type Language = 'json' | 'ndjson' | 'xml';

export interface ReadText {
  language: Language;
  lines: Lines;
}

export const tokeniserOf = (language: Language): Tokeniser => (language === 'xml' ? xmlTokens : jsonTokens);

function isJson(text: string): boolean {
  try {
    // A byte order mark before JSON is no part of it.
    JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
    return true;
  } catch {
    return false;
  }
}

/** The records of newline-delimited JSON. Undefined if a line is no object and no list, or if there is only one. */
function recordLinesOf(text: string): Lines | undefined {
  const list = new LineList();
  let records = 0;
  for (let at = 0; at < text.length; ) {
    const newLine = text.indexOf('\n', at);
    const end = newLine < 0 ? text.length : newLine;
    const record = text.slice(at, end);
    if (record.trim() !== '') {
      if (!/^\s*[{[]/.test(record) || !isJson(record)) return undefined;
      addJsonLines(list, text, at, end);
      records += 1;
    }
    at = end + 1;
  }
  return records > 1 ? list.lines() : undefined;
}

/** Undefined if it is none of the languages. */
export function readBodyText(text: string): ReadText | undefined {
  if (isJson(text)) return { language: 'json', lines: jsonLinesOf(text) };
  const records = recordLinesOf(text);
  if (records) return { language: 'ndjson', lines: records };
  const lines = /^\ufeff?\s*</.test(text) ? xmlLinesOf(text) : undefined;
  return lines && { language: 'xml', lines };
}
