/**
 * Reads statistics. What the schedule has set is read as it is; the hours that it has not set yet are counted from their minutes. So the
 * present hour and the present day are there too.
 */
import { inParallel } from '../base/parallel.ts';
import { minuteOf } from '../base/time.ts';
import { byKey, type Counts, noCounts } from './counts.ts';
import { inOrder, keptMs, keyBefore, keyIn, keyOf, keysBetween, minutesOf, type Period } from './period.ts';
import { firstUnsetHour } from './roll-up.ts';
import type { RollUpProgress, StatisticsStore } from './statistics-store.ts';
import { type StatisticsItem, statisticsItemOf } from './statistics-view.ts';

export type StatisticsReads = Pick<StatisticsStore, 'minutes' | 'sums' | 'progress'>;

/** Counts the deliveries that wait for a destination now. */
export type CountWaiting = (destinationId: string) => Promise<number>;

/** For how many destinations it is counted what waits. */
const mostWaiting = 20;

/** The periods to read, from one key to another, both included. */
export interface StatisticsRange {
  by: Period;
  first: string;
  last: string;
}

/** The periods between two times. Those that are no longer kept, and those to come, are left out. */
export function rangeOf(by: Period, from: Date, to: Date, now: Date): StatisticsRange {
  const oldest = new Date(Math.max(from.getTime(), now.getTime() - keptMs[by]));
  const newest = new Date(Math.min(to.getTime() - 1, now.getTime()));
  return { by, first: keyOf(by, oldest), last: keyOf(by, newest) };
}

/** A part of a range: what was set, and what is counted from the minutes. */
interface Parts {
  set: { period: 'hour' | 'day'; first: string; last: string }[];
  minutes: [first: string, last: string] | undefined;
}

const isFilled = ({ first, last }: { first: string; last: string }): boolean => first <= last;

/** @param unset the first hour that was not set */
export function partsOf({ by, first, last }: StatisticsRange, unset: string): Parts {
  const [from, to] = [minutesOf(by, first)[0], minutesOf(by, last)[1]];
  if (by === 'minute') return { set: [], minutes: [from, to] };
  const [, begin] = inOrder(from, minutesOf('hour', unset)[0]);
  const minutes: Parts['minutes'] = begin <= to ? [begin, to] : undefined;
  const lastSetHour = keyBefore('hour', unset);
  const hours = { period: 'hour' as const, first: keyIn('hour', from), last: keyIn('hour', to) };
  if (by === 'hour') {
    const part = { ...hours, last: inOrder(hours.last, lastSetHour)[0] };
    return { set: [part].filter(isFilled), minutes };
  }
  // The day of the first unset hour is not whole, so its hours are added up.
  const openDay = keyIn('day', unset);
  const dayBefore = keyBefore('day', openDay);
  const days = { period: 'day' as const, first, last: inOrder(last, dayBefore)[0] };
  const rest = { ...hours, first: `${inOrder(first, openDay)[1]}T00`, last: lastSetHour };
  return { set: [days, ...(last >= openDay ? [rest] : [])].filter(isFilled), minutes };
}

/** The counts of a scope by the keys of the range. */
async function readCounts(
  scope: string,
  range: StatisticsRange,
  unset: string,
  store: Pick<StatisticsReads, 'minutes' | 'sums'>,
): Promise<Map<string, Counts>> {
  const { set, minutes } = partsOf(range, unset);
  const found = await Promise.all([
    ...set.map(({ period, first, last }) => store.sums(scope, period, first, last)),
    ...(minutes ? [store.minutes(scope, ...minutes)] : []),
  ]);
  return byKey(new Map(found.flatMap((each) => [...each])), (key) => keyIn(range.by, key));
}

/** Counts the deliveries that wait for these destinations now, by id. Each costs reads, so only the first few are counted. */
async function waitingFor(counts: Counts | undefined, countWaiting: CountWaiting): Promise<Map<string, number>> {
  const ids = Object.values(counts?.destinations ?? {}).map(({ id }) => id);
  const counted = await inParallel(
    ids.slice(0, mostWaiting),
    mostWaiting,
    async (id) => [id, await countWaiting(id)] as const,
  );
  return new Map(counted);
}

/** The statistics of a connection or of all, one item for each period of the range. */
export async function readStatistics(
  scope: string,
  range: StatisticsRange,
  now: Date,
  store: StatisticsReads & { countWaiting: CountWaiting },
): Promise<StatisticsItem[]> {
  const unset = firstUnsetHour((await store.progress())?.upTo, now);
  const counts = await readCounts(scope, range, unset, store);
  const present = keyOf(range.by, now);
  const waiting = range.last === present ? await waitingFor(counts.get(present), store.countWaiting) : undefined;
  return keysBetween(range.by, range.first, range.last).map((key) =>
    statisticsItemOf(key, counts.get(key) ?? noCounts(), key === present ? waiting : undefined),
  );
}

/** Until when the statistics count. If the schedule stood still for so long that minutes are gone, that is where it stopped. */
export function statisticsAsOf(progress: RollUpProgress | undefined, countedUpTo: string, now: Date): string {
  const isTooLate = progress !== undefined && progress.upTo < minuteOf(new Date(now.getTime() - keptMs.minute));
  return isTooLate ? progress.asOf : countedUpTo;
}
