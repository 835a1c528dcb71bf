/** The waits between attempts to send something. */

const minWaitMs = 1_000;
const maxWaitMs = 60_000;

/**
 * Milliseconds until the next attempt: what the receiver asked for, otherwise a delay that doubles with each failure,
 * minus a random part of at most 50 %. At least a second, at most a minute.
 * @param random from 0 to 1
 */
export function waitAfter(attempts: number, retryAfter: number | undefined, random: number): number {
  const doubled = Math.min(maxWaitMs, minWaitMs * 2 ** (attempts - 1));
  const wanted = retryAfter ?? doubled * (1 - random / 2);
  return Math.round(Math.min(maxWaitMs, Math.max(minWaitMs, wanted)));
}
