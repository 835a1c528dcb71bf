import type { SkippedCounts } from './skip-reason.ts';

/** What two pages of a search skipped together. */
export function skippedSum(one: SkippedCounts, other: SkippedCounts): SkippedCounts {
  const sum = { ...one };
  for (const [reason, count] of Object.entries(other) as [keyof SkippedCounts, number][])
    sum[reason] = (sum[reason] ?? 0) + count;
  return sum;
}
