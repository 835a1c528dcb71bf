/**
 * What came of the attempts at a destination: how many went well, how many did not, and how long its answers took, as a histogram. A
 * bucket is a fifth wider than the one before, so that a few numbers have any time from a millisecond to a minute.
 */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';

/** How much longer the times of a bucket are than those of the one before. */
const growth = 1.2;

/** The most destinations that are kept of a period: those with the most attempts. The record of a period must fit into an item. */
export const mostDestinations = 500;

export const attemptCountsSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** The destination's id. */
    id: z.string(),
    /** Attempts that a 2xx answered: each is a delivery. */
    delivered: z.int(),
    /** All other attempts that were sent. */
    failed: z.int(),
    /** How many answers there are in each bucket. */
    times: z.record(z.string(), z.int()),
  }),
);
export type AttemptCounts = z.infer<typeof attemptCountsSchema>;

/** The attempts at destinations, by their names. */
export type AttemptsByName = Record<string, AttemptCounts>;

export const noAttempts = (id: string): AttemptCounts => ({ id, delivered: 0, failed: 0, times: {} });

/** The bucket of an answer. */
export const bucketOf = (ms: number): number => Math.floor(Math.log(Math.max(1, ms)) / Math.log(growth));

/** The time that stands for those of a bucket, in milliseconds. It is within ten percent of each of them, before it is rounded. */
const timeOf = (bucket: number): number => Math.round(growth ** (bucket + 0.5));

const attemptsIn = ({ delivered, failed }: AttemptCounts): number => delivered + failed;

function add(sum: AttemptCounts, { id, delivered, failed, times }: AttemptCounts): void {
  sum.id = id;
  sum.delivered += delivered;
  sum.failed += failed;
  for (const [bucket, count] of Object.entries(times)) sum.times[bucket] = (sum.times[bucket] ?? 0) + count;
}

/** Adds up the attempts of several periods. A destination that was deleted and made again has the later id. */
export function sumOfAttempts(all: readonly AttemptsByName[]): AttemptsByName {
  const sums = new Map<string, AttemptCounts>();
  for (const [name, counts] of all.flatMap((each) => Object.entries(each))) {
    const sum = sums.get(name) ?? noAttempts(counts.id);
    add(sum, counts);
    sums.set(name, sum);
  }
  const byAttempts = [...sums].sort(([, one], [, other]) => attemptsIn(other) - attemptsIn(one));
  return Object.fromEntries(byAttempts.slice(0, mostDestinations));
}

/**
 * The time within which a part of the answers came, in whole milliseconds, exact to ten percent. Undefined without answers.
 * @param part such as 0.95
 */
export function quantileOf({ times }: AttemptCounts, part: number): number | undefined {
  const buckets = Object.entries(times)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .sort((one, other) => one.bucket - other.bucket);
  const wanted = Math.ceil(buckets.reduce((sum, { count }) => sum + count, 0) * part);
  let seen = 0;
  for (const { bucket, count } of buckets) {
    seen += count;
    if (seen >= wanted) return timeOf(bucket);
  }
  return undefined;
}
