import { expect, test } from '@jest/globals';
import { aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const none = { accepted: 0, duplicates: 0, conflicts: 0, refused: {}, published: 0, givenUp: 0 };
const items = [
  { at: '2026-03-01T10:00:00.000Z', ...none, accepted: 12, conflicts: 1, published: 11, givenUp: 1 },
  { at: '2026-03-01T11:00:00.000Z', ...none },
  {
    ...{ at: '2026-03-01T12:00:00.000Z', accepted: 5, duplicates: 2, conflicts: 0, published: 5, givenUp: 0 },
    refused: { token_unknown: 3, body_too_large: 1 },
    inexact: ['accepted', 'duplicates', 'refused', 'published'],
  },
  { at: '2026-03-01T13:00:00.000Z', ...none, inexact: ['refused'] },
];

test('each period in which something came has a row, with how a count may be wrong', async () => {
  const { fetch } = aDeployment(() => answered({ items }));
  const { out } = await hooklatch(['stats', 'orders'], { env, fetch });
  expect(out.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['FROM', 'ACCEPTED', 'DUPLICATES', 'CONFLICTS', 'REFUSED', 'PUBLISHED', 'GIVEN UP', 'REASONS'],
    ['2026-03-01T10:00:00.000Z', '12', '0', '1', '0', '11', '1'],
    [
      ...['2026-03-01T12:00:00.000Z', 'at most 5', 'at least 2', '0', 'at least 4', 'about 5', '0'],
      'token_unknown 3, body_too_large 1',
    ],
    ['2026-03-01T13:00:00.000Z', '0', '0', '0', 'at least 0', '0', '0'],
    [''],
  ]);
});

test.each([
  [[], 'Counted until 2026-03-01T13:00:50.000Z.\n'],
  [['orders'], 'Counted until 2026-03-01T13:00:50.000Z.\n'],
  // A program reads the answer alone.
  [['--json'], ''],
])('stats %j says beside the counts until when they count', async (args, said) => {
  const headers = { 'hooklatch-as-of': '2026-03-01T13:00:50.000Z' };
  const { fetch } = aDeployment(() => new Response(JSON.stringify({ items }), { headers }));
  const { code, err } = await hooklatch(['stats', ...args], { env, fetch });
  expect([code, err]).toEqual([0, said]);
});

test.each<[string[], string, object]>([
  [[], '/v1/stats', { by: 'hour' }],
  [['orders'], '/v1/connections/orders/stats', { by: 'hour' }],
  [['orders', '--by', 'day', '--since', '7d'], '/v1/connections/orders/stats', { by: 'day', ago: 7 * 86_400_000 }],
  [['--since', '24h'], '/v1/stats', { by: 'hour', ago: 86_400_000 }],
  [['--by', 'minute', '--since', '90m'], '/v1/stats', { by: 'minute', ago: 90 * 60_000 }],
  [['--since', '2026-03-01'], '/v1/stats', { by: 'hour', from: '2026-03-01T00:00:00.000Z' }],
])('stats %j asks for the range', async (args, path, { ago, ...query }: { ago?: number }) => {
  const now = new Date('2026-03-10T12:00:00.000Z');
  const { asked, fetch } = aDeployment(() => answered({ items }));
  const { out } = await hooklatch(['stats', ...args, '--json'], { env, fetch, now: () => now });
  const from = ago === undefined ? {} : { from: new Date(now.getTime() - ago).toISOString() };
  expect(asked).toMatchObject([{ method: 'GET', path }]);
  expect(asked[0]?.query).toEqual({ ...query, ...from });
  expect(JSON.parse(out)).toEqual({ items });
});

test.each(['yesterday', '0h', '5w', '24', '2026-03-01T12:00:00'])('stats takes no --since %s', async (text) => {
  const { asked, fetch } = aDeployment(() => answered({ items }));
  const { code } = await hooklatch(['stats', '--since', text], { env, fetch });
  expect([code, asked]).toEqual([2, []]);
});
