/** What the command line prints about an error, without secrets, and without what could control the terminal. */
import { CommanderError } from 'commander';
import { withoutTokens } from '../../shared/endpoints/credential/token.ts';
import { printable, printableLines } from '../../shared/ground/base/printable.ts';
import { ClientSettingError } from '../../shared/operators/api/api-client.ts';
import { ApiError, UnreachableError } from '../../shared/operators/api/api-error.ts';
import { textsAbout } from './answer-words.ts';
import {
  BadResult,
  CannotStart,
  ConflictError,
  Declined,
  Differs,
  FailedWithAnswer,
  FaultyFile,
  ForbiddenError,
  Interrupted,
  TimedOut,
  UsageError,
} from './command-error.ts';

/** The longest word of an argument that an error repeats. A longer one can be a secret in the wrong place. */
const maxRepeated = 24;

/** Hides tokens of Hooklatch, values of options and long words that the operator typed. */
export const withoutSecrets = (text: string): string =>
  withoutTokens(text)
    .replace(/'(--[\w-]+)=[^']*'/g, "'$1=…'")
    .replace(new RegExp(`'[^' <>]{${maxRepeated + 1},}'`, 'g'), "'…'");

const isExplained = (error: unknown): error is Error =>
  [UsageError, Declined, ConflictError, ForbiddenError, UnreachableError, ClientSettingError].some(
    (kind) => error instanceof kind,
  );

/** The text for an error of the API, in the words of the command line. */
export const problemText = (error: ApiError, name?: string): string =>
  withoutSecrets(printable(textsAbout(name).problem(error)));

/** Whether what went wrong is printed already, as the command's answer or by the parser of its arguments. */
const isPrinted = (error: unknown): boolean =>
  [CommanderError, BadResult, Differs, TimedOut, Interrupted].some((kind) => error instanceof kind);

/**
 * The text for an error. Empty if everything is printed already.
 * @param name the connection that the command was about
 */
export function errorText(error: unknown, name?: string): string {
  if (error instanceof FailedWithAnswer) return errorText(error.cause, name);
  if (isPrinted(error)) return '';
  if (error instanceof ApiError) {
    const { code, requestId } = error;
    const request = requestId === undefined ? '' : `, request ${requestId}`;
    return `${problemText(error, name)} (${withoutSecrets(printable(`${code}${request}`))})`;
  }
  if (error instanceof CannotStart || error instanceof FaultyFile) return withoutSecrets(printableLines(error.message));
  if (isExplained(error)) return withoutSecrets(printable(error.message));
  // A bug: the stack says where. Its first line is masked like every other text.
  return withoutSecrets(printableLines(error instanceof Error ? (error.stack ?? error.message) : String(error)));
}
