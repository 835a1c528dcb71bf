/**
 * A token bucket, as API Gateway throttles a route. The bucket has room for `burst` requests and refills by `rate` per
 * second.
 */
export interface RouteThrottle {
  /** Takes one token. Returns false if the bucket is empty. */
  take(now: Date): boolean;
}

/**
 * Creates a bucket that starts full.
 * @param rate requests per second; undefined means no limit
 * @param burst requests at once; undefined means as many as `rate`
 */
export function createRouteThrottle(rate?: number, burst = rate): RouteThrottle {
  if (rate === undefined || burst === undefined) return { take: () => true };
  let tokens = burst;
  let filledAt: number | undefined;
  return {
    take: (now) => {
      const at = now.getTime();
      // A clock that was set back refills nothing.
      const elapsed = Math.max(0, at - (filledAt ?? at));
      tokens = Math.min(burst, tokens + (elapsed / 1000) * rate);
      filledAt = at;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
