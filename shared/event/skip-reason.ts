/** The reasons why a replay of many events skips events, and the number of events for each reason. */
import * as z from 'zod/mini';

/** `held`: its release publishes it. `test`: an operator's test made it. `expired`: it is gone by now. */
const skipReasons = ['held', 'test', 'expired'] as const;
export type SkipReason = (typeof skipReasons)[number];

/** The number of skipped events by reason. */
export const skipsSchema = z.partialRecord(z.enum(skipReasons), z.int());
export type Skips = z.infer<typeof skipsSchema>;

/** Counts each reason. */
export function skipsOf(reasons: readonly SkipReason[]): Skips {
  const skips: Skips = {};
  for (const reason of reasons) skips[reason] = (skips[reason] ?? 0) + 1;
  return skips;
}

/** The number of skipped events in all. */
export const skipCountOf = (skips: Skips): number => Object.values(skips).reduce((sum, count) => sum + count, 0);

/** Adds up two counts, reason by reason. */
export function addSkips(one: Skips, other: Skips): Skips {
  const counts = skipReasons.map((reason) => [reason, (one[reason] ?? 0) + (other[reason] ?? 0)] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
