/**
 * Single runs of the schedule, and single reads, on a store in memory: what a failure must not hide, and what is read from where. Random histories are
 * in `test/functions/statistics.test.ts`.
 */
import { describe, expect, test } from '@jest/globals';
import { noAttempts } from '../../../../shared/ground/statistics/attempt-counts.ts';
import { type Counts, noCounts, sumOf } from '../../../../shared/ground/statistics/counts.ts';
import {
  partsOf,
  rangeOf,
  readStatistics,
  type StatisticsRange,
  statisticsAsOf,
} from '../../../../shared/ground/statistics/read-statistics.ts';
import { rollUp } from '../../../../shared/ground/statistics/roll-up.ts';
import type {
  Activity,
  RollUpProgress,
  StatisticsStore,
} from '../../../../shared/ground/statistics/statistics-store.ts';

const now = new Date('2026-03-01T12:10:20.000Z');
const accepted = (count: number, more: Partial<Counts> = {}): Counts => ({ ...noCounts(), accepted: count, ...more });

interface Given {
  /** The counts by minute of each scope. */
  minutes?: Record<string, Record<string, Counts>>;
  sums?: Record<string, Record<string, Counts>>;
  activity?: Activity[];
  progress?: RollUpProgress;
  /** The scope whose sums can't be written. */
  broken?: string;
}

/** A store, and what was written to it. */
function aStore({ minutes = {}, sums = {}, activity = [], progress, broken }: Given) {
  const set: Record<string, Counts> = {};
  const asked: [first: string, last: string][] = [];
  const saved: RollUpProgress[] = [];
  const between = (all: Record<string, Counts> = {}, first: string, last: string, isOf: (key: string) => boolean) =>
    new Map(Object.entries(all).filter(([key]) => isOf(key) && first <= key && key <= last));
  const store: StatisticsStore = {
    minutes: async (scope, first, last) => between(minutes[scope], first, last, () => true),
    sums: async (scope, period, first, last) =>
      between(sums[scope], first, last, (key) => key.length === { hour: 13, day: 10 }[period]),
    setSum: async (scope, _, key, counts) => {
      if (scope === broken) throw new Error('It can’t be written.');
      set[`${scope} ${key}`] = counts;
    },
    activity: async (first, last) => {
      asked.push([first, last]);
      return activity;
    },
    progress: async () => progress,
    saveProgress: async (next) => void saved.push(next),
  };
  return { store, set, asked, saved };
}

const minutesOf = (...minutes: string[]): ReadonlySet<string> => new Set(minutes);
const lastRun = { upTo: '2026-03-01T12:05', asOf: '2026-03-01T12:04:50.000Z', summariesSince: '2026-02-01T00:00' };
const asOf = '2026-03-01T12:10:00.000Z';
const summarized = async (): Promise<void> => undefined;

describe('a run', () => {
  const busy: Given = {
    minutes: {
      con_1: { '2026-03-01T11:58': accepted(2), '2026-03-01T11:59': accepted(1), '2026-03-01T12:01': accepted(9) },
      con_2: { '2026-03-01T11:59': accepted(5) },
      all: { '2026-03-01T11:58': accepted(2), '2026-03-01T11:59': accepted(6), '2026-03-01T12:01': accepted(9) },
    },
    sums: { con_1: { '2026-03-01T10': accepted(100), '2026-03-01T11': accepted(1) } },
    activity: [
      { id: 'con_1', minutes: minutesOf('2026-03-01T11:59') },
      { id: 'con_1', minutes: minutesOf('2026-03-01T12:01') },
      { id: 'con_2', minutes: minutesOf('2026-03-01T11:59') },
    ],
    progress: lastRun,
  };

  test('sets the ended hours with traffic and their days, and not the present hour', async () => {
    const { store, set, saved } = aStore(busy);
    expect(await rollUp(now, asOf, store, summarized)).toEqual({ connections: 2, hours: 3, faults: [] });
    expect(Object.fromEntries(Object.entries(set).map(([key, counts]) => [key, counts.accepted]))).toEqual({
      'con_1 2026-03-01T11': 3,
      // With the hour that was set before, and not its old count.
      'con_1 2026-03-01': 103,
      'con_2 2026-03-01T11': 5,
      'con_2 2026-03-01': 5,
      'all 2026-03-01T11': 8,
      'all 2026-03-01': 8,
    });
    expect(saved).toEqual([{ upTo: '2026-03-01T12:10', asOf, summariesSince: '2026-02-01T00:00' }]);
  });

  test('that can’t set the hours of one connection sets those of the others, and is not taken for done', async () => {
    const { store, set, saved } = aStore({ ...busy, broken: 'con_1' });
    const { faults } = await rollUp(now, asOf, store, summarized);
    expect(faults.map(({ message }) => message)).toEqual(['It can’t be written.']);
    expect(set['con_2 2026-03-01T11']?.accepted).toBe(5);
    expect(set['all 2026-03-01T11']?.accepted).toBe(8);
    expect(saved).toEqual([]);
  });

  test('that can’t make the summary of one makes those of the others, of connections alone, and is not taken for done', async () => {
    const { store, saved } = aStore({
      ...busy,
      activity: [...(busy.activity ?? []), { id: 'all', minutes: minutesOf() }],
    });
    const made: string[] = [];
    const { faults } = await rollUp(now, asOf, store, async (id) => {
      if (id === 'con_1') throw new Error('No summary.');
      made.push(id);
    });
    expect([faults.map(({ message }) => message), made, saved]).toEqual([['No summary.'], ['con_2'], []]);
  });

  test.each<[string, string | undefined, string]>([
    ['from a minute before the last one, for a count that was under way', '2026-03-01T12:05', '2026-03-01T12:04'],
    [
      'from the beginning of the hour in which the last one was, once it has ended',
      '2026-03-01T11:40',
      '2026-03-01T11:00',
    ],
    // Minutes are kept for two days, and an hour must be there whole.
    ['no further back than minutes are kept', '2026-02-20T00:00', '2026-02-27T13:10'],
    ['as far back as minutes are kept, if it is the first', undefined, '2026-02-27T13:10'],
  ])('looks for what was counted %s', async (_, upTo, first) => {
    const { store, asked } = aStore(upTo === undefined ? {} : { progress: { ...lastRun, upTo } });
    await rollUp(now, asOf, store, summarized);
    expect(asked).toEqual([[first, '2026-03-01T12:10']]);
  });

  test('sets no hour whose first minutes may be gone', async () => {
    const minutes = minutesOf('2026-02-27T13:50', '2026-02-27T14:00');
    const { store, set } = aStore({ activity: [{ id: 'con_1', minutes }] });
    await rollUp(now, asOf, store, summarized);
    expect(Object.keys(set).filter((key) => key.includes('T'))).toEqual(['con_1 2026-02-27T14', 'all 2026-02-27T14']);
  });

  test.each<[string, RollUpProgress | undefined, string]>([
    ['goes on without a gap', { ...lastRun, upTo: '2026-02-27T13:10' }, '2026-02-01T00:00'],
    ['stood still for longer than it can look back', { ...lastRun, upTo: '2026-02-27T13:09' }, '2026-03-01T12:10'],
    ['was of an older version', { upTo: lastRun.upTo, asOf }, '2026-03-01T12:10'],
    ['is the first', undefined, '2026-03-01T12:10'],
  ])('that %s says since when each connection has a summary', async (_, progress, since) => {
    const { store, saved } = aStore({ ...(progress && { progress }) });
    await rollUp(now, asOf, store, summarized);
    expect(saved.map(({ summariesSince }) => summariesSince)).toEqual([since]);
  });
});

test('a sum has the latest of the times at which an event came', () => {
  const [early, late] = ['2026-03-01T11:58:07.000Z', '2026-03-01T11:59:01.000Z'];
  const sum = sumOf([accepted(1, { lastAt: late }), accepted(2, { lastAt: early }), accepted(3)]);
  expect(sum).toEqual(accepted(6, { lastAt: late }));
  expect(sumOf([accepted(1), accepted(2)])).toEqual(accepted(3));
});

describe('a read', () => {
  const [from, to] = [new Date('2026-03-01T10:00:00.000Z'), new Date('2026-03-01T13:00:00.000Z')];
  const counts = { '2026-03-01T11:30': accepted(7), '2026-03-01T12:01': accepted(9) };
  const hours = { '2026-03-01T10': accepted(100), '2026-03-01T11': accepted(3) };
  const acceptedBy = async (given: Given, by: 'hour' | 'day') => {
    const reads = { ...aStore(given).store, countWaiting: async () => 0 };
    const items = await readStatistics('con_1', rangeOf(by, from, to, now), now, reads);
    return items.map((item) => item.accepted);
  };

  test.each<[string, string, number[]]>([
    ['takes the hours that were set, and counts the present one', '2026-03-01T12:05', [100, 3, 9]],
    ['counts an hour anew if the last run was in the first minute after it', '2026-03-01T12:00', [100, 7, 9]],
    ['counts each hour since the last run', '2026-03-01T11:40', [100, 7, 9]],
  ])('%s', async (_, upTo, expected) => {
    const given = { minutes: { con_1: counts }, sums: { con_1: hours }, progress: { ...lastRun, upTo } };
    expect(await acceptedBy(given, 'hour')).toEqual(expected);
    expect(await acceptedBy(given, 'day')).toEqual([expected.reduce((sum, each) => sum + each, 0)]);
  });

  type Part = [first: string, last: string];
  test.each<[string, StatisticsRange, Record<string, Part>]>([
    [
      'of days: those that are set, the set hours of the open day, and its minutes',
      { by: 'day', first: '2026-02-26', last: '2026-03-01' },
      {
        day: ['2026-02-26', '2026-02-28'],
        hour: ['2026-03-01T00', '2026-03-01T11'],
        minute: ['2026-03-01T12:00', '2026-03-01T23:59'],
      },
    ],
    [
      'of the open day alone',
      { by: 'day', first: '2026-03-01', last: '2026-03-01' },
      { hour: ['2026-03-01T00', '2026-03-01T11'], minute: ['2026-03-01T12:00', '2026-03-01T23:59'] },
    ],
    [
      'of days that are set',
      { by: 'day', first: '2026-02-26', last: '2026-02-28' },
      { day: ['2026-02-26', '2026-02-28'] },
    ],
    [
      'of hours: those that are set, and the minutes of the others',
      { by: 'hour', first: '2026-03-01T10', last: '2026-03-01T12' },
      { hour: ['2026-03-01T10', '2026-03-01T11'], minute: ['2026-03-01T12:00', '2026-03-01T12:59'] },
    ],
    [
      'of hours that are set',
      { by: 'hour', first: '2026-03-01T10', last: '2026-03-01T11' },
      { hour: ['2026-03-01T10', '2026-03-01T11'] },
    ],
    [
      'of an hour that is not set',
      { by: 'hour', first: '2026-03-01T12', last: '2026-03-01T12' },
      { minute: ['2026-03-01T12:00', '2026-03-01T12:59'] },
    ],
    [
      'of minutes',
      { by: 'minute', first: '2026-03-01T10:07', last: '2026-03-01T12:03' },
      { minute: ['2026-03-01T10:07', '2026-03-01T12:03'] },
    ],
  ])('takes %s', (_, range, expected) => {
    const { set, minutes } = partsOf(range, '2026-03-01T12');
    const parts = Object.fromEntries(set.map(({ period, first, last }) => [period, [first, last]]));
    expect({ ...parts, ...(minutes && { minute: minutes }) }).toEqual(expected);
  });

  test('takes no hour of a day in which none is set', () => {
    const range = { by: 'day', first: '2026-02-28', last: '2026-03-01' } as const;
    expect(partsOf(range, '2026-03-01T00')).toEqual({
      set: [{ period: 'day', first: '2026-02-28', last: '2026-02-28' }],
      minutes: ['2026-03-01T00:00', '2026-03-01T23:59'],
    });
  });

  test('counts what waits for the 20 destinations with the most attempts, and in the present period alone', async () => {
    const destinations = Object.fromEntries(
      Array.from({ length: 21 }, (_, at) => [`to-${at}`, { ...noAttempts(`dst_${at}`), failed: at + 1 }]),
    );
    const minutes = {
      con_1: { '2026-03-01T11:30': accepted(0, { destinations }), '2026-03-01T12:01': accepted(0, { destinations }) },
    };
    const counted: string[] = [];
    const countWaiting = async (id: string) => {
      counted.push(id);
      return 4;
    };
    const reads = { ...aStore({ minutes }).store, countWaiting };
    const waitingIn = async (end: Date) => {
      const items = await readStatistics('con_1', rangeOf('hour', from, end, now), now, reads);
      return items.map((item) => Object.values(item.destinations ?? {}).filter(({ waiting }) => waiting === 4).length);
    };
    expect(await waitingIn(to)).toEqual([0, 0, 20]);
    // The one with the fewest is left out.
    expect(counted.toSorted()).toEqual(Array.from({ length: 20 }, (_, at) => `dst_${at + 1}`).toSorted());
    expect(await waitingIn(new Date('2026-03-01T12:00:00.000Z'))).toEqual([0, 0]);
    expect(counted).toHaveLength(20);
  });

  test.each<[string, RollUpProgress | undefined, string]>([
    ['what is counted now', lastRun, asOf],
    ['the same before the first run', undefined, asOf],
    ['the same if each minute since the last run is there', { ...lastRun, upTo: '2026-02-27T12:10' }, asOf],
    ['the last run, if minutes since then are gone', { ...lastRun, upTo: '2026-02-27T12:09' }, lastRun.asOf],
  ])('is as of %s', (_, progress, expected) => {
    expect(statisticsAsOf(progress, asOf, now)).toBe(expected);
  });
});
