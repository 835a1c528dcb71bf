import { describe, expect, test } from '@jest/globals';
import type { Deps } from '../../functions/api-connections.ts';
import { type Connection, nextVersion } from '../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../shared/endpoints/endpoint/endpoint-record.ts';
import type { HistoryEntry } from '../../shared/endpoints/endpoint/history-entry.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import type { ConnectionSummary } from '../../shared/operators/journal/connection-summary.ts';
import { tokenGuard } from '../shared/endpoints/endpoint/given-record.ts';
import { aStateTable } from '../shared/endpoints/endpoint/given-state-table.ts';
import { aMoment } from '../support/a-moment.ts';
import { anOperator, noon } from './given-operator.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= '1';
const { apiConnections } = await import('../../functions/api-connections.ts');

const configure: HistoryEntry = {
  verb: 'configure',
  by: 'op_1',
  at: noon.toISOString(),
  from: 'unconfigured',
  to: 'configured',
};
const endpoint: Endpoint = {
  id: 'e1',
  status: 'active',
  settings: {},
  guard: tokenGuard,
  tokens: [{ id: 't1', createdAt: noon.toISOString(), createdBy: 'op_1', holds: 'bearer' }],
};

/** The API on an empty table, with these dependencies instead of its own. */
function aWorld(more: Partial<Deps> = {}) {
  const store = aStateTable();
  const reads: unknown[] = [];
  let connections = 0;
  const deps: Deps = {
    store,
    usage: {
      lastUse: async () => ({
        tokens: new Map([['t1', '2026-03-01T11:00:00.000Z']]),
        lastEventAt: null,
        handshakes: undefined,
      }),
      lastHour: async () => ({ counts: [], lastAt: null }),
      lateness: async () => undefined,
    },
    rejections: { byMinute: async () => ({ counts: [], complete: true }) },
    summaries: { read: async () => new Map() },
    progress: async () => undefined,
    alerts: { list: async () => [] },
    countHeld: async () => ({ count: 3, complete: true }),
    newId: () => `c${++connections}`,
    publicUrl: 'https://hooks.example.com',
    version: '1.2.3',
    log: (line) => reads.push(line),
    ...more,
  };
  const operator = anOperator(apiConnections(deps));
  const open = (name: string, body: object = {}) => operator.ask('POST /v1/connections', { body: { name, ...body } });
  /** Gives the connection `orders` an endpoint. */
  async function configured(changes: Partial<Endpoint> = {}) {
    const connection = (await store.readConnection('orders')) as Connection;
    await store.replaceConnection(nextVersion(connection, { endpoint: { ...endpoint, ...changes } }, configure), 'r0');
  }
  return { ...operator, store, open, configured };
}

const orders = { params: { name: 'orders' } };
const one = 'GET /v1/connections/{name}';
const edit = 'PATCH /v1/connections/{name}';
const remove = 'DELETE /v1/connections/{name}';

test('the health check needs no token and names the version', async () => {
  const { ask } = aWorld();
  expect(await ask('GET /healthz')).toMatchObject({ status: 200, body: { status: 'ok', version: '1.2.3' } });
});

test('everybody may read the description of this API, with its version and its URL', async () => {
  const { ask } = aWorld();
  const described = await ask('GET /openapi.json');
  expect(described).toMatchObject({
    status: 200,
    body: { openapi: '3.1.0', info: { version: '1.2.3' }, servers: [{ url: 'https://hooks.example.com' }] },
  });
  expect((await ask('GET /openapi.json')).body).toEqual(described.body);
});

test('a connection is opened with an id, its operator and its first version', async () => {
  const { open, store } = aWorld();
  const { openConnection } = store;
  const writers: string[] = [];
  store.openConnection = (connection, requestId) => {
    writers.push(requestId);
    return openConnection(connection, requestId);
  };
  const { status, headers, body } = await open('orders', { provider: 'stripe', description: 'Shop' });
  expect([status, headers['etag']]).toEqual([201, '"1"']);
  expect(body).toMatchObject({
    name: 'orders',
    provider: 'stripe',
    description: 'Shop',
    version: 1,
    status: 'unconfigured',
    endpoint: null,
    createdAt: '2026-03-01T12:00:00.000Z',
    updatedBy: 'op_1',
    allowedActions: ['edit', 'delete', 'configure'],
  });
  expect(await store.readConnection('orders')).toMatchObject({ id: 'c1', entry: { verb: 'create', by: 'op_1' } });
  // By the id of the request, the table recognizes a write that the SDK repeats.
  expect(writers).toEqual(['request-1']);
});

test('a name that exists is refused, and its connection stays as it was', async () => {
  const { open, store } = aWorld();
  await open('orders', { description: 'first' });
  const { status, body } = await open('orders', { description: 'second' });
  expect([status, body.code]).toEqual([409, 'connection_exists']);
  expect(await store.readConnection('orders')).toMatchObject({ id: 'c1', description: 'first' });
});

test('a connection reads back with the last use of its tokens and its held events', async () => {
  const { open, configured, ask } = aWorld();
  await open('orders');
  await configured({ hold: { id: 'h1', since: '2026-03-01T11:30:00.000Z' } });
  const { status, headers, body } = await ask(one, { ...orders, role: 'flow_designer' });
  expect([status, headers['etag']]).toEqual([200, '"2"']);
  expect(body).toMatchObject({
    allowedActions: [],
    endpoint: {
      url: 'https://hooks.example.com/hooks/orders/e1',
      held: true,
      heldCount: 3,
      heldCountComplete: true,
      tokens: [{ id: 't1', lastUsedAt: '2026-03-01T11:00:00.000Z' }],
    },
  });
});

test('a connection that does not exist is not found', async () => {
  const { refusal } = aWorld();
  for (const route of [one, edit, remove]) expect(await refusal(route, orders)).toEqual([404, 'connection_not_found']);
});

test('an edit changes only what it names, and says who made it', async () => {
  const { open, ask, store } = aWorld();
  await open('orders', { provider: 'stripe', description: 'Shop' });
  expect(await ask(edit, { ...orders, body: { description: '' }, operator: 'op_2' })).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { provider: 'stripe', description: '', version: 2 },
  });
  expect(await store.readConnection('orders')).toMatchObject({
    entry: {
      verb: 'edit',
      by: 'op_2',
      at: '2026-03-01T12:00:00.000Z',
      from: 'unconfigured',
      to: 'unconfigured',
    },
  });
  expect(await ask(edit, { ...orders, body: { provider: 'github' } })).toMatchObject({
    body: { provider: 'github', description: '', version: 3 },
  });
});

test('a stale If-Match is refused', async () => {
  const { open, ask, refusal } = aWorld();
  await open('orders');
  await ask(edit, { ...orders, body: { description: 'new' }, ifMatch: 1 });
  expect(await refusal(edit, { ...orders, body: { description: 'newer' }, ifMatch: 1 })).toEqual([
    412,
    'version_mismatch',
  ]);
});

test('the provider of a configured connection stays, but other edits are allowed', async () => {
  const { open, configured, ask, store } = aWorld();
  await open('orders', { provider: 'generic' });
  await configured();
  expect(await ask(edit, { ...orders, body: { provider: 'stripe' } })).toMatchObject({
    status: 409,
    body: {
      code: 'action_not_allowed',
      detail: expect.stringMatching(/^A connection can change its provider only while it has no endpoint\. First /),
    },
  });
  expect(await ask(edit, { ...orders, body: { provider: 'generic', description: 'new' } })).toMatchObject({
    status: 200,
    body: { provider: 'generic', description: 'new', version: 3, status: 'active' },
  });
  expect(await store.readConnection('orders')).toMatchObject({ entry: { from: 'active', to: 'active' } });
  expect(await ask(edit, { ...orders, body: { description: 'newer' } })).toMatchObject({
    status: 200,
    body: { provider: 'generic', description: 'newer', version: 4 },
  });
});

test('a connection is deleted after its record says by whom', async () => {
  const { open, ask, store } = aWorld();
  const written: unknown[] = [];
  await open('orders');
  const { replaceConnection, removeConnection } = store;
  store.replaceConnection = async (next, id) => {
    written.push(['replace', next.version, next.entry.verb, next.entry.by]);
    return replaceConnection(next, id);
  };
  store.removeConnection = async (last) => {
    written.push(['remove', last.version]);
    return removeConnection(last);
  };
  expect(await ask(remove, { ...orders, operator: 'op_2' })).toMatchObject({ status: 204, body: undefined });
  expect(written).toEqual([
    ['replace', 2, 'delete', 'op_2'],
    ['remove', 2],
  ]);
  expect(await store.readConnection('orders')).toBeUndefined();
});

test('a configured connection is not deleted, and nothing is written', async () => {
  const { open, configured, refusal, store } = aWorld();
  await open('orders');
  await configured();
  expect(await refusal(remove, orders)).toEqual([409, 'action_not_allowed']);
  expect(await store.readConnection('orders')).toMatchObject({ version: 2 });
});

test('a connection that changes between the two writes of its deletion stays', async () => {
  const { open, refusal, store } = aWorld();
  await open('orders');
  store.removeConnection = async () => 'lost';
  expect(await refusal(remove, orders)).toEqual([409, 'superseded']);
});

test('the list is in pages, in the order of the names', async () => {
  const { open, ask } = aWorld();
  for (const name of ['payments', 'orders', 'billing']) await open(name);
  const list = (query: Record<string, string>) => ask('GET /v1/connections', { query });
  const { body: first } = await list({ limit: '2' });
  expect(first.items.map((item: { name: string }) => item.name)).toEqual(['billing', 'orders']);
  expect(first.items[0]).not.toHaveProperty('stats');
  const { body: rest } = await list({ limit: '2', cursor: first.nextCursor });
  expect(rest).toMatchObject({ items: [{ name: 'payments' }], nextCursor: null });
});

test('the list takes no cursor that it did not make', async () => {
  const { refusal } = aWorld();
  const cursor = Buffer.from('Not A Name').toString('base64url');
  expect(await refusal('GET /v1/connections', { query: { cursor } })).toEqual([400, 'invalid_cursor']);
});

test('the list without statistics reads no counts, and shows what the role allows', async () => {
  const lateness = () => Promise.reject(new Error('read'));
  const usage = { lateness, lastHour: lateness, lastUse: lateness };
  const { open, ask } = aWorld({ usage });
  await open('orders');
  expect(await ask('GET /v1/connections', { role: 'flow_designer' })).toMatchObject({
    status: 200,
    body: { items: [{ name: 'orders', allowedActions: [] }] },
  });
});

const lastUse = {
  tokens: new Map([['t1', '2026-03-01T09:00:00.000Z']]),
  lastEventAt: '2026-03-01T09:00:00.000Z',
  handshakes: undefined,
};
const include = { query: { include: 'stats' } };

test('statistics add up the rejections of the last hour, and say up to when they count', async () => {
  const asked: unknown[] = [];
  const { open, configured, ask } = aWorld({
    usage: {
      lastUse: async () => lastUse,
      async lastHour(id, now) {
        asked.push([id, now]);
        const counts = [
          { minute: '2026-03-01T11:01', count: 3 },
          { minute: '2026-03-01T11:59', count: 4 },
        ];
        return { counts, lastAt: '2026-03-01T11:59:50.000Z' };
      },
      lateness: async () => ({ since: '2026-03-01T11:58:00.000Z', at: '2026-03-01T11:59:00.000Z' }),
    },
    rejections: {
      async byMinute(id, range) {
        asked.push([id, range]);
        const counts = [
          { minute: '2026-03-01T12:00', reason: 'token_missing' as const, count: 2 },
          { minute: '2026-03-01T12:00', reason: 'token_unknown' as const, count: 3 },
        ];
        return { counts, complete: false };
      },
    },
  });
  await open('orders');
  await configured();
  const { body, headers } = await ask('GET /v1/connections', include);
  expect(headers).toMatchObject({ 'hooklatch-as-of': '2026-03-01T11:58:00.000Z' });
  expect(body.items).toMatchObject([
    {
      stats: {
        lastHour: {
          events: 7,
          rejections: 5,
          eventsByMinute: [3, ...Array.from({ length: 57 }, () => 0), 4, 0],
          rejectionsByMinute: [...Array.from({ length: 59 }, () => 0), 5],
          refused: { token_missing: 2, token_unknown: 3 },
          upTo: '2026-03-01T12:00:00.000Z',
        },
        lastEventAt: '2026-03-01T11:59:50.000Z',
        asOf: '2026-03-01T11:58:00.000Z',
        complete: false,
      },
      endpoint: { tokens: [{ id: 't1', lastUsedAt: '2026-03-01T09:00:00.000Z' }] },
    },
  ]);
  expect(asked).toEqual([
    ['c1', noon],
    ['c1', { from: new Date('2026-03-01T11:01:00.000Z'), to: noon }],
  ]);
});

test('without an event in the last hour, the last event is that of the last use', async () => {
  const { open, ask } = aWorld({
    usage: {
      lastUse: async () => lastUse,
      lastHour: async () => ({ counts: [], lastAt: null }),
      lateness: async () => undefined,
    },
  });
  await open('orders');
  const { body } = await ask('GET /v1/connections', include);
  expect(body.items).toMatchObject([
    {
      stats: {
        lastHour: { events: 0, rejections: 0 },
        lastEventAt: '2026-03-01T09:00:00.000Z',
        asOf: '2026-03-01T11:59:50.000Z',
        complete: true,
      },
    },
  ]);
});

describe('with a schedule that makes summaries', () => {
  const run = { upTo: '2026-03-01T11:59', asOf: '2026-03-01T11:59:40.000Z', summariesSince: '2026-02-01T00:00' };
  const summary: ConnectionSummary = {
    at: '2026-03-01T11:30:10.000Z',
    asOf: '2026-03-01T11:30:00.000Z',
    events: [...Array.from({ length: 29 }, () => 9), 2, ...Array.from({ length: 29 }, () => 0), 3],
    refused: { token_unknown: [...Array.from({ length: 59 }, () => 0), 1] },
    complete: true,
    lastEventAt: '2026-03-01T11:30:05.000Z',
    tokens: { t1: '2026-03-01T11:30:00.000Z' },
  };
  const failing = () => Promise.reject(new Error('the counts were read'));

  test('a row is one small item, of which what is older than an hour is dropped', async () => {
    const asked: (readonly string[])[] = [];
    const { open, configured, ask } = aWorld({
      usage: { lastUse: failing, lastHour: failing, lateness: async () => undefined },
      rejections: { byMinute: failing },
      progress: async () => run,
      summaries: {
        async read(ids) {
          asked.push(ids);
          return new Map(ids.map((id) => [id, summary] as const));
        },
      },
    });
    await open('orders');
    await configured();
    const { body } = await ask('GET /v1/connections', include);
    expect(body.items).toMatchObject([
      {
        stats: {
          lastHour: {
            events: 5,
            rejections: 1,
            eventsByMinute: [2, ...Array.from({ length: 29 }, () => 0), 3, ...Array.from({ length: 29 }, () => 0)],
            refused: { token_unknown: 1 },
            upTo: '2026-03-01T11:59:00.000Z',
          },
          lastEventAt: '2026-03-01T11:30:05.000Z',
          asOf: '2026-03-01T11:59:40.000Z',
          complete: true,
        },
        endpoint: { tokens: [{ id: 't1', lastUsedAt: '2026-03-01T11:30:00.000Z' }] },
      },
    ]);
    expect(asked).toEqual([['c1']]);
  });

  test('a connection without one had no traffic for an hour: only its last uses are read', async () => {
    const { open, ask } = aWorld({
      usage: { lastUse: async () => lastUse, lastHour: failing, lateness: async () => undefined },
      rejections: { byMinute: failing },
      progress: async () => run,
    });
    await open('orders');
    const { body } = await ask('GET /v1/connections', include);
    expect(body.items).toMatchObject([
      {
        stats: {
          lastHour: { events: 0, rejections: 0, upTo: '2026-03-01T11:59:00.000Z' },
          lastEventAt: '2026-03-01T09:00:00.000Z',
          asOf: '2026-03-01T11:59:40.000Z',
        },
      },
    ]);
  });

  test('the header has the earliest of the times up to which the rows count', async () => {
    const late = { ...summary, at: '2026-03-01T11:59:50.000Z', asOf: '2026-03-01T11:59:45.000Z' };
    for (const [first, second] of [
      [late, summary],
      [summary, late],
    ] as const) {
      const { open, ask } = aWorld({
        progress: async () => run,
        summaries: { read: async (ids) => new Map(ids.map((id) => [id, id === 'c1' ? first : second])) },
      });
      for (const name of ['orders', 'till']) await open(name);
      const { headers, body } = await ask('GET /v1/connections', include);
      expect(headers).toMatchObject({ 'hooklatch-as-of': '2026-03-01T11:59:40.000Z' });
      expect(body.items.map(({ stats }: { stats: { asOf: string } }) => stats.asOf).sort()).toEqual([
        '2026-03-01T11:59:40.000Z',
        '2026-03-01T11:59:45.000Z',
      ]);
      expect((await ask('GET /v1/connections')).headers).not.toHaveProperty('hooklatch-as-of');
    }
  });

  test('a later connection of the same name shows nothing of the earlier one', async () => {
    const { open, ask } = aWorld({
      progress: async () => run,
      summaries: { read: async (ids) => new Map(ids.flatMap((id) => (id === 'c1' ? [[id, summary] as const] : []))) },
    });
    const eventsOf = async () => {
      const { body } = await ask('GET /v1/connections', include);
      return body.items.map((item: { stats: { lastHour: { events: number } } }) => item.stats.lastHour.events);
    };
    await open('orders');
    expect(await eventsOf()).toEqual([5]);
    await ask(remove, orders);
    await open('orders');
    expect(await eventsOf()).toEqual([0]);
  });
});

test('statistics are read for at most ten connections at a time, in the order of the names', async () => {
  const reading = new Set<string>();
  let most = 0;
  /** A read that takes a moment, and notes how many connections are read meanwhile. */
  const during =
    <T>(answer: T) =>
    async (id: string): Promise<T> => {
      reading.add(id);
      most = Math.max(most, reading.size);
      await aMoment();
      reading.delete(id);
      return answer;
    };
  const { open, ask } = aWorld({
    usage: {
      lastUse: during(lastUse),
      lastHour: during({ counts: [], lastAt: null }),
      lateness: async () => undefined,
    },
    rejections: { byMinute: during({ counts: [], complete: true }) },
  });
  const names = Array.from({ length: 23 }, (_, index) => `shop-${index + 10}`);
  for (const name of names) await open(name);
  const { body } = await ask('GET /v1/connections', include);
  expect(most).toBe(10);
  expect(body.items.map((item: { name: string }) => item.name)).toEqual(names);
});

test('a sender is found by its id and by its other names', async () => {
  const { ask } = aWorld();
  const read = (id: string) => ask('GET /v1/providers/{id}', { params: { id }, role: 'flow_designer' });
  expect(await read('stripe')).toMatchObject({ status: 200, body: { id: 'stripe' } });
  expect(await read('GitHub')).toMatchObject({ status: 200, body: { id: 'github' } });
  const { status, body } = await ask('GET /v1/providers', { role: 'flow_designer' });
  expect(status).toBe(200);
  expect(body.items).toContainEqual(expect.objectContaining({ id: 'stripe' }));
});

test.each([
  ['strpe', 'There is no provider with this id. Did you mean stripe? GET /v1/providers lists them.'],
  ['zzzzzzzzzzzz', 'There is no provider with this id. GET /v1/providers lists them.'],
])('the sender %s is not found', async (id, detail) => {
  const { ask } = aWorld();
  expect(await ask('GET /v1/providers/{id}', { params: { id } })).toMatchObject({
    status: 404,
    body: { code: 'provider_not_found', detail },
  });
});
