/** Limits of a route, for all callers together. API Gateway has no limit for a single caller. */
export interface Throttle {
  /** Requests a second. */
  rate: number;
  /** Requests at once. */
  burst: number;
}

/**
 * The limits of routes. `docs/limits.md` explains the figures.
 *
 * Operators' routes let far more through than operators need: a flood without a token uses up the same limit, and leaves
 * operators only the rest. Monitors need a few requests a second.
 */
export const throttles = {
  senders: { rate: 2_000, burst: 4_000 },
  operators: { rate: 1_000, burst: 2_000 },
  monitors: { rate: 50, burst: 100 },
} as const satisfies Record<string, Throttle>;
