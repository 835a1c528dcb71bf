/** EventBridge's limits for an event that its target does not accept. */
const maxAttempts = 185;
const maxAgeMs = 24 * 3_600_000;

const minWaitMs = 1_000;
const maxWaitMs = 60_000;

/**
 * Whether an event is given up.
 * @param attempts the number of attempts so far
 * @param age milliseconds since the first attempt of this run
 */
export function isGivenUp(attempts: number, age: number): boolean {
  return attempts >= maxAttempts || age >= maxAgeMs;
}

/**
 * Milliseconds until the next attempt: what the listener asked for, otherwise a delay that doubles with each failure,
 * minus a random part of at most 50 %. At least a second, at most a minute.
 * @param random from 0 to 1
 */
export function waitAfter(attempts: number, retryAfter: number | undefined, random: number): number {
  const doubled = Math.min(maxWaitMs, minWaitMs * 2 ** (attempts - 1));
  const wanted = retryAfter ?? doubled * (1 - random / 2);
  return Math.round(Math.min(maxWaitMs, Math.max(minWaitMs, wanted)));
}
