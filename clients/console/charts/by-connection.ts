/** What was counted in a time, connection by connection. */

import { inParallel } from '../../../shared/ground/base/parallel.ts';
import { keptMs, periodMs } from '../../../shared/ground/statistics/period.ts';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { beginningOf, countsOf, isNothing, type Span, type TrafficCounts, type TrafficRange } from './periods.ts';
import { readTraffic, type StatsRange } from './traffic-reads.ts';

/** The periods of a bar, or of all bars of a range. Whole days of UTC are read as days, so that a month of a connection is a few items. */
export function statsRangesOf(range: TrafficRange, span: Span | undefined, now: Date, zone: string): StatsRange[] {
  const { by, bar } = range;
  if (span) return [{ by, from: new Date(span.from), to: new Date(span.to) }];
  const from = beginningOf(range, now, zone);
  if (bar === 'minute' || bar === 'hour') return [{ by, from }];
  const midnight = new Date(Math.ceil(from.getTime() / periodMs.day) * periodMs.day);
  return [...(midnight > from ? [{ by, from, to: midnight }] : []), { by: 'day', from: midnight }];
}

/** Whether all of a bar is still kept. What a link names may be older. */
export const isKept = ({ by }: TrafficRange, { from }: Span, now: Date): boolean =>
  Date.parse(from) >= now.getTime() - keptMs[by];

/** A connection with what was counted. */
export interface ConnectionCounts extends TrafficCounts {
  name: string;
}

export interface ByConnection {
  /** Those with anything, the most first. */
  rows: ConnectionCounts[];
  /** How many others were read, and had nothing. */
  others: number;
  /** Until when the counting is that is furthest behind. */
  asOf: string;
}

/** How many connections are read at a time. */
const atOnce = 4;

const totalOf = ({ accepted, refused, duplicates }: TrafficCounts): number =>
  accepted.count + refused.count + duplicates.count;

/** The counts of a connection. Undefined if it was deleted meanwhile. */
async function readOne(api: ApiClient, name: string, parts: readonly StatsRange[]) {
  try {
    const read = await Promise.all(parts.map((part) => readTraffic(api, name, part)));
    return {
      name,
      ...countsOf(read.flatMap(({ items }) => items)),
      asOf: read.map(({ asOf }) => asOf).sort()[0] ?? '',
    };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

export async function readByConnection(
  api: ApiClient,
  names: readonly string[],
  parts: readonly StatsRange[],
): Promise<ByConnection> {
  const found = (await inParallel(names, atOnce, (name) => readOne(api, name, parts))).filter(
    (each) => each !== undefined,
  );
  const rows = found.filter((each) => !isNothing(each)).sort((one, other) => totalOf(other) - totalOf(one));
  const [asOf = ''] = found.map((each) => each.asOf).sort();
  return { rows: rows.map(({ asOf: _, ...row }) => row), others: found.length - rows.length, asOf };
}
