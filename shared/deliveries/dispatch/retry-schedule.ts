/** When a delivery is attempted again. */
import type { Destination } from '../destination/destination.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** The usual waits before the second attempt, the third and so on, in milliseconds. The last one repeats. */
const usualWaits = [
  5 * secondMs,
  30 * secondMs,
  2 * minuteMs,
  10 * minuteMs,
  30 * minuteMs,
  hourMs,
  2 * hourMs,
  4 * hourMs,
  8 * hourMs,
  12 * hourMs,
];
/** What a receiver asks for by Retry-After is kept up to this long, in milliseconds. */
export const longestRetryAfter = 12 * hourMs;

/**
 * The wait before the next attempt, in milliseconds. It differs by up to a fifth each time, so that what failed together does not come back
 * together.
 * @param schedule the waits of the destination, in seconds, if it has its own
 * @param step how many waits there were
 * @param random from 0 to 1
 * @param retryAfter what the receiver asked for
 */
export function waitAt(
  { schedule }: Pick<Destination, 'schedule'>,
  step: number,
  random: number,
  retryAfter = 0,
): number {
  const waits = schedule?.map((seconds) => seconds * secondMs) ?? usualWaits;
  const wait = waits[Math.min(step, waits.length - 1)] ?? 0;
  return Math.round(Math.max(wait * (0.8 + 0.4 * random), Math.min(retryAfter, longestRetryAfter)));
}

/**
 * When the next attempt begins, in epoch milliseconds. The last wait ends a moment after the limit, with an attempt. Undefined if
 * the limit has passed: this attempt was the last.
 * @param wait as the schedule has it
 * @param age how old the delivery is, and `limit` how old it may become
 */
export function nextAttemptAt(
  now: number,
  wait: number,
  { age, limit }: { age: number; limit: number },
): number | undefined {
  return age >= limit ? undefined : now + Math.min(wait, limit - age + secondMs);
}
