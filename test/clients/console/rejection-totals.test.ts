import { describe, expect, it } from '@jest/globals';
import {
  type RejectionRow,
  readRejections,
  seriesOf,
  totalsOf,
} from '../../../clients/console/rejections/rejection-totals.ts';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';

const sample = (sourceIp: string, cause = 'missing', count = 1, more = {}) => ({
  method: 'POST',
  sourceIp,
  headers: [],
  faults: [],
  cause,
  count,
  ...more,
});
const row = (minute: string, reason: string, count: number, more: object = {}) =>
  ({ minute, reason, count, explanation: `About ${reason}.`, ...more }) as RejectionRow;

const rows = [
  row('2026-11-26T10:59:00.000Z', 'token_missing', 2, {
    sample: sample('192.0.2.1'),
    otherSamples: [sample('192.0.2.2', 'malformed')],
  }),
  row('2026-11-26T10:31:00.000Z', 'token_unknown', 9, { atLeast: true }),
  row('2026-11-26T10:30:00.000Z', 'token_missing', 3, { sample: sample('192.0.2.3', 'malformed', 3) }),
];

describe('the totals of rejections', () => {
  it('are by reason, the most frequent first, with the last minute and the samples', () => {
    expect(totalsOf(rows)).toEqual([
      {
        reason: 'token_unknown',
        count: 9,
        isAtLeast: true,
        lastMinute: '2026-11-26T10:31:00.000Z',
        explanation: 'About token_unknown.',
        samples: [],
      },
      {
        reason: 'token_missing',
        count: 5,
        isAtLeast: false,
        lastMinute: '2026-11-26T10:59:00.000Z',
        explanation: 'About token_missing.',
        samples: [sample('192.0.2.2', 'malformed', 4), sample('192.0.2.1')],
      },
    ]);
  });

  it.each([
    ['the reason is one', 2, { atLeast: true as const, sample: sample('192.0.2.1', 'missing', 2) }],
    ['a minute has further causes', 3, { sample: sample('192.0.2.1', 'missing', 2, { atLeast: true }) }],
  ])('have causes that are lower bounds if %s', (_, count, more) => {
    const all = [row('2026-11-26T10:01:00.000Z', 'token_missing', count, more), ...rows];
    const totals = totalsOf(all).find(({ reason }) => reason === 'token_missing');
    expect(totals?.samples.map(({ cause, count, atLeast }) => [cause, count, atLeast])).toEqual([
      ['malformed', 4, true],
      ['missing', 3, true],
    ]);
  });
});

describe('the chart of rejections', () => {
  const now = new Date('2026-11-26T11:00:00.000Z');

  it('has 24 bars for each reason, up to now', () => {
    const series = seriesOf(rows, 1, now);
    expect(series.map(({ reason }) => reason)).toEqual(['token_missing', 'token_unknown']);
    const missing = series[0]?.counts ?? [];
    expect(missing.length).toBe(24);
    expect(missing[0]?.x.toISOString()).toBe('2026-11-26T10:00:00.000Z');
    expect(missing.flatMap(({ y }, index) => (y > 0 ? [[index, y]] : []))).toEqual([
      [12, 3],
      [23, 2],
    ]);
  });

  it('counts a minute that began before the first bar in the first bar', () => {
    const early = [row('2026-11-26T09:59:00.000Z', 'token_missing', 4)];
    expect(seriesOf(early, 1, now)[0]?.counts[0]?.y).toBe(4);
  });

  it.each([
    ['a minute', 1 / 60, 1],
    ['seven minutes', 7 / 60, 7],
    ['seven minutes without their end', (7 * 60_000 - 1) / 3_600_000, 7],
    ['seconds', 1 / 3_600, 1],
    ['six hours', 6, 24],
  ])('has no bar of less than a minute: %s', (_, hours, count) => {
    expect(seriesOf(rows, hours, now)[0]?.counts.length).toBe(count);
  });
});

it('rejections are read page after page, at most 20', async () => {
  const cursors: (string | undefined)[] = [];
  const api = {
    call: async (_: string, { query }: { query: { cursor?: string } }) => {
      cursors.push(query.cursor);
      return { items: [rows[0]], nextCursor: `c${cursors.length}` };
    },
  } as unknown as ApiClient;
  expect((await readRejections(api, 'shop', '2026-11-26T10:00:00.000Z')).length).toBe(20);
  expect(cursors.slice(0, 3)).toEqual([undefined, 'c1', 'c2']);
});
