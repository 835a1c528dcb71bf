import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  anyTime,
  boundsOf,
  pickedOf,
  rangeMistake,
  rangePicked,
  relativeOptions,
} from '../../../clients/console/events/time-range.ts';

const absolute = (startDate: string, endDate: string) => ({ type: 'absolute', startDate, endDate }) as const;
const relative = (amount: number, unit: 'hour' | 'day' | 'week' | 'month') =>
  ({ type: 'relative', amount, unit }) as const;

test.each([
  [null, anyTime, undefined],
  [relative(1, 'hour'), { ...anyTime, hours: '1' }, undefined],
  [relative(2, 'week'), { ...anyTime, hours: '336' }, undefined],
  [relative(0, 'day'), anyTime, 'length'],
  [relative(1.5, 'hour'), anyTime, 'length'],
  [relative(10_000, 'hour'), anyTime, 'length'],
  [relative(Number.NaN, 'hour'), anyTime, 'length'],
  [relative(1, 'month'), anyTime, 'length'],
  [
    absolute('2026-11-26T08:00:00-03:30', '2026-11-26T08:59:59-03:30'),
    { hours: '', from: '2026-11-26T11:30:00.000Z', to: '2026-11-26T12:29:59.999Z' },
    undefined,
  ],
  // One second is a range too.
  [
    absolute('2026-11-26T08:00:00Z', '2026-11-26T08:00:00Z'),
    { hours: '', from: '2026-11-26T08:00:00.000Z', to: '2026-11-26T08:00:00.999Z' },
    undefined,
  ],
  [absolute('2026-11-26T08:00:01Z', '2026-11-26T08:00:00Z'), anyTime, 'backwards'],
  [absolute('2026-11-26T08:00:00Z', ''), anyTime, 'incomplete'],
  [absolute('', '2026-11-26T08:00:00Z'), anyTime, 'incomplete'],
  [absolute('2026-11-26', '2026-11-27T08:00:00Z'), anyTime, 'incomplete'],
])('%j', (picked, range, mistake) => {
  expect([rangePicked(picked), rangeMistake(picked)]).toEqual([range, mistake]);
});

test('what is picked is shown as it was picked', () => {
  const second = fc.integer({ min: 0, max: 4_000_000_000 });
  const ranges = fc.oneof(
    fc.constant(anyTime),
    fc.integer({ min: 1, max: 9_999 }).map((hours) => ({ ...anyTime, hours: String(hours) })),
    fc.tuple(second, fc.nat(1_000_000)).map(([from, length]) => ({
      ...anyTime,
      from: new Date(from * 1000).toISOString(),
      to: new Date((from + length) * 1000 + 999).toISOString(),
    })),
  );
  fc.assert(
    fc.property(ranges, (range) => {
      expect(rangePicked(pickedOf(range))).toEqual(range);
    }),
  );
  expect([pickedOf({ ...anyTime, hours: '168' }), pickedOf({ ...anyTime, hours: '25' })]).toEqual([
    { type: 'relative', key: '168', amount: 1, unit: 'week' },
    { type: 'relative', amount: 25, unit: 'hour' },
  ]);
});

test('the lengths to choose from are an hour, a day and a week', () => {
  expect(relativeOptions.map(({ amount, unit }) => `${amount} ${unit}`)).toEqual(['1 hour', '1 day', '1 week']);
});

test('moments are asked for as they are, and any time asks for none', () => {
  const range = { ...anyTime, from: '2026-11-26T08:00:00.000Z', to: '2026-11-26T09:00:00.000Z' };
  expect([boundsOf(range), boundsOf(anyTime)]).toEqual([{ from: range.from, to: range.to }, {}]);
});
