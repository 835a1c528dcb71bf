/**
 * The bars of a chart of traffic. The API counts by minute, hour and day of UTC. A bar of a day has the hours of a day in the time zone of
 * who looks, so that it is a day as that person means it, with 23 or 25 hours when the clocks change.
 */

import { keyOf, type Period, periodMs, startOf } from '../../../shared/ground/statistics/period.ts';
import { refusedCountOf } from '../../../shared/ground/statistics/refused-count.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';

export type CountedItem = ApiAnswer<'GET /v1/stats'>['items'][number];

/** What a bar is: a minute or an hour of UTC, or a local day. */
type BarUnit = 'minute' | 'hour' | 'day';

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
  '7d': { by: 'hour', bar: 'day', bars: 7 },
  '30d': { by: 'hour', bar: 'day', bars: 30 },
} as const satisfies Record<string, TrafficRange>;

export type RangeName = keyof typeof ranges;

/** The time zone of who looks. */
export const zoneHere = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

type BarOf = (at: number) => string;

/** What bars a range has, however many. */
type Bars = Pick<TrafficRange, 'by' | 'bar'>;

/** Names the bar that has a time. */
function barOf({ by, bar }: Bars, zone: string): BarOf {
  if (bar !== 'day') return (at) => keyOf(by, new Date(at));
  const local = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric' });
  return (at) => local.format(at);
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

/** The range whose bars a time has: not so many that nobody sees one, and not so few that they say nothing. */
export function rangeLike({ from, to }: { from: Date; to: Date }): RangeName {
  const hours = (to.getTime() - from.getTime()) / periodMs.hour;
  if (hours <= 2) return '1h';
  return hours <= 48 ? '24h' : '30d';
}

/** The bars of a time, in the order of time. The first and the last one may be more than it. */
export function barsBetween({ from, to }: { from: Date; to: Date }, range: Bars, zone: string): BarSpan[] {
  const step = periodMs[range.by];
  const of = barOf(range, zone);
  const begins: number[] = [];
  let at = startOf(keyOf(range.by, from)).getTime();
  for (; begins.length === 0 || at < to.getTime(); at += step)
    if (of(at - step) !== of(at) || begins.length === 0) begins.push(at);
  while (of(at) === of(at - step)) at += step;
  const times = [...begins, at].map((each) => new Date(each).toISOString());
  return begins.map((_, index) => {
    const [begin = '', end = ''] = times.slice(index);
    return { from: begin, to: end, isOpen: end > to.toISOString() };
  });
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
