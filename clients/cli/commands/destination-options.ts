/** The options that say what a destination is, which `create` and `edit` have in common. */
import { type Command, InvalidArgumentError } from 'commander';
import { waitsIn } from '../../../shared/deliveries/destination/retry-settings.ts';
import type { ApiBody } from '../../../shared/operators/api/api-client.ts';
import { UsageError } from '../command-error.ts';
import { readJson } from '../prompt.ts';
import type { Session } from '../session.ts';
import { seconds } from './grace-options.ts';
import { positiveNumber } from './listing.ts';

type Fields = Omit<ApiBody<'PATCH /v1/destinations/{name}'>, 'managedBy'>;

/** The word that removes a setting. */
const none = 'none';

export interface DestinationOptions {
  url?: string;
  description?: string;
  method?: Fields['method'];
  timeoutSeconds?: number;
  rate?: NonNullable<Fields['rate']> | typeof none;
  concurrency?: number | typeof none;
  giveUpAfterHours?: number;
  schedule?: number[] | typeof none;
  retryOn?: string[] | typeof none;
  forwardHeaders?: string[] | typeof none;
  file?: string;
}

/**
 * Reads a rate.
 * @throws InvalidArgumentError if it is none
 */
function rate(text: string): DestinationOptions['rate'] {
  if (text === none) return none;
  const [, digits, unit] = /^(\d{1,8})\/([sm])$/.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError(`It must be such as 5/s or 100/m, or ${none}.`);
  return unit === 's' ? { perSecond: Number(digits) } : { perMinute: Number(digits) };
}

const concurrency = (text: string): DestinationOptions['concurrency'] => (text === none ? none : positiveNumber(text));

/**
 * Reads waits.
 * @throws InvalidArgumentError if they are none
 */
function schedule(text: string): DestinationOptions['schedule'] {
  const waits = text === none ? none : waitsIn(text);
  if (waits) return waits;
  throw new InvalidArgumentError(`It must be waits such as 30s,5m,1h, or ${none}.`);
}

const listOf = (text: string): string[] | typeof none =>
  text === none ? none : text.split(',').map((part) => part.trim());

/** Adds the fields of a destination. Only the file takes headers and auth, because an argument stays in the shell's history. */
export const withDestinationOptions = (command: Command): Command =>
  command
    .option('--url <url>', 'where requests go, such as https://example.com/webhooks')
    .option('--description <text>', 'a text for people')
    .option('--method <method>', 'POST, PUT or PATCH (default: POST)')
    .option('--timeout-seconds <n>', 'how long an answer may take, 1 to 30 (default: 15)', seconds)
    .option('--rate <n/s>', `the most requests in a second or a minute, such as 5/s or 100/m; ${none} removes it`, rate)
    .option('--concurrency <n>', `the most requests at once, 1 to 100; ${none} removes it`, concurrency)
    .option('--give-up-after-hours <n>', 'how long a delivery is tried, 1 to 720 (default: 72)', positiveNumber)
    .option(
      '--schedule <waits>',
      `the waits between attempts, such as 30s,5m,1h, of which the last repeats; ${none} returns to the usual ones`,
      schedule,
    )
    .option(
      '--retry-on <statuses>',
      `the answers after which a delivery is tried again, such as 408,5xx; ${none}: after each failure`,
      listOf,
    )
    .option(
      '--forward-headers <names>',
      `headers of the sender that go on although they usually do not, such as x-hub-signature-256; ${none} removes them`,
      listOf,
    )
    .option('--file <path>', 'read a JSON object with these fields, headers and auth from a file, or - for stdin');

/**
 * The fields of the options and of the file.
 * @throws UsageError if both have a field
 */
export async function readFields({ terminal }: Session, { file, ...typed }: DestinationOptions): Promise<Fields> {
  const fromFile: Fields = file === undefined ? {} : await readJson(terminal, file);
  const twice = Object.keys(typed).find((name) => Object.hasOwn(fromFile, name));
  if (twice) throw new UsageError(`${twice} is in the file, and an option says it too. Leave one of them out.`);
  const { rate, concurrency, schedule, retryOn, forwardHeaders } = typed;
  const removable = Object.entries({ rate, concurrency, schedule, retryOn, forwardHeaders })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, value === none ? null : value]);
  return { ...fromFile, ...typed, ...Object.fromEntries(removable) };
}
