import { expect, test } from '@jest/globals';
import { newRedelivery } from '../../../../shared/deliveries/dispatch/redelivery-job.ts';
import { newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { RejectionView } from '../../../../shared/events/arrival/rejection-view.ts';
import { newReplay } from '../../../../shared/events/event/replay-job.ts';
import { variables } from '../../../../shared/ground/aws/environment.ts';
import { type Counts, noCounts } from '../../../../shared/ground/statistics/counts.ts';
import { anOperator, noon } from '../../../functions/given-operator.ts';
import { aStateTable } from '../../endpoints/endpoint/given-state-table.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= '1';
const { apiEvents } = await import('../../../../functions/api-events.ts');
const { journalHandlers } = await import('../../../../shared/operators/api/journal-answers.ts');

const rejected = (reason: RejectionView['reason']): RejectionView => ({
  minute: '2026-03-01T11:59Z',
  reason,
  count: 2,
  explanation: 'of the reader',
});
const line = {
  version: 7,
  verb: 'edit' as const,
  by: 'op_1',
  at: noon.toISOString(),
  requestId: 'r7',
  from: 'unconfigured' as const,
  to: 'unconfigured' as const,
};

const ofJob = { rate: 50, count: 4, by: 'op_1', from: '2026-03-01T10:00:00.000Z', to: '2026-03-01T11:00:00.000Z' };
const aReplay = newReplay({
  ...ofJob,
  id: 'run_11111111-1111-4111-8111-111111111111',
  startedAt: '2026-03-01T11:58:00.000Z',
  connection: 'orders',
  connectionId: 'c1',
});
const aRedelivery = newRedelivery({
  ...ofJob,
  id: 'rdl_11111111-1111-4111-8111-111111111111',
  startedAt: '2026-03-01T11:59:00.000Z',
  statuses: ['failed'],
  destination: 'shop',
  destinationId: 'd1',
});

const tenOClock = new Map<string, Counts>([['2026-03-01T10', { ...noCounts(), accepted: 10 }]]);

/** The API with the connection `orders` of this provider. `asked` has what the Journal was asked for. */
function aWorld(provider = 'generic', reasons: RejectionView['reason'][] = ['token_missing'], hours = tenOClock) {
  const store = aStateTable();
  // The store in memory has it at once.
  void store.openConnection(
    newConnection({ name: 'orders', provider, description: '' }, 'c1', { by: 'op_1', now: noon }),
    'r0',
  );
  const asked: unknown[] = [];
  const counted: string[] = [];
  const range = ({ from, to }: { from: Date; to: Date }) => [from.toISOString(), to.toISOString()];
  const operator = anOperator<'api-events'>({
    ...apiEvents({} as never),
    ...journalHandlers({
      store,
      rejections: {
        lookThrough: async (id, isWanted, of) => {
          asked.push(['lookThrough', id, ...range(of)]);
          const kept = [['order-7'], ['order-8'], ['x'.repeat(128)]];
          const found = kept.map((deliveryIds) => ({ ...rejected('token_missing'), deliveryIds }));
          const backTo = '2026-03-01T11:30:00.000Z';
          return {
            found: found.filter(({ deliveryIds }) => deliveryIds.some(isWanted)),
            totals: {},
            complete: false,
            backTo,
          };
        },
        async list(id, { limit, before, ...of }) {
          asked.push(['list', id, ...range(of), limit, before]);
          return {
            items: reasons.map(rejected),
            next: before === undefined ? '2026-03-01T11:59#token_missing' : undefined,
          };
        },
        async totals(id, of) {
          asked.push(['totals', id, ...range(of)]);
          return { totals: { token_missing: 2 }, complete: true };
        },
        byMinute: async () => ({ counts: [], complete: true }),
      },
      statistics: {
        async minutes(scope) {
          counted.push(scope);
          return new Map([['2026-03-01T11:59', { ...noCounts(), accepted: 3, inexact: ['accepted'] }]]);
        },
        sums: async (_, period) => (period === 'hour' ? hours : new Map()),
        progress: async () => ({ upTo: '2026-03-01T11:58', asOf: '2026-03-01T11:57:50.000Z' }),
      },
      usage: { lateness: async () => undefined },
      countWaiting: async () => 0,
      jobs: { listNewest: async (_, after) => (after === undefined ? [aReplay] : []) },
      redeliveries: { listNewest: async (_, after) => (after === undefined ? [aRedelivery] : []) },
      history: {
        async list(id, page) {
          asked.push(['history', id, page]);
          return { lines: [line], next: page.from === undefined ? '000000007|' : undefined };
        },
      },
    }),
  });
  const rejections = (query: Record<string, string> = {}) =>
    operator.ask('GET /v1/connections/{name}/rejections', { params: { name: 'orders' }, query, role: 'flow_designer' });
  const history = (query: Record<string, string> = {}) =>
    operator.ask('GET /v1/connections/{name}/history', { params: { name: 'orders' }, query, role: 'flow_designer' });
  return { ...operator, rejections, history, asked, counted };
}

test('the rejections of the last hour come with their totals and explanations', async () => {
  const { rejections, asked } = aWorld();
  const { status, body } = await rejections();
  expect(status).toBe(200);
  expect(body).toEqual({
    items: [
      {
        minute: '2026-03-01T11:59Z',
        reason: 'token_missing',
        count: 2,
        explanation: expect.stringContaining('token'),
        facts: [{ code: 'token_missing' }],
      },
    ],
    nextCursor: expect.any(String),
    totals: { token_missing: 2 },
    complete: true,
    asOf: noon.toISOString(),
  });
  const range = ['2026-03-01T11:01:00.000Z', '2026-03-01T12:00:00.000Z'];
  expect(asked).toEqual([
    ['list', 'c1', ...range, 50, undefined],
    ['totals', 'c1', ...range],
  ]);
});

test('later pages have no totals, because the first page has those of the whole range', async () => {
  const { rejections, asked } = aWorld();
  const { body: first } = await rejections({ limit: '1' });
  asked.length = 0;
  const { body } = await rejections({ limit: '1', cursor: first.nextCursor });
  expect(body).not.toHaveProperty('totals');
  expect(body.nextCursor).toBeNull();
  expect(asked).toMatchObject([['list', 'c1', {}, {}, 1, '2026-03-01T11:59#token_missing']]);
});

test('the explanation depends on the sender', async () => {
  const { rejections } = aWorld('stripe', ['secret_missing']);
  const { body } = await rejections();
  expect(body.items[0].explanation).toContain('Stripe');
});

test.each([
  ['only to', { to: '2026-02-01T12:00:00Z' }, ['2026-02-01T11:00:59.999Z', '2026-02-01T11:59:59.999Z']],
  ['only from', { from: '2026-02-28T00:00:00Z' }, ['2026-02-28T00:00:00.000Z', '2026-03-01T12:00:00.000Z']],
  [
    'both, 31 days apart',
    { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
    ['2026-01-01T00:00:00.000Z', '2026-01-31T23:59:59.999Z'],
  ],
  [
    'the same time twice',
    { from: '2026-02-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
    ['2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
  ],
])('a range with %s', async (_, query, expected) => {
  const { rejections, asked } = aWorld();
  await rejections(query);
  expect(asked).toEqual([
    ['list', 'c1', ...expected, 50, undefined],
    ['totals', 'c1', ...expected],
  ]);
});

test.each([
  { from: '2026-02-01T00:00:00.001Z', to: '2026-02-01T00:00:00Z' },
  { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00.001Z' },
])('the range %j is refused', async (query) => {
  const { rejections, asked } = aWorld();
  expect(await rejections(query)).toMatchObject({ status: 400, body: { code: 'invalid_range' } });
  expect(asked).toEqual([]);
});

test('the rejections take no cursor of another list', async () => {
  const { rejections } = aWorld();
  const cursor = Buffer.from('7').toString('base64url');
  expect(await rejections({ cursor })).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
});

test('the history is in pages, the newest first', async () => {
  const { history, asked } = aWorld();
  const { status, body } = await history({ limit: '1' });
  expect([status, body.items]).toEqual([200, [line]]);
  expect((await history({ cursor: body.nextCursor })).body.nextCursor).toBeNull();
  expect(asked).toEqual([
    ['history', 'c1', { limit: 1, from: undefined }],
    ['history', 'c1', { limit: 50, from: '000000007|' }],
  ]);
});

test.each(['|', '7', '7|', '000000007', '000000007|x', '000000007|2026-03-01T12:00:00.000Z#evt_1', 'x|'])(
  'the history takes no cursor of %j',
  async (position) => {
    const { history } = aWorld();
    const cursor = Buffer.from(position).toString('base64url');
    expect(await history({ cursor })).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
  },
);

test('a connection that does not exist has none', async () => {
  const { refusal, asked } = aWorld();
  for (const list of ['rejections', 'history', 'stats'])
    expect(await refusal(`GET /v1/connections/{name}/${list}`, { params: { name: 'other' } })).toEqual([
      404,
      'connection_not_found',
    ]);
  expect(asked).toEqual([]);
});

test('statistics are of a connection or of all, with the time up to which they count', async () => {
  const { ask, counted } = aWorld();
  const { status, body, headers } = await ask('GET /v1/connections/{name}/stats', {
    params: { name: 'orders' },
    query: { from: '2026-03-01T10:30:00Z', to: '2026-03-01T12:00:00Z' },
    role: 'flow_designer',
  });
  expect([status, headers['hooklatch-as-of']]).toEqual([200, '2026-03-01T11:59:50.000Z']);
  const none = { accepted: 0, duplicates: 0, conflicts: 0, refused: {}, published: 0, givenUp: 0 };
  expect(body).toEqual({
    items: [
      { at: '2026-03-01T10:00:00.000Z', ...none, accepted: 10, published: 10 },
      { at: '2026-03-01T11:00:00.000Z', ...none, accepted: 3, published: 3, inexact: ['accepted'] },
    ],
  });
  expect((await ask('GET /v1/stats', { query: { by: 'minute' } })).body.items).toHaveLength(60);
  expect(new Set(counted)).toEqual(new Set(['c1', 'all']));
});

test('all jobs are listed with whose they are, page by page', async () => {
  const { ask } = aWorld();
  const list = (query: Record<string, string>) => ask('GET /v1/jobs', { query, role: 'flow_designer' });
  const { status, body } = await list({ limit: '1' });
  expect([status, body]).toEqual([
    200,
    {
      items: [
        {
          ...ofJob,
          id: aRedelivery.id,
          kind: 'redelivery',
          destination: 'shop',
          statuses: ['failed'],
          startedAt: '2026-03-01T11:59:00.000Z',
          state: 'running',
          ...{ done: 0, failed: 0, skipped: 0, skippedBecause: {}, etaSeconds: null },
        },
      ],
      nextCursor: expect.any(String),
    },
  ]);
  expect((await list({ kind: 'replay' })).body.items).toMatchObject([{ id: aReplay.id, connection: 'orders' }]);
  expect(await list({ cursor: 'cnVuXzE' })).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
  expect(await list({ connection: 'absent' })).toMatchObject({ status: 404 });
});

test.each<[string, Record<string, string>, number]>([
  ['a day by hour, if nothing is said', {}, 24],
  ['a month by day', { by: 'day' }, 30],
  ['an hour by minute', { by: 'minute' }, 60],
  ['what has a part of the range', { from: '2026-03-01T09:59:59Z', to: '2026-03-01T11:00:00.001Z' }, 3],
  ['nothing of the end', { from: '2026-03-01T10:00:00Z', to: '2026-03-01T11:00:00Z' }, 1],
  ['nothing to come', { from: '2026-03-01T11:00:00Z', to: '2026-03-02T11:00:00Z' }, 2],
])('the range of statistics has %s', async (_, query, expected) => {
  const { ask } = aWorld();
  expect((await ask('GET /v1/stats', { query })).body.items).toHaveLength(expected);
});

test.each([
  { from: '2026-03-01T11:00:00.001Z', to: '2026-03-01T11:00:00Z' },
  { by: 'minute', from: '2026-02-27T11:59:59.999Z' },
  { by: 'hour', from: '2025-12-01T11:59:59.999Z' },
  { by: 'day', from: '2025-01-25T11:59:59.999Z' },
])('the range of statistics %j is refused', async (query) => {
  const { ask } = aWorld();
  expect(await ask('GET /v1/stats', { query })).toMatchObject({ status: 400, body: { code: 'invalid_range' } });
});

test.each([
  [400, 200],
  [401, 400],
])('statistics of a hundred hours with %i destinations each are answered with %i', async (destinations, status) => {
  const sent = { id: 'dst_1', delivered: 1, failed: 0, times: {} };
  const counts = {
    ...noCounts(),
    destinations: Object.fromEntries(Array.from({ length: destinations }, (_, n) => [`d${n}`, sent])),
  };
  const last = Date.parse('2026-03-01T12:00:00.000Z');
  const hours = new Map(
    Array.from({ length: 100 }, (_, n) => [new Date(last - n * 3_600_000).toISOString().slice(0, 13), counts]),
  );
  const { ask } = aWorld('generic', [], hours);
  const answer = await ask('GET /v1/stats', { query: { from: '2026-02-25T09:00:00Z' } });
  expect([answer.status, answer.body.code, answer.body.detail]).toEqual(
    status === 200
      ? [200, undefined, undefined]
      : [400, 'invalid_range', 'Too many destinations had attempts in this time: ask for a shorter one.'],
  );
});
