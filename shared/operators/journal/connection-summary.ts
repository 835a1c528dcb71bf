/**
 * The small summary of a connection: what a list shows of it, so that a row of the list is one read. The schedule of the statistics makes
 * it, and only of connections that had traffic. It keeps the minutes that it was made from, so that a reader drops those that are no longer in the
 * hour: a connection without traffic needs no write, and its counts go down to zero all the same.
 */
import * as z from 'zod/mini';
import type { RejectionCount } from '../../events/arrival/rejection.ts';
import { type LastUse, type ListedConnection, lastSixtyMinutes } from '../../events/arrival/usage.ts';
import { schema } from '../../ground/base/schema.ts';
import { minuteOf, timeSchema } from '../../ground/base/time.ts';
import { minuteMs, startOf } from '../../ground/statistics/period.ts';
import { refusedCountOf } from '../../ground/statistics/refused-count.ts';
import type { RollUpProgress } from '../../ground/statistics/statistics-store.ts';

export const connectionSummarySchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** When it was made. Its counts are of the sixty minutes up to the one of this time, the oldest first. */
    at: timeSchema,
    /** Until when events were counted then. */
    asOf: timeSchema,
    events: z.array(z.int()),
    /** By reason. */
    refused: z.record(z.string(), z.array(z.int())),
    /** Whether the counts of rejections are exact, and not lower bounds. */
    complete: z.boolean(),
    lastEventAt: z.nullable(timeSchema),
    /** When each token was last used, by its id. */
    tokens: z.record(z.string(), timeSchema),
    handshakes: z.optional(z.object({ count: z.int(), lastAt: timeSchema })),
  }),
);
export type ConnectionSummary = z.infer<typeof connectionSummarySchema>;

/** What the Journal has of a connection. */
export interface Observed {
  use: LastUse;
  /** The events of the last hour, and the last of them. */
  arrived: { counts: readonly { minute: string; count: number }[]; lastAt: string | null };
  refused: { counts: readonly RejectionCount[]; complete: boolean };
}

/** What is known of a connection that had no traffic in the last hour. */
export const observedQuiet = (use: LastUse): Observed => ({
  use,
  arrived: { counts: [], lastAt: null },
  refused: { counts: [], complete: true },
});

export function summaryOf({ use, arrived, refused }: Observed, now: Date, asOf: string): ConnectionSummary {
  const byReason = [...Map.groupBy(refused.counts, ({ reason }) => reason)];
  return {
    at: now.toISOString(),
    asOf,
    events: lastSixtyMinutes(arrived.counts, now),
    refused: Object.fromEntries(byReason.map(([reason, counts]) => [reason, lastSixtyMinutes(counts, now)])),
    complete: refused.complete,
    lastEventAt: arrived.lastAt ?? use.lastEventAt,
    tokens: Object.fromEntries(use.tokens),
    ...(use.handshakes && { handshakes: use.handshakes }),
  };
}

/** The last uses that a summary has. */
export const useIn = ({ tokens, lastEventAt, handshakes }: ConnectionSummary): LastUse => ({
  tokens: new Map(Object.entries(tokens)),
  lastEventAt,
  handshakes,
});

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** The later of two times. */
const later = (one: string, other: string): string => (one > other ? one : other);

/**
 * The statistics that a summary gives: of the sixty minutes up to the last run of the schedule. Nothing came since the summary was made, or that run
 * would have made another one.
 */
export function statsOf(summary: ConnectionSummary, run: Pick<RollUpProgress, 'upTo' | 'asOf'>) {
  const madeIn = minuteOf(new Date(summary.at));
  const last = later(madeIn, run.upTo);
  const over = (startOf(last).getTime() - startOf(madeIn).getTime()) / minuteMs;
  const shifted = (counts: readonly number[]): number[] => [
    ...counts.slice(over),
    ...new Array<number>(Math.min(over, counts.length)).fill(0),
  ];
  const eventsByMinute = shifted(summary.events);
  const byReason = Object.entries(summary.refused).map(([reason, counts]) => [reason, shifted(counts)] as const);
  const rejectionsByMinute = eventsByMinute.map((_, at) => sumOf(byReason.map(([, counts]) => counts[at] ?? 0)));
  const reasons = byReason.map(([reason, counts]) => [reason, sumOf(counts)] as const).filter(([, sum]) => sum > 0);
  return {
    lastHour: {
      events: sumOf(eventsByMinute),
      rejections: refusedCountOf(Object.fromEntries(reasons)).count,
      eventsByMinute,
      rejectionsByMinute,
      refused: Object.fromEntries(reasons),
      upTo: startOf(last).toISOString(),
    },
    lastEventAt: summary.lastEventAt,
    asOf: later(summary.asOf, run.asOf),
    complete: summary.complete || over >= eventsByMinute.length,
  } satisfies ListedConnection['stats'];
}

/** A run of the schedule that is older says too little about now, in milliseconds. */
const freshMs = 5 * minuteMs;

/** How the statistics of a connection are found. `quiet`: it had no traffic in the last hour. `journal`: the counts themselves are read. */
export type SummarySource = 'summary' | 'quiet' | 'journal';

/** @param progress that of the schedule. Undefined if it never ran */
export function summarySourceOf(
  summary: ConnectionSummary | undefined,
  progress: RollUpProgress | undefined,
  now: Date,
): SummarySource {
  const since = progress?.summariesSince;
  if (!progress || since === undefined || now.getTime() - startOf(progress.upTo).getTime() >= freshMs) return 'journal';
  // An older one may lack what came while the schedule stood still.
  if (summary && minuteOf(new Date(summary.at)) >= since) return 'summary';
  const isHourCovered = startOf(progress.upTo).getTime() - startOf(since).getTime() >= 60 * minuteMs;
  return isHourCovered ? 'quiet' : 'journal';
}
