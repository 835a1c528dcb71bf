/** EventBridge's own bounds for an event that its target does not take. */
const maxAttempts = 185;
const maxAge = 24 * 3_600_000;

const shortestWait = 1_000;
const longestWait = 60_000;

/** Whether an event has had its tries: how many there were, and the milliseconds since the first of this run. */
export function isGivenUp(attempts: number, age: number): boolean {
  return attempts >= maxAttempts || age >= maxAge;
}

/**
 * Milliseconds until the next try: what the listener asked for, else twice as long after each failure and up to half of
 * that left out at random; never less than a second or more than a minute.
 * @param random from 0 to 1
 */
export function waitAfter(attempts: number, retryAfter: number | undefined, random: number): number {
  const doubled = Math.min(longestWait, shortestWait * 2 ** (attempts - 1));
  const wanted = retryAfter ?? doubled * (1 - random / 2);
  return Math.round(Math.min(longestWait, Math.max(shortestWait, wanted)));
}
