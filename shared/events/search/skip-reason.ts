import * as z from 'zod/mini';

/**
 * Why an event decides nothing. `large`: its body is in the bucket, and the search does not read such bodies, or it is larger than a
 * whole page may read. `withheld`: its body holds a token, and the role may not see it. `gone`: somebody removed its body from the
 * bucket. `overBudget`: to find out would take too many steps.
 */
export const skipReasons = ['large', 'withheld', 'gone', 'overBudget'] as const;
export type SearchSkip = (typeof skipReasons)[number];

/** How many events were skipped for each reason. */
export const skippedCountsSchema = z.object({
  large: z.optional(z.int()),
  withheld: z.optional(z.int()),
  gone: z.optional(z.int()),
  overBudget: z.optional(z.int()),
});
export type SkippedCounts = z.infer<typeof skippedCountsSchema>;
