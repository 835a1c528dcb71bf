/** A failure as a program reads it: the document that `--json` prints for it. */
import { CommanderError } from 'commander';
import { printableLines } from '../../shared/ground/base/printable.ts';
import { ApiError } from '../../shared/operators/api/api-error.ts';
import { CannotStart, Declined, FaultyFile, Interrupted } from './command-error.ts';
import { problemText, withoutSecrets } from './error-text.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';

export interface Failure {
  /** The code of the API for what it refuses, such as `connection_not_found`. Else what kind of failure it is. */
  code: string;
  /** The text for people, without the stack of a bug. */
  message: string;
  /** The line in a file that has a mistake: the first one. */
  line?: number;
  /** API Gateway's id of the request. */
  requestId?: string;
}

/** More than the exit code says. */
const codesOfErrors = [
  [FaultyFile, 'faulty_file'],
  [CannotStart, 'cannot_start'],
  [Declined, 'declined'],
  [Interrupted, 'interrupted'],
] as const;

/** By the exit code. docs/command-line.md has them all. */
const codesOfExits: Readonly<Record<number, string>> = {
  [exitCodes.usage]: 'usage',
  [exitCodes.notAllowed]: 'not_allowed',
  [exitCodes.conflict]: 'conflict',
  [exitCodes.unreachable]: 'unreachable',
  [exitCodes.timedOut]: 'timed_out',
};

function codeOf(error: unknown): string {
  if (error instanceof ApiError) return error.code;
  const [, code] = codesOfErrors.find(([kind]) => error instanceof kind) ?? [];
  return code ?? codesOfExits[exitCodeOf(error)] ?? 'failed';
}

function messageOf(error: unknown, name: string | undefined): string {
  if (error instanceof ApiError) return problemText(error, name);
  if (error instanceof Interrupted) return 'Interrupted.';
  if (error instanceof CommanderError && error.code === 'commander.help') return 'Name a command. --help shows them.';
  const text = error instanceof Error ? error.message : String(error);
  return withoutSecrets(printableLines(text.replace(/^error: /, '')));
}

/** @param name the connection that the command was about */
export function failureOf(error: unknown, name?: string): Failure {
  const message = messageOf(error, name);
  const [, line] = (error instanceof FaultyFile && /:(\d+):\d+: /.exec(message)) || [];
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  return {
    code: codeOf(error),
    message,
    ...(line !== undefined && { line: Number(line) }),
    ...(requestId !== undefined && { requestId }),
  };
}
