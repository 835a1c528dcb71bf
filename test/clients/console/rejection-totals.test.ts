import { describe, expect, it } from '@jest/globals';
import {
  type RejectionRow,
  readRejections,
  rejectionBarsOf,
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
  const time = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });
  const hour = time('2026-11-26T10:00:00.000Z', '2026-11-26T11:00:00.000Z');
  const counted = ({ bars }: ReturnType<typeof rejectionBarsOf>) =>
    bars.flatMap(({ from, counts }) => (Object.keys(counts).length > 0 ? [[from, counts]] : []));

  it('has a bar for each minute of an hour, with what was refused for each reason', () => {
    const chart = rejectionBarsOf(rows, hour, 'UTC');
    expect([chart.range, chart.bars.length, chart.reasons]).toEqual(['1h', 60, ['token_missing', 'token_unknown']]);
    expect(counted(chart)).toEqual([
      ['2026-11-26T10:30:00.000Z', { token_missing: 3 }],
      ['2026-11-26T10:31:00.000Z', { token_unknown: 9 }],
      ['2026-11-26T10:59:00.000Z', { token_missing: 2 }],
    ]);
  });

  it('has what was refused in a minute before the first bar in the first bar, and after the last one in that', () => {
    const early = row('2026-11-26T09:59:00.000Z', 'token_missing', 4);
    const late = row('2026-11-26T11:00:00.000Z', 'token_missing', 5);
    expect(counted(rejectionBarsOf([late, early], hour, 'UTC'))).toEqual([
      ['2026-11-26T10:00:00.000Z', { token_missing: 4 }],
      ['2026-11-26T10:59:00.000Z', { token_missing: 5 }],
    ]);
  });

  it.each<[what: string, from: string, to: string, zone: string, range: string, bars: string[]]>([
    ['a second', '2026-11-26T10:00:00.000Z', '2026-11-26T10:00:01.000Z', 'UTC', '1h', ['10:00–10:01, open']],
    [
      'two minutes',
      '2026-11-26T10:00:30.000Z',
      '2026-11-26T10:02:00.000Z',
      'UTC',
      '1h',
      ['10:00–10:01', '10:01–10:02'],
    ],
    [
      'three hours and a bit',
      '2026-11-26T10:20:00.000Z',
      '2026-11-26T13:10:00.000Z',
      'UTC',
      '24h',
      ['10:00–11:00', '11:00–12:00', '12:00–13:00', '13:00–14:00, open'],
    ],
    // Days of Kathmandu begin at 18:15 UTC: with the first hour that begins in them.
    [
      'two days and a bit',
      '2026-11-24T12:00:00.000Z',
      '2026-11-26T13:00:00.000Z',
      'Asia/Kathmandu',
      '30d',
      ['12:00–19:00', '19:00–19:00', '19:00–19:00, open'],
    ],
    // The clocks go back on October 25.
    [
      'a day of 25 hours',
      '2026-10-23T22:00:00.000Z',
      '2026-10-26T00:00:00.000Z',
      'Europe/Berlin',
      '30d',
      ['22:00–22:00', '22:00–23:00', '23:00–23:00, open'],
    ],
  ])('of %s has bars that people name', (_, from, to, zone, range, bars) => {
    const chart = rejectionBarsOf([], time(from, to), zone);
    const clock = (text: string) => text.slice(11, 16);
    expect([
      chart.range,
      chart.bars.map((bar) => `${clock(bar.from)}–${clock(bar.to)}${bar.isOpen ? ', open' : ''}`),
    ]).toEqual([range, bars]);
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
