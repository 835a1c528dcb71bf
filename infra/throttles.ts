/** Requests a second and a burst, of all callers of a route together. API Gateway knows no limit for one caller. */
export interface Throttle {
  rate: number;
  burst: number;
}

/**
 * The limits of routes. `docs/limits.md` explains the figures.
 *
 * Operators' routes let far more through than operators need: what a flood without a token leaves of the limit is all
 * that an operator has. Who monitors needs no more than a few requests a second.
 */
export const throttles = {
  senders: { rate: 2_000, burst: 4_000 },
  operators: { rate: 1_000, burst: 2_000 },
  monitors: { rate: 50, burst: 100 },
} as const satisfies Record<string, Throttle>;

/** The most that can be said for a setting below: far beyond what AWS grants anybody unasked. */
const most = 100_000;

/** A whole number from 1 to 100,000, or undefined for anything else. */
function numberOf(context: unknown): number | undefined {
  const number = /^[1-9]\d{0,5}$/.test(String(context)) ? Number(context) : undefined;
  return number !== undefined && number <= most ? number : undefined;
}

/**
 * What each public route takes a second, from all senders together.
 * @throws for what is no whole number from 1 to 100,000
 */
export function senderThrottleOf(rate: unknown, burst: unknown): Throttle {
  const read = (name: string, context: unknown, unsaid: number): number => {
    const value = context === undefined ? unsaid : numberOf(context);
    if (value !== undefined) return value;
    throw new Error(`-c ${name}=${String(context)} can not be used; say a whole number from 1 to ${most}`);
  };
  const { senders } = throttles;
  return { rate: read('senderRate', rate, senders.rate), burst: read('senderBurst', burst, senders.burst) };
}

/**
 * The concurrent executions that are kept for each of the two functions that answer senders; undefined reserves none. By
 * default none are: a new account's quota is too small for any, and its deployment would fail.
 * @throws for what is no whole number from 1 to 100,000
 */
export function reservedConcurrencyOf(context: unknown): number | undefined {
  if (context === undefined) return undefined;
  const value = numberOf(context);
  if (value !== undefined) return value;
  throw new Error(
    `-c reservedConcurrency=${String(context)} can not be used; say a whole number from 1 to ${most}, or leave it out to reserve nothing`,
  );
}
