/** Statistics as an operator reads them. */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { timeSchema } from '../base/time.ts';
import { type Counts, countedFields, publishedOf } from './counts.ts';
import { startOf } from './period.ts';

export const statisticsItemSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** When the minute, the hour or the day begins. */
    at: timeSchema,
    accepted: z.int(),
    duplicates: z.int(),
    conflicts: z.int(),
    /** By reason. */
    refused: z.record(z.string(), z.int()),
    published: z.int(),
    givenUp: z.int(),
    /** The fields that may be wrong: `accepted`, `conflicts`, `published` and `givenUp` too high, `duplicates` and `refused` too low. */
    inexact: z.optional(z.array(z.enum(countedFields))),
  }),
);
export type StatisticsItem = z.infer<typeof statisticsItemSchema>;

export function statisticsItemOf(key: string, counts: Counts): StatisticsItem {
  const { accepted, duplicates, conflicts, refused, givenUp, inexact } = counts;
  return {
    at: startOf(key).toISOString(),
    accepted,
    duplicates,
    conflicts,
    refused,
    published: publishedOf(counts),
    givenUp,
    ...(inexact.length > 0 && { inexact }),
  };
}
