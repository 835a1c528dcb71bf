/**
 * What was counted in a period. Counts of an hour are the sum of those of its minutes, and are always set, never added to: so they may be
 * set again.
 */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { attemptCountsSchema, sumOfAttempts } from './attempt-counts.ts';

/** The fields that an operator reads, each of which can be inexact. */
export const countedFields = ['accepted', 'duplicates', 'conflicts', 'refused', 'published', 'givenUp'] as const;
export type CountedField = (typeof countedFields)[number];

const count = () => z.int();

export const countsSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** Stored events, those of a conflict and those of a hold among them. */
    accepted: count(),
    duplicates: count(),
    /** Events whose delivery id another event has, with other bytes. */
    conflicts: count(),
    /** By reason. */
    refused: z.record(z.string(), z.int()),
    /** Events that a hold kept back when they came. */
    held: count(),
    /** Events that the end of a hold let go. */
    released: count(),
    givenUp: count(),
    /** The attempts at destinations, by their names. */
    destinations: z.optional(z.record(z.string(), attemptCountsSchema)),
    /** When the last event came. */
    lastAt: z.optional(z.string()),
    inexact: z.array(z.enum(countedFields)),
  }),
);
export type Counts = z.infer<typeof countsSchema>;

/** The counts of a period in which nothing happened. */
export const noCounts = (): Counts => ({
  accepted: 0,
  duplicates: 0,
  conflicts: 0,
  refused: {},
  held: 0,
  released: 0,
  givenUp: 0,
  inexact: [],
});

const numbers = ['accepted', 'duplicates', 'conflicts', 'held', 'released', 'givenUp'] as const;

function sumOfReasons(all: readonly Counts[]): Record<string, number> {
  const sum = new Map<string, number>();
  for (const { refused } of all)
    for (const [reason, count] of Object.entries(refused)) sum.set(reason, (sum.get(reason) ?? 0) + count);
  return Object.fromEntries(sum);
}

/** Adds up the counts of several periods. */
export function sumOf(all: readonly Counts[]): Counts {
  const sum = noCounts();
  for (const each of all) for (const name of numbers) sum[name] += each[name];
  sum.refused = sumOfReasons(all);
  sum.inexact = countedFields.filter((field) => all.some(({ inexact }) => inexact.includes(field)));
  const lastAt = all
    .flatMap((each) => each.lastAt ?? [])
    .sort()
    .at(-1);
  const destinations = sumOfAttempts(all.map((each) => each.destinations ?? {}));
  const isSent = Object.keys(destinations).length > 0;
  return { ...sum, ...(isSent && { destinations }), ...(lastAt !== undefined && { lastAt }) };
}

/** Adds up counts by a longer period. */
export function byKey(counts: ReadonlyMap<string, Counts>, keyOf: (key: string) => string): Map<string, Counts> {
  const groups = Map.groupBy(counts, ([key]) => keyOf(key));
  return new Map([...groups].map(([key, all]) => [key, sumOf(all.map(([, each]) => each))]));
}

/**
 * How many events reached the bus for the first time. Nobody counts that: it follows from what was accepted, kept back, let go and
 * given up.
 */
export const publishedOf = ({ accepted, held, released, givenUp }: Counts): number =>
  Math.max(0, accepted - held + released - givenUp);
