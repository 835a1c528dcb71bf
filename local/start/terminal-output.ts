/** The terminal of `npm start`. Senders and operators choose some of what it shows. */
import { inspect } from 'node:util';
import { printableLines } from '../../shared/ground/base/printable.ts';

/** Prints text, without what could control the terminal. */
export const print = (text: string): void => console.log(printableLines(text));

/** Prints an error in the same way, to stderr. An error without a message for people is printed with its stack. */
export const printError = (error: unknown): void =>
  console.error(printableLines(typeof error === 'string' ? error : inspect(error)));
