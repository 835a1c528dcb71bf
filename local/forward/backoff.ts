/** EventBridge's limits for an event that its target does not accept. */
const maxAttempts = 185;
const maxAgeMs = 24 * 3_600_000;

/**
 * Whether an event is given up.
 * @param attempts the number of attempts so far
 * @param age milliseconds since the first attempt of this run
 */
export function isGivenUp(attempts: number, age: number): boolean {
  return attempts >= maxAttempts || age >= maxAgeMs;
}
