/**
 * The bars of a chart of traffic. The API counts by minute, hour and day of UTC. A bar of a day has the hours of a day in the time zone of
 * who looks, so that it is a day as that person means it, with 23 or 25 hours when the clocks change.
 */

import { keyOf, type Period, periodMs, startOf } from '../../../shared/ground/statistics/period.ts';
import { refusedCountOf } from '../../../shared/ground/statistics/refused-count.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';

export type CountedItem = ApiAnswer<'GET /v1/stats'>['items'][number];

/** What a bar is: a period of the API, or a part of a local day. */
type BarUnit = 'minute' | 'hour' | 'quarterDay' | 'day';

export interface TrafficRange {
  /** By what the API is asked to count. */
  by: Period;
  bar: BarUnit;
  /** The number of bars. The last one has the present. */
  bars: number;
}

export const ranges = {
  '1h': { by: 'minute', bar: 'minute', bars: 60 },
  '24h': { by: 'hour', bar: 'hour', bars: 24 },
  '7d': { by: 'hour', bar: 'quarterDay', bars: 28 },
  '30d': { by: 'hour', bar: 'day', bars: 30 },
} as const satisfies Record<string, TrafficRange>;

export type RangeName = keyof typeof ranges;

/** The time zone of who looks. */
export const zoneHere = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

type BarOf = (at: number) => string;

/** Names the bar that has a time. */
function barOf({ by, bar }: TrafficRange, zone: string): BarOf {
  if (bar === 'minute' || bar === 'hour') return (at) => keyOf(by, new Date(at));
  const local = new Intl.DateTimeFormat('en', {
    ...({ timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric' } as const),
    ...({ hour: 'numeric', hourCycle: 'h23' } as const),
  });
  return (at) => {
    const parts = local.formatToParts(at);
    const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value);
    const quarter = bar === 'day' ? 0 : Math.floor(part('hour') / 6);
    return [part('year'), part('month'), part('day'), quarter].join('-');
  };
}

/** When the first bar of a range begins. */
export function beginningOf(range: TrafficRange, now: Date, zone: string): Date {
  const step = periodMs[range.by];
  const of = barOf(range, zone);
  let at = startOf(keyOf(range.by, now)).getTime();
  for (let bars = 0; ; at -= step) {
    if (of(at - step) !== of(at)) bars += 1;
    if (bars === range.bars) return new Date(at);
  }
}

export const shownCounts = ['accepted', 'refused', 'duplicates', 'conflicts', 'givenUp'] as const;
export type ShownCount = (typeof shownCounts)[number];

export interface Count {
  count: number;
  /** Whether it may be wrong, in the direction that `inexactly` says. */
  isInexact: boolean;
}

/** How a count is wrong if it is inexact. */
export const inexactly = {
  accepted: 'most',
  refused: 'least',
  duplicates: 'least',
  conflicts: 'most',
  givenUp: 'most',
} as const satisfies Record<ShownCount, 'most' | 'least'>;

/** What was counted in some time. */
export type TrafficCounts = Record<ShownCount, Count> & {
  /** What was refused, by reason, the most frequent first. */
  reasons: [reason: string, count: number][];
};

export interface Span {
  /** When it begins. */
  from: string;
  /** When the next one begins. */
  to: string;
}

/** The time of a bar. */
export interface BarSpan extends Span {
  /** Whether it is not counted to its end: it is not over, or the counting is late. */
  isOpen: boolean;
}

export interface TrafficBar extends BarSpan, TrafficCounts {}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const countIn = (item: CountedItem, field: ShownCount): number =>
  field === 'refused' ? refusedCountOf(item.refused).count : item[field];

/** Adds up what was counted. */
export function countsOf(items: readonly CountedItem[]): TrafficCounts {
  const reasons = new Map<string, number>();
  for (const { refused } of items)
    for (const [reason, count] of Object.entries(refused)) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  const count = (field: ShownCount): Count => ({
    count: sumOf(items.map((item) => countIn(item, field))),
    isInexact: items.some(({ inexact = [] }) => inexact.includes(field)),
  });
  return {
    ...{ accepted: count('accepted'), refused: count('refused'), duplicates: count('duplicates') },
    ...{ conflicts: count('conflicts'), givenUp: count('givenUp') },
    reasons: [...reasons].sort(([, one], [, other]) => other - one),
  };
}

/** Whether there was surely nothing. */
export const isZero = ({ count, isInexact }: Count): boolean => count === 0 && !isInexact;

/** Whether nothing at all was counted. */
export const isNothing = (counts: TrafficCounts): boolean => shownCounts.every((field) => isZero(counts[field]));

/**
 * What the API counted, by the bars of a range, in the order of time.
 * @param asOf until when it was counted
 */
export function itemsByBar(
  items: readonly CountedItem[],
  range: TrafficRange,
  zone: string,
  asOf: string,
): [BarSpan, CountedItem[]][] {
  const step = periodMs[range.by];
  const of = barOf(range, zone);
  const groups = [...Map.groupBy(items, ({ at }) => of(Date.parse(at))).entries()];
  return groups.flatMap(([bar, group]): [BarSpan, CountedItem[]][] => {
    const [first] = group;
    if (!first) return [];
    let end = Date.parse(first.at) + step;
    while (of(end) === bar) end += step;
    const to = new Date(end).toISOString();
    return [[{ from: first.at, to, isOpen: to > asOf }, group]];
  });
}

/** The bars of the traffic, in the order of time. @param asOf until when it was counted */
export const trafficBarsOf = (
  items: readonly CountedItem[],
  range: TrafficRange,
  zone: string,
  asOf: string,
): TrafficBar[] => itemsByBar(items, range, zone, asOf).map(([span, group]) => ({ ...span, ...countsOf(group) }));

/** Until when nothing was counted, if that is later than the first bar. Undefined also if nothing was counted at all. */
export function emptyUntil(bars: readonly TrafficBar[]): string | undefined {
  const first = bars.findIndex((bar) => !isNothing(bar));
  return first > 0 ? bars[first]?.from : undefined;
}
