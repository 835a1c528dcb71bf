/** Prints the demo: plain text of at most 100 columns, coloured on a terminal, and never with a whole token. */
import { styleText } from 'node:util';
import { withoutTokens } from '../../shared/endpoints/credential/token.ts';

/** The longest line, in characters. */
const columns = 100;
const margin = '   ';

type Style = Parameters<typeof styleText>[0];

/** Where the procedure prints what happens. */
export interface Page {
  step(title: string, why: string): void;
  /** A request's first line, and its details. */
  request(line: string, details?: readonly string[]): void;
  /** An answer's status, and its details. */
  answer(status: number, details?: readonly string[]): void;
  /** A result that is not an answer: the result of a check, or a reason from the log. */
  note(text: string): void;
}

/** Formats a value as JSON with a space after each comma and colon, so that it can be broken into lines. */
export const spaced = (value: unknown): string =>
  JSON.stringify(value, null, 1)
    .replace(/([[{])\n\s*/g, '$1')
    .replace(/\n\s*([\]}])/g, '$1')
    .replace(/\n\s*/g, ' ');

/** Breaks a text at spaces into lines of at most `width` characters. A longer word gets its own line. */
function broken(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * @param write prints one line
 * @param isColoured whether to print escape sequences
 */
export function createPage(write: (line: string) => void, isColoured: boolean): Page {
  let steps = 0;
  const print = (mark: string, text: string, style?: Style) => {
    for (const [at, line] of broken(withoutTokens(text), columns - margin.length - 2).entries()) {
      const shown = `${margin}${at === 0 ? mark.padEnd(2) : '  '}${line}`;
      write(isColoured && style ? styleText(style, shown, { validateStream: false }) : shown);
    }
  };
  const printAll = (details: readonly string[] = []) => {
    for (const detail of details) print('', detail, 'dim');
  };
  return {
    step(title, why) {
      steps += 1;
      const heading = `${String(steps).padStart(2)} ${title}`;
      write('');
      write(isColoured ? styleText('bold', heading, { validateStream: false }) : heading);
      print('', why);
    },
    request(line, details) {
      print('→', line, 'cyan');
      printAll(details);
    },
    answer(status, details) {
      print('←', String(status), status < 400 ? 'green' : 'yellow');
      printAll(details);
    },
    note: (text) => print('·', text),
  };
}
