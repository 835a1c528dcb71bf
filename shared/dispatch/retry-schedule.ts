/** When a delivery is attempted again. */

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** The waits before the second attempt, the third and so on, in milliseconds. */
const waits = [
  5 * secondMs,
  30 * secondMs,
  2 * minuteMs,
  10 * minuteMs,
  30 * minuteMs,
  hourMs,
  2 * hourMs,
  4 * hourMs,
  8 * hourMs,
];
/** The wait after those. */
const lastWait = 12 * hourMs;
/** What a receiver asks for by Retry-After is kept up to this long, in milliseconds. */
export const longestRetryAfter = 12 * hourMs;

/**
 * The wait before the next attempt, in milliseconds. It differs by up to a fifth each time, so that what failed together does not come back
 * together.
 * @param step how many waits there were
 * @param random from 0 to 1
 * @param retryAfter what the receiver asked for
 */
export function waitAt(step: number, random: number, retryAfter = 0): number {
  const usual = (waits[step] ?? lastWait) * (0.8 + 0.4 * random);
  return Math.round(Math.max(usual, Math.min(retryAfter, longestRetryAfter)));
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
