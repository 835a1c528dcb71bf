/** How an option reads a length of time. */
import { InvalidArgumentError } from 'commander';

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/**
 * Reads a length of time, such as `30s` or `5m`. A number alone is seconds. Returns milliseconds.
 * @throws InvalidArgumentError if it is none of a day
 */
export function duration(text: string): number {
  const [, digits, unit = 's'] = /^(\d{1,8})(ms|s|m|h)?$/.exec(text) ?? [];
  const ms = Number(digits) * unitsMs[unit as keyof typeof unitsMs];
  if (ms <= 24 * unitsMs.h) return ms;
  throw new InvalidArgumentError('It must be a time of at most a day, such as 30s or 5m.');
}
