/** Minutes, hours and days, all in UTC. A period has a key, which is the beginning of its time: `2026-01-31T23:59`, `2026-01-31T23` or `2026-01-31`. */

export const periods = ['minute', 'hour', 'day'] as const;
export type Period = (typeof periods)[number];

export const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const keyLength: Record<Period, number> = { minute: 16, hour: 13, day: 10 };
export const periodMs: Record<Period, number> = { minute: minuteMs, hour: hourMs, day: dayMs };

/** For how long the counts of each period are kept, in milliseconds. */
export const keptMs: Record<Period, number> = { minute: 2 * dayMs, hour: 90 * dayMs, day: 400 * dayMs };

/** The key of the period that has this time. */
export const keyOf = (period: Period, time: Date): string => time.toISOString().slice(0, keyLength[period]);

/** The key of the longer period that has this shorter one. */
export const keyIn = (period: Period, key: string): string => key.slice(0, keyLength[period]);

/** When a period begins. */
export const startOf = (key: string): Date => new Date(`${key}${'2026-01-31T00:00:00.000Z'.slice(key.length)}`);

/** The earlier and the later of two keys of the same period. */
export const inOrder = (one: string, other: string): [earlier: string, later: string] =>
  one < other ? [one, other] : [other, one];

/** The keys of all periods from one to another, both included. */
export function keysBetween(period: Period, first: string, last: string): string[] {
  const [from, to] = [startOf(first).getTime(), startOf(last).getTime()];
  const count = Math.max(0, Math.floor((to - from) / periodMs[period]) + 1);
  return Array.from({ length: count }, (_, at) => keyOf(period, new Date(from + at * periodMs[period])));
}

/** The key of the period before. */
export const keyBefore = (period: Period, key: string): string =>
  keyOf(period, new Date(startOf(key).getTime() - periodMs[period]));

/** The first and the last minute of a period. */
export const minutesOf = (period: Period, key: string): [first: string, last: string] => {
  const start = startOf(key).getTime();
  return [keyOf('minute', new Date(start)), keyOf('minute', new Date(start + periodMs[period] - 1))];
};
