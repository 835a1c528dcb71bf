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
 * The limit of the operators' routes is far higher than operators need. A flood of requests without a token counts
 * against the same limit, and operators must still get through. Monitors need a few requests a second, and so do the
 * people who open a web page.
 */
export const throttles = {
  senders: { rate: 2_000, burst: 4_000 },
  operators: { rate: 1_000, burst: 2_000 },
  monitors: { rate: 50, burst: 100 },
  pages: { rate: 50, burst: 100 },
} as const satisfies Record<string, Throttle>;
