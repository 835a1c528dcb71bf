import { expect, test } from '@jest/globals';
import { attemptBarsOf, attemptsAt, isNoAttempt } from '../../../clients/console/charts/attempts.ts';
import { type CountedItem, ranges } from '../../../clients/console/charts/periods.ts';

const item = (at: string, destinations?: CountedItem['destinations']): CountedItem => ({
  ...{ at, accepted: 0, duplicates: 0, conflicts: 0, refused: {}, published: 0, givenUp: 0 },
  ...(destinations && { destinations }),
});
const at = '2026-11-26T10:00:00.000Z';
const crm = (delivered: number, failed: number, times: { p50?: number; p95?: number } = {}) => ({
  crm: { delivered, failed, ...times },
});

test.each<[string, items: CountedItem[], attempts: object]>([
  ['nothing', [item(at)], { delivered: 0, failed: 0 }],
  [
    'those of another destination',
    [item(at, { other: { delivered: 3, failed: 1, p50: 4 } })],
    { delivered: 0, failed: 0 },
  ],
  [
    'one period, whose times are as they are',
    [item(at, crm(3, 1, { p50: 80, p95: 400 })), item(at)],
    { delivered: 3, failed: 1, p50: { ms: 80, isBound: false }, p95: { ms: 400, isBound: false } },
  ],
  [
    'several periods, of which none has a higher time',
    [item(at, crm(3, 1, { p50: 80, p95: 400 })), item(at, crm(5, 0, { p50: 90, p95: 300 })), item(at, crm(0, 2))],
    { delivered: 8, failed: 3, p50: { ms: 90, isBound: true }, p95: { ms: 400, isBound: true } },
  ],
])('%s', (_, items, attempts) => {
  expect(attemptsAt(items, 'crm')).toEqual(attempts);
});

test('a name that every object has is the name of no other destination', () => {
  expect(attemptsAt([item(at, crm(3, 1))], 'constructor')).toEqual({ delivered: 0, failed: 0 });
});

test('attempts are by the bars of the range', () => {
  const items = [item(at), item('2026-11-26T11:00:00.000Z', crm(0, 1, { p50: 7 }))];
  expect(attemptBarsOf(items, 'crm', ranges['24h'], 'UTC', '2026-11-26T11:30:00.000Z')).toEqual([
    { from: at, to: '2026-11-26T11:00:00.000Z', isOpen: false, delivered: 0, failed: 0 },
    {
      ...{ from: '2026-11-26T11:00:00.000Z', to: '2026-11-26T12:00:00.000Z', isOpen: true },
      ...{ delivered: 0, failed: 1, p50: { ms: 7, isBound: false } },
    },
  ]);
});

test.each([
  [0, 0, true],
  [1, 0, false],
  [0, 1, false],
])('%i delivered and %i failed', (delivered, failed, isNone) => {
  expect(isNoAttempt({ delivered, failed })).toBe(isNone);
});
