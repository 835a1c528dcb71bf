/** Times as people say them. */
import { localeHere } from './locale.ts';

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

const format = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** The clocks of the API and of this machine differ by a few seconds. So a time in the very near future is now. */
const clockDifferenceMs = 10_000;

/** Such as `12 seconds ago` or `in 2 hours`. Rounds towards now, so that nothing seems further away than it is. */
export function relativeTime(iso: string, now: Date): string {
  const ms = Date.parse(iso) - now.getTime();
  const seconds = ms > 0 && ms < clockDifferenceMs ? 0 : ms / 1000;
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  const count = Math.trunc(seconds / size);
  return count === 0 ? 'just now' : format.format(count, unit);
}

/** How long ago something happened of which only the minute is known, from the beginning of that minute. */
export const relativeMinute = (iso: string, now: Date): string =>
  now.getTime() - Date.parse(iso) < 60_000 ? 'in the last minute' : relativeTime(iso, now);

const absolute = new Intl.DateTimeFormat(localeHere, { dateStyle: 'medium', timeStyle: 'long' });

const exact = new Intl.DateTimeFormat(localeHere, {
  ...({ year: 'numeric', month: 'short', day: 'numeric' } as const),
  ...({ hour: 'numeric', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 } as const),
  timeZoneName: 'short',
});

/** A time whose zone, its last word, is never alone in a line. */
export const withItsZone = (time: string): string => time.replace(/ (?=\S+$)/, '\u00a0');

/** The date and the time of day here to the millisecond, with the time zone: in a list, many come within a second. */
export const exactTime = (iso: string): string => withItsZone(exact.format(new Date(iso)));

const minute = new Intl.DateTimeFormat(localeHere, { dateStyle: 'medium', timeStyle: 'short' });

/** The date and the time of day here, to the minute. */
export const absoluteMinute = (iso: string): string => minute.format(new Date(iso));

/** The date and the time of day here, with the time zone. */
export const absoluteTime = (iso: string): string => withItsZone(absolute.format(new Date(iso)));
