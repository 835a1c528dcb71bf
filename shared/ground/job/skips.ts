/** The reasons why a job skips things, and how many for each reason. */

/** The number of skipped things by reason. */
export type Skips<Reason extends string = string> = Partial<Record<Reason, number>>;

/** Counts each reason. */
export function skipsOf<Reason extends string>(reasons: readonly Reason[]): Skips<Reason> {
  const skips: Skips<Reason> = {};
  for (const reason of reasons) skips[reason] = (skips[reason] ?? 0) + 1;
  return skips;
}

/** The number of skipped things in all. */
export const skipCountOf = (skips: Skips): number =>
  Object.values(skips).reduce<number>((sum, count = 0) => sum + count, 0);

/** Adds up two counts, reason by reason. */
export function addSkips<Reason extends string>(one: Skips<Reason>, other: Skips<Reason>): Skips<Reason> {
  const reasons = Object.keys({ ...one, ...other }) as Reason[];
  const counts = reasons.map((reason) => [reason, (one[reason] ?? 0) + (other[reason] ?? 0)] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0)) as Skips<Reason>;
}
