/** The options of a command that replaces a live secret. */
import { type Command, InvalidArgumentError } from 'commander';

export interface GraceOptions {
  graceSeconds?: number | undefined;
  force?: boolean | undefined;
  yes?: boolean;
}

/**
 * Reads a number of seconds.
 * @throws InvalidArgumentError if it is no whole number
 */
export function seconds(text: string): number {
  if (/^\d{1,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of seconds.');
}

export const withGraceOptions = (command: Command): Command =>
  command
    .option('--grace-seconds <n>', 'how long the previous secret is accepted (default: a day)', seconds)
    .option('--force', 'end the grace of an earlier change, if one runs')
    .option('--yes', 'do not ask if a live secret ends at once');

/** Whether a secret that senders may use ends at once. */
export const endsAtOnce = ({ graceSeconds, force }: GraceOptions): boolean => graceSeconds === 0 || force === true;

/** The fields of the request. */
export const graceOf = ({ graceSeconds, force }: GraceOptions): { graceSeconds?: number; force?: boolean } => ({
  ...(graceSeconds !== undefined && { graceSeconds }),
  ...(force && { force }),
});
