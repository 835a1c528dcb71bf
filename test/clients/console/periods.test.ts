import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  beginningOf,
  type CountedItem,
  countsOf,
  isNothing,
  type RangeName,
  ranges,
  trafficBarsOf,
} from '../../../clients/console/charts/periods.ts';
import { keyOf, keysBetween, startOf } from '../../../shared/ground/statistics/period.ts';

/** A period with these counts. */
const item = (at: string, more: Partial<CountedItem> = {}): CountedItem => ({
  ...{ at, accepted: 0, duplicates: 0, conflicts: 0, refused: {}, published: 0, givenUp: 0 },
  ...more,
});

/** What the API answers: each period from a time to now. */
function answered(range: RangeName, from: Date, now: Date): CountedItem[] {
  const { by } = ranges[range];
  return keysBetween(by, keyOf(by, from), keyOf(by, now)).map((key, index) =>
    item(startOf(key).toISOString(), { accepted: index % 7, refused: { token_missing: index % 3 } }),
  );
}

test.each<[RangeName, zone: string, now: string, beginning: string]>([
  ['1h', 'Europe/Berlin', '2026-11-26T12:34:56.000Z', '2026-11-26T11:35:00.000Z'],
  ['24h', 'Europe/Berlin', '2026-11-26T12:34:56.000Z', '2026-11-25T13:00:00.000Z'],
  ['24h', 'America/St_Johns', '2026-11-26T12:00:00.000Z', '2026-11-25T13:00:00.000Z'],
  ['7d', 'UTC', '2026-11-26T12:34:56.000Z', '2026-11-20T00:00:00.000Z'],
  // The clocks go back on November 1, and forward on March 8.
  ['7d', 'America/New_York', '2026-11-03T17:30:00.000Z', '2026-10-28T04:00:00.000Z'],
  ['7d', 'America/New_York', '2026-03-09T16:00:00.000Z', '2026-03-03T05:00:00.000Z'],
  // They go back on October 25.
  ['30d', 'Europe/Berlin', '2026-11-10T10:00:00.000Z', '2026-10-11T22:00:00.000Z'],
  ['30d', 'UTC', '2026-11-29T00:00:00.000Z', '2026-10-31T00:00:00.000Z'],
  ['30d', 'Pacific/Kiritimati', '2026-11-29T10:00:00.000Z', '2026-10-31T10:00:00.000Z'],
  // An hour of UTC begins there at half past, and at a quarter to. A day begins with the first hour that begins in it.
  ['30d', 'America/St_Johns', '2026-11-29T10:00:00.000Z', '2026-10-31T03:00:00.000Z'],
  ['30d', 'Asia/Kathmandu', '2026-11-29T10:00:00.000Z', '2026-10-30T19:00:00.000Z'],
])('%s in %s at %s begins at %s', (range, zone, now, beginning) => {
  expect(beginningOf(ranges[range], new Date(now), zone).toISOString()).toBe(beginning);
});

test.each<[RangeName, zone: string, now: string, from: string, hours: number]>([
  ['30d', 'Europe/Berlin', '2026-11-10T10:00:00.000Z', '2026-10-24T22:00:00.000Z', 25],
  ['30d', 'Europe/Berlin', '2026-11-10T10:00:00.000Z', '2026-10-25T23:00:00.000Z', 24],
  ['30d', 'America/New_York', '2026-03-20T10:00:00.000Z', '2026-03-08T05:00:00.000Z', 23],
  ['7d', 'America/New_York', '2026-03-09T16:00:00.000Z', '2026-03-08T05:00:00.000Z', 23],
  ['7d', 'America/New_York', '2026-11-03T17:30:00.000Z', '2026-11-01T04:00:00.000Z', 25],
  // Lord Howe goes half an hour back on April 5: its hours of UTC then begin at half past, and the day has one more of them.
  ['7d', 'Australia/Lord_Howe', '2026-04-08T00:00:00.000Z', '2026-04-04T13:00:00.000Z', 25],
])('%s in %s at %s: the bar from %s has %i hours', (range, zone, now, from, hours) => {
  const end = new Date(now);
  const items = answered(range, beginningOf(ranges[range], end, zone), end);
  const bar = trafficBarsOf(items, ranges[range], zone, now).find((each) => each.from === from);
  expect(bar && (Date.parse(bar.to) - Date.parse(bar.from)) / 3_600_000).toBe(hours);
});

const zones = ['UTC', 'America/St_Johns', 'Asia/Kathmandu', 'Europe/London', 'Australia/Lord_Howe', 'Pacific/Apia'];

test('in any zone at any time, the bars follow each other, have everything once, and only the last one is not over', () => {
  const time = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  const names = Object.keys(ranges) as RangeName[];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.constantFrom(...zones), time, (name, zone, now) => {
      const range = ranges[name];
      const from = beginningOf(range, now, zone);
      const items = answered(name, from, now);
      const bars = trafficBarsOf(items, range, zone, now.toISOString());
      expect(bars.length).toBe(range.bars);
      expect(bars[0]?.from).toBe(from.toISOString());
      expect(bars.slice(1).map((bar) => bar.from)).toEqual(bars.slice(0, -1).map((bar) => bar.to));
      expect(bars.map(({ isOpen }) => isOpen)).toEqual(bars.map((_, index) => index === bars.length - 1));
      const { accepted, refused } = countsOf(items);
      expect(bars.reduce((sum, bar) => sum + bar.accepted.count, 0)).toBe(accepted.count);
      expect(bars.reduce((sum, bar) => sum + bar.refused.count, 0)).toBe(refused.count);
      const starts = bars.map((bar) => new Date(bar.from).toLocaleDateString('en', { timeZone: zone }));
      expect(range.bar === 'day' ? new Set(starts).size : range.bars).toBe(range.bars);
    }),
    { numRuns: 40 },
  );
});

test('counting that is late leaves each bar open that is not counted to its end', () => {
  const items = ['10:00', '11:00', '12:00'].map((at) => item(`2026-11-26T${at}:00.000Z`));
  const open = (asOf: string) => trafficBarsOf(items, ranges['24h'], 'UTC', asOf).map(({ isOpen }) => isOpen);
  expect(open('2026-11-26T12:30:00.000Z')).toEqual([false, false, true]);
  expect(open('2026-11-26T11:59:59.999Z')).toEqual([false, true, true]);
  expect(open('2026-11-26T09:00:00.000Z')).toEqual([true, true, true]);
});

test('counts add up, with the reasons by frequency, and are inexact if one of them is', () => {
  const at = '2026-11-26T10:00:00.000Z';
  const counts = countsOf([
    item(at, { accepted: 2, conflicts: 1, refused: { token_missing: 1, body_too_large: 2 }, inexact: ['published'] }),
    item(at, { accepted: 3, duplicates: 4, givenUp: 1, refused: { token_missing: 5 }, inexact: ['refused'] }),
  ]);
  expect(counts).toEqual({
    accepted: { count: 5, isInexact: false },
    duplicates: { count: 4, isInexact: false },
    conflicts: { count: 1, isInexact: false },
    refused: { count: 8, isInexact: true },
    givenUp: { count: 1, isInexact: false },
    reasons: [
      ['token_missing', 6],
      ['body_too_large', 2],
    ],
  });
});

test.each<[string, more: Partial<CountedItem>, isNone: boolean]>([
  ['nothing', {}, true],
  ['a refusal', { refused: { token_missing: 1 } }, false],
  ['a duplicate', { duplicates: 1 }, false],
  ['what may be missing', { inexact: ['duplicates'] }, false],
])('%s', (_, more, isNone) => {
  expect(isNothing(countsOf([item('2026-11-26T10:00:00.000Z', more)]))).toBe(isNone);
});
