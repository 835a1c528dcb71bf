/** Statistics as an operator reads them. */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { timeSchema } from '../base/time.ts';
import { type AttemptCounts, quantileOf } from './attempt-counts.ts';
import { type Counts, countedFields, publishedOf } from './counts.ts';
import { startOf } from './period.ts';

export const attemptStatisticsSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** Attempts that a 2xx answered. */
    delivered: z.int(),
    /** All other attempts. A delivery can have several. */
    failed: z.int(),
    /** How long half of the answers took at most, and 95 percent of them, in milliseconds: exact to ten percent. Absent without answers. */
    p50: z.optional(z.int()),
    p95: z.optional(z.int()),
    /** How many deliveries wait now, whosever they are. Only in the present period, and for the 20 destinations with the most attempts in it. */
    waiting: z.optional(z.int()),
  }),
);
export type AttemptStatistics = z.infer<typeof attemptStatisticsSchema>;

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
    /** The attempts at destinations, by the name of the destination. */
    destinations: z.optional(z.record(z.string(), attemptStatisticsSchema)),
    /** The fields that may be wrong: `accepted`, `conflicts`, `published` and `givenUp` too high, `duplicates` and `refused` too low. */
    inexact: z.optional(z.array(z.enum(countedFields))),
  }),
);
export type StatisticsItem = z.infer<typeof statisticsItemSchema>;

function attemptStatisticsOf(counts: AttemptCounts, waiting: number | undefined): AttemptStatistics {
  const [p50, p95] = [quantileOf(counts, 0.5), quantileOf(counts, 0.95)];
  const { delivered, failed } = counts;
  return {
    ...{ delivered, failed, ...(p50 !== undefined && { p50 }), ...(p95 !== undefined && { p95 }) },
    ...(waiting !== undefined && { waiting }),
  };
}

/** @param waiting how many deliveries wait, by the id of the destination */
export function statisticsItemOf(key: string, counts: Counts, waiting?: ReadonlyMap<string, number>): StatisticsItem {
  const { accepted, duplicates, conflicts, refused, givenUp, destinations, inexact } = counts;
  const sent = Object.entries(destinations ?? {}).map(
    ([name, each]) => [name, attemptStatisticsOf(each, waiting?.get(each.id))] as const,
  );
  return {
    at: startOf(key).toISOString(),
    accepted,
    duplicates,
    conflicts,
    refused,
    published: publishedOf(counts),
    givenUp,
    ...(sent.length > 0 && { destinations: Object.fromEntries(sent) }),
    ...(inexact.length > 0 && { inexact }),
  };
}
