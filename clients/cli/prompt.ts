/** Questions at the terminal, and secrets and documents from stdin or a file. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { printable } from '../../shared/ground/base/printable.ts';
import { Declined, FaultyFile, Interrupted, UsageError } from './command-error.ts';
import { jsonFault } from './json-fault.ts';
import type { Terminal } from './terminal.ts';

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/**
 * Asks for a line.
 * @param isHidden whether the terminal must not show what is typed
 * @throws Interrupted if the operator presses Ctrl-C or Ctrl-D
 */
export function ask({ stdin, stderr }: Terminal, asked: string, isHidden = false): Promise<string> {
  const question = printable(asked);
  const lines = createInterface({ input: stdin, output: isHidden ? nowhere() : stderr, terminal: true });
  return new Promise((resolve, reject) => {
    const onEnd = () => {
      stderr.write('\n');
      reject(new Interrupted());
    };
    lines.once('SIGINT', () => lines.close());
    lines.once('close', onEnd);
    lines.question(isHidden ? '' : question, (answer) => {
      // Only this listener: readline's own one stops the echo.
      lines.off('close', onEnd);
      lines.close();
      if (isHidden) stderr.write('\n');
      resolve(answer.trim());
    });
    // After the line above, so that an answer that is there already is not lost.
    if (isHidden) stderr.write(question);
  });
}

/**
 * Asks whether to go on.
 * @throws UsageError without a terminal, because then nobody can answer
 * @throws Declined if the answer is not yes
 */
export async function confirm(terminal: Terminal, question: string, { yes }: { yes?: boolean }): Promise<void> {
  if (yes) return;
  if (!terminal.stdin.isTTY) {
    throw new UsageError(
      `${question} Without a terminal nobody can answer, so nothing was changed. To go on, add --yes.`,
    );
  }
  const answer = await ask(terminal, `${question} (yes/no) `);
  if (!/^y(es)?$/i.test(answer)) throw new Declined('Nothing was changed.');
}

/** A secret: by a hidden prompt at a terminal, otherwise all of stdin without a line break at its end. */
export async function readSecret(terminal: Terminal, question: string): Promise<string> {
  const { stdin } = terminal;
  const secret = stdin.isTTY ? await ask(terminal, question, true) : (await text(stdin)).replace(/\r?\n$/, '');
  if (secret === '') throw new UsageError('The secret is empty.');
  return secret;
}

function readInput(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`${path} can't be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** Reads a file, or stdin if the path is `-`. */
export const readText = async ({ stdin }: Terminal, path: string): Promise<string> =>
  path === '-' ? text(stdin) : readInput(path).toString('utf8');

/** Reads the bytes of a file, or of stdin if the path is `-`. */
export const readBytes = async ({ stdin }: Terminal, path: string): Promise<Buffer> =>
  path === '-' ? buffer(stdin) : readInput(path);

/**
 * Reads a JSON object from a file, or from stdin if the path is `-`. The API checks its fields.
 * @throws FaultyFile, or a UsageError, that never quotes the content, because it can have a secret
 */
export async function readJson(terminal: Terminal, path: string): Promise<object> {
  const content = await readText(terminal, path);
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    const { line, column } = jsonFault(content);
    throw new FaultyFile(`${path === '-' ? 'stdin' : path}:${line}:${column}: this is not valid JSON.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`${path === '-' ? 'stdin' : path} must be a JSON object.`);
}
