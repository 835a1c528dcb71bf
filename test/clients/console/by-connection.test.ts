import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isKept, readByConnection, statsRangesOf } from '../../../clients/console/charts/by-connection.ts';
import { beginningOf, type RangeName, ranges } from '../../../clients/console/charts/periods.ts';
import { periodMs } from '../../../shared/ground/statistics/period.ts';
import type { ApiClient, ApiRequest } from '../../../shared/operators/api/api-client.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';

const now = '2026-11-26T12:34:56.000Z';
const span = { from: '2026-11-26T10:00:00.000Z', to: '2026-11-26T11:00:00.000Z' };

test.each<[RangeName, zone: string, parts: [by: string, from: string, to?: string][]]>([
  ['1h', 'UTC', [['minute', '2026-11-26T11:35:00.000Z']]],
  ['24h', 'America/St_Johns', [['hour', '2026-11-25T13:00:00.000Z']]],
  ['7d', 'UTC', [['day', '2026-11-20T00:00:00.000Z']]],
  ['30d', 'UTC', [['day', '2026-10-28T00:00:00.000Z']]],
  [
    '30d',
    'America/New_York',
    [
      ['hour', '2026-10-28T04:00:00.000Z', '2026-10-29T00:00:00.000Z'],
      ['day', '2026-10-29T00:00:00.000Z'],
    ],
  ],
])('%s in %s is read in parts', (range, zone, parts) => {
  const read = statsRangesOf(ranges[range], undefined, new Date(now), zone);
  expect(read.map(({ by, from, to }) => [by, from.toISOString(), ...(to ? [to.toISOString()] : [])])).toEqual(parts);
});

test('the parts of a range follow each other, each of whole periods, and begin with its first bar', () => {
  const time = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  const zones = ['UTC', 'America/St_Johns', 'Asia/Kathmandu', 'Europe/London', 'Pacific/Kiritimati'];
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(ranges) as RangeName[])),
      fc.constantFrom(...zones),
      time,
      (name, zone, at) => {
        const parts = statsRangesOf(ranges[name], undefined, at, zone);
        expect(parts[0]?.from).toEqual(beginningOf(ranges[name], at, zone));
        expect(parts.map(({ to }) => to)).toEqual([...parts.slice(1).map(({ from }) => from), undefined]);
        for (const { by, from, to } of parts)
          expect([from.getTime() % periodMs[by], (to?.getTime() ?? 0) % periodMs[by]]).toEqual([0, 0]);
      },
    ),
    { numRuns: 40 },
  );
});

test('a bar is read by the periods of its range', () => {
  expect(statsRangesOf(ranges['30d'], span, new Date(now), 'UTC')).toEqual([
    { by: 'hour', from: new Date(span.from), to: new Date(span.to) },
  ]);
});

test.each<[RangeName, from: string, boolean]>([
  ['1h', '2026-11-24T12:35:00.000Z', true],
  ['1h', '2026-11-24T12:34:00.000Z', false],
  ['24h', '2026-08-29T00:00:00.000Z', true],
  ['30d', '2026-08-28T00:00:00.000Z', false],
])('%s: a bar from %s is kept: %s', (range, from, kept) => {
  expect(isKept(ranges[range], { from, to: now }, new Date(now))).toBe(kept);
});

describe('the connections', () => {
  const counted: Record<string, { accepted: number; refused: number; asOf: string } | number> = {
    quiet: { accepted: 0, refused: 0, asOf: '2026-11-26T12:34:50.000Z' },
    busy: { accepted: 9, refused: 1, asOf: '2026-11-26T12:34:40.000Z' },
    refusing: { accepted: 0, refused: 50, asOf: '2026-11-26T12:34:45.000Z' },
    gone: 404,
    broken: 500,
  };
  const api = {
    call: async (_: string, { params, onAsOf }: ApiRequest<'GET /v1/connections/{name}/stats'>) => {
      const found = counted[params.name];
      if (typeof found === 'number') throw new ApiError(found, {}, undefined);
      onAsOf?.(found?.asOf ?? '');
      const { accepted = 0, refused = 0 } = found ?? {};
      const item = { at: span.from, accepted, duplicates: 0, conflicts: 0, published: 0, givenUp: 0 };
      return { items: [{ ...item, refused: { token_missing: refused } }] };
    },
  } as unknown as ApiClient;
  const parts = statsRangesOf(ranges['24h'], span, new Date(now), 'UTC');

  test('are those with anything, the most first, as of the one that is furthest behind', async () => {
    const { rows, others, asOf } = await readByConnection(api, ['quiet', 'gone', 'busy', 'refusing'], parts);
    expect(rows.map(({ name, accepted, refused }) => [name, accepted.count, refused.count])).toEqual([
      ['refusing', 0, 50],
      ['busy', 9, 1],
    ]);
    expect([others, asOf]).toEqual([1, '2026-11-26T12:34:40.000Z']);
  });

  test('are not shown in part if one can’t be read', async () => {
    await expect(readByConnection(api, ['busy', 'broken'], parts)).rejects.toMatchObject({ status: 500 });
  });
});
