import { describe, expect, test } from '@jest/globals';
import type { Deps } from '../../functions/api-deliveries.ts';
import type { Destination } from '../../shared/deliveries/destination/destination.ts';
import type { AttemptNote, DeliveryRow } from '../../shared/deliveries/dispatch/delivery-row.ts';
import { type DestinationHealth, freshHealth } from '../../shared/deliveries/dispatch/destination-health.ts';
import { newRedelivery, type RedeliveryJob } from '../../shared/deliveries/dispatch/redelivery-job.ts';
import type { Routes } from '../../shared/deliveries/route/routes.ts';
import type { TransformOutcome } from '../../shared/deliveries/transform/transform.ts';
import { newConnection } from '../../shared/endpoints/endpoint/connection.ts';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import type { Revised } from '../../shared/ground/aws/revised-item.ts';
import type { Role } from '../../shared/ground/base/actor.ts';
import type { ApiAnswer } from '../../shared/operators/api/api-client.ts';
import { aDestination, aRow, eventId, receivedAt, receivedMs } from '../shared/deliveries/dispatch/given-delivery.ts';
import { aStoredEvent } from '../shared/events/event/given-event.ts';
import { anOperator } from './given-operator.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= '1';
const { apiDeliveries } = await import('../../functions/api-deliveries.ts');

const id = `dlv_${eventId}_1772366400000_to-orders_0`;
const version = 'a'.repeat(64);
const now = new Date(receivedMs + 3_600_000);
const orders = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'con_1', { by: 'op_1', now });
const anEvent = (more: Partial<StoredEvent> = {}): StoredEvent =>
  aStoredEvent(
    { body: Buffer.from('{"status":"paid"}') },
    { id: eventId, receivedAt, connectionId: 'con_1', connection: 'orders', routes: version, ...more },
  );
const routes: Routes = {
  mode: 'all',
  rules: [
    { id: 'to-orders', to: { id: 'dst_1', name: 'orders' } },
    { id: 'open', when: { data: { status: ['open'] } }, to: { id: 'dst_2', name: 'bills' } },
    { id: 'paid', when: { data: { status: ['paid'] } }, to: { id: 'dst_2', name: 'bills' } },
  ],
};

interface Given {
  rows?: DeliveryRow[];
  event?: StoredEvent | undefined;
  routes?: Routes;
  destination?: Destination | undefined;
  health?: DestinationHealth;
  attempts?: { attempt: number; note: AttemptNote }[];
  isQueueClosed?: boolean;
  /** What a transform gives. */
  outcome?: TransformOutcome;
  /** Whether only a part of the event was read. */
  isCut?: boolean;
}

const job: RedeliveryJob = newRedelivery({
  ...{ id: `rdl_${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`, destination: 'orders', destinationId: 'dst_1' },
  ...{ from: receivedAt, to: now.toISOString(), rate: 5, count: 3, startedAt: now.toISOString(), by: 'op_1' },
  statuses: ['failed'],
});

function aWorld(given: Given = {}) {
  const rows = (given.rows ?? []).map((value): Revised<DeliveryRow> => ({ value, revision: 1 }));
  const same = (one: DeliveryRow, { rule, replay }: Pick<DeliveryRow, 'rule' | 'replay'>) =>
    one.rule === rule && one.replay === replay;
  const destination = 'destination' in given ? given.destination : aDestination();
  const kept: [number, AttemptNote][] = [];
  const queued: unknown[] = [];
  const asked: object[] = [];
  const deps = {
    store: { readConnection: async (name: string) => (name === 'orders' ? orders : undefined) },
    destinations: { read: async (name: string) => (name === 'orders' ? destination : undefined) },
    readDestination: async () => destination,
    readEvent: async () => ('event' in given ? given.event : anEvent()),
    readRoutes: async () => given.routes ?? routes,
    readBody: async ({ body }: StoredEvent) => body,
    content: {
      readRoutes: async (version: string) => (version === 'a'.repeat(64) ? (given.routes ?? routes) : undefined),
      readBody: async (key: string) => (key === 'large' ? Buffer.alloc(16 * 1024 + 1, 'x') : undefined),
      transform: async (expression: string, { data }: { data: unknown }) =>
        given.outcome ?? { kind: 'json', text: JSON.stringify({ expression, data }), ms: 1 },
    },
    clock: { now: () => now.getTime() },
    replayCeiling: 100,
    queues: {
      async dispatch(messages: { body: { attempt: number } }[]) {
        queued.push(...messages.map(({ body }) => body.attempt));
        return given.isQueueClosed ? messages : [];
      },
    },
    lists: {
      ofEvent: async () => rows.map(({ value }) => value),
      async ofEvents(events: readonly string[]) {
        asked.push(events);
        return [
          { event: eventId, rows: rows.map(({ value }) => value), isWhole: given.isCut !== true },
          { event: `evt_${'9'.repeat(26)}`, rows: [], isWhole: true },
        ];
      },
      async ofDestination(id: string, page: object) {
        asked.push({ id, ...page });
        return { rows: rows.map(({ value }) => value), next: `${receivedAt}#${eventId}#to-orders#0` };
      },
      async redeliveredBy(job: object) {
        asked.push(job);
        return { rows: rows.map(({ value }) => value), isWhole: given.isCut !== true };
      },
      ended: async () => ({ rows: rows.map(({ value }) => value), next: undefined }),
      backlogOf: async () => ({ rows: [aRow({ status: 'parked' })], isMore: true }),
    },
    redeliveries: { find: async (_: string, id: string) => (id === job.id ? job : undefined) },
    deliveries: {
      health: { read: async () => given.health && { value: given.health, revision: 1 } },
      listAttempts: async () => given.attempts ?? [],
      putAttempt: async (_: object, attempt: number, note: AttemptNote) => void kept.push([attempt, note]),
      rows: {
        read: async (key: DeliveryRow) => rows.find(({ value }) => same(value, key)),
        async write(key: DeliveryRow, value: DeliveryRow) {
          const at = rows.findIndex((each) => same(each.value, key));
          rows[at] = { value, revision: 2 };
          return true;
        },
      },
    },
  } as unknown as Deps;
  const { ask, clock } = anOperator(apiDeliveries(deps));
  clock.now = now;
  return { call: ask, kept, asked, queued, row: () => rows[0]?.value };
}

describe('the deliveries of many events', () => {
  const another = `evt_${'9'.repeat(26)}`;
  const ask = (events: string, given: Given = {}) => {
    const world = aWorld(given);
    return { world, answer: world.call('GET /v1/deliveries', { query: { events } }) };
  };
  const given = {
    rows: [
      aRow({
        status: 'given_up',
        replay: 2,
        cause: 'The host is unknown.',
        last: { at: 1, ms: 1, outcome: 'x', answer: 'secret' },
      }),
      aRow({ rule: '*', to: { id: '*', name: '*' } }),
    ],
  };
  const shown = {
    ...{ id: `dlv_${eventId}_1772366400000_to-orders_2`, event: eventId, connection: 'orders', receivedAt },
    ...{ rule: 'to-orders', destination: 'orders', replay: 2, status: 'given_up' },
  };

  test('are what their rows say of where they went, and nothing of what came back', async () => {
    const { world, answer } = ask(`${eventId},${another},${eventId}`, given);
    expect(await answer).toMatchObject({ status: 200, body: { items: [shown], incomplete: [] } });
    expect((await answer).body.items).toEqual([shown]);
    expect(world.asked).toEqual([[eventId, another]]);
  });

  test('name an event of which a part was read', async () => {
    expect((await ask(eventId, { ...given, isCut: true }).answer).body.incomplete).toEqual([eventId]);
  });

  const ids = (count: number) => Array.from({ length: count }, (_, at) => `evt_${String(at).padStart(26, '0')}`);
  test.each([
    ['no id', ''],
    ['what is no id', `${eventId},evt_1`],
    ['a comma at the end', `${eventId},`],
    ['51 ids', ids(51).join(',')],
  ])('are not read for %s', async (_, events) => {
    const { world, answer } = ask(events);
    expect(await answer).toMatchObject({
      status: 422,
      body: { detail: 'events must be 1 to 50 ids of events, with commas between them.' },
    });
    expect(world.asked).toEqual([]);
  });

  test('are read for 50 ids', async () => {
    const { world, answer } = ask(ids(50).join(','));
    expect((await answer).status).toBe(200);
    expect(world.asked).toEqual([ids(50)]);
  });
});

describe('the deliveries of an event', () => {
  const path = `/v1/connections/orders/events/${eventId}/deliveries`;
  const read = async (given: Given = {}) => {
    const answer = await aWorld(given).call('GET /v1/connections/{name}/events/{id}/deliveries', {
      params: { name: 'orders', id: eventId },
    });
    return [
      answer.status,
      (answer.body.items ?? []).map((each: Record<string, unknown>) => [
        each['rule'],
        each['status'],
        each['replay'] ?? 0,
      ]),
    ];
  };

  test(`are its rows, and what is known of the other rules (${path})`, async () => {
    const rows = [aRow({ status: 'delivered', attempt: 2 })];
    expect(await read({ rows })).toEqual([
      200,
      [
        ['to-orders', 'delivered', 0],
        ['open', 'not_matched', 0],
        ['paid', 'queued', 0],
      ],
    ]);
  });

  test('in the mode first, end at the rule that took it', async () => {
    expect(await read({ routes: { ...routes, mode: 'first' } })).toEqual([
      200,
      [
        ['to-orders', 'queued', 0],
        ['open', 'not_reached', 0],
        ['paid', 'not_reached', 0],
      ],
    ]);
  });

  test('are those of each replay, and what is known of the latest', async () => {
    const rows = [aRow({ status: 'delivered' }), aRow({ rule: 'paid', replay: 1, status: 'failed' })];
    const [, items] = await read({ rows, event: anEvent({ replays: 1 }) });
    expect(items).toEqual([
      ['paid', 'failed', 1],
      ['to-orders', 'queued', 1],
      ['open', 'not_matched', 1],
      ['to-orders', 'delivered', 0],
    ]);
  });

  test.each<[string, Partial<StoredEvent>]>([
    ['is held', { held: 'h' }],
    ['is that of a test', { quiet: true, test: true }],
    ['has no routes', { routes: undefined }],
  ])('are none if it %s', async (_, more) => {
    expect(await read({ event: anEvent(more) })).toEqual([200, []]);
  });

  test('are not those of another event with its id, and not what stood for all rules', async () => {
    const rows = [aRow({ receivedAt: '2025-03-01T12:00:00.000Z' }), aRow({ rule: '*' })];
    expect((await read({ rows, event: anEvent({ routes: undefined }) }))[1]).toEqual([]);
  });

  test.each([undefined, anEvent({ connectionId: 'con_2' })])(
    'are not found without the event in the connection',
    async (event) => {
      expect((await read({ event }))[0]).toBe(404);
    },
  );
});

type DeliveryHistory = Partial<ApiAnswer<'GET /v1/deliveries/{id}'>>;

describe('what a receiver answered', () => {
  const last = { at: receivedMs, ms: 5, outcome: 'answered', status: 500, answer: 'you sent REDACTED' };
  const row = aRow({ status: 'failed', attempt: 3, last });
  const given: Given = { rows: [row], attempts: [{ attempt: 1, note: { ...last, at: 1 } }] };
  const dryRun = { from: receivedAt, dryRun: true };
  const requests = {
    'GET /v1/deliveries/{id}': { params: { id } },
    'GET /v1/destinations/{name}/deliveries': { params: { name: 'orders' } },
    'POST /v1/deliveries/{id}/redeliver': { params: { id }, body: {} },
    'POST /v1/destinations/{name}/redeliveries': { params: { name: 'orders' }, body: dryRun },
  };

  test.each(Object.entries(requests))('is shown to admins alone: %s', async (key, request) => {
    const attemptsOf = ({ items, sample, ...view }: Record<string, unknown>) => {
      const { last, history = [] } = ((items ?? sample ?? [view]) as DeliveryHistory[])[0] ?? {};
      return [last, ...history].map((each) => each?.answer);
    };
    const times = key === 'GET /v1/deliveries/{id}' ? 3 : 1;
    const forAdmin = (await aWorld(given).call(key, request)).body;
    expect(attemptsOf(forAdmin)).toEqual(Array(times).fill('you sent REDACTED'));
    const forDesigner = (await aWorld(given).call(key, { ...request, role: 'flow_designer' })).body;
    expect(attemptsOf(forDesigner)).toEqual(Array(times).fill(undefined));
    expect(JSON.stringify(forDesigner)).toBe(JSON.stringify(forAdmin).replaceAll(',"answer":"you sent REDACTED"', ''));
  });

  test('does not change the version of a list for others', async () => {
    const etag = async (answer: string) =>
      (
        await aWorld({ rows: [{ ...row, last: { ...last, answer } }] }).call('GET /v1/destinations/{name}/deliveries', {
          params: { name: 'orders' },
          role: 'flow_designer',
        })
      ).headers['etag'];
    expect(await etag('REDACTED')).toBe(await etag('whsec_a-guess'));
  });
});

describe('the deliveries to a destination', () => {
  test('are listed page by page', async () => {
    const { call, asked } = aWorld({ rows: [aRow()] });
    const key = 'GET /v1/destinations/{name}/deliveries';
    const first = await call(key, { params: { name: 'orders' }, query: { limit: '7', status: 'waiting' } });
    expect(first.body.items).toHaveLength(1);
    await call(key, { params: { name: 'orders' }, query: { cursor: first.body.nextCursor } });
    expect(asked).toEqual([
      { id: 'dst_1', limit: 7, status: 'waiting', before: undefined },
      { id: 'dst_1', limit: 50, status: undefined, before: `${receivedAt}#${eventId}#to-orders#0` },
    ]);
    expect(await call(key, { params: { name: 'orders' }, query: { cursor: 'x' } })).toMatchObject({ status: 400 });
    expect(await call(key, { params: { name: 'absent' } })).toMatchObject({ status: 404 });
  });

  test('its health is that of its present generation', async () => {
    const failing = { ...freshHealth(1), state: 'open' as const, probe: { at: receivedMs, wait: 1 } };
    const read = (given: Given) =>
      aWorld(given).call('GET /v1/destinations/{name}/health', { params: { name: 'orders' } });
    const waiting = { count: 1, isMore: true, oldest: receivedAt };
    const nextAttemptAt = now.toISOString();
    expect((await read({ health: failing })).body).toEqual({ state: 'failing', nextAttemptAt, waiting });
    const later = aDestination({ generation: 2 });
    const slow = { ...freshHealth(1), slow: true };
    expect((await read({ health: slow, destination: later })).body).toEqual({ state: 'well', nextAttemptAt, waiting });
  });

  test('its health names the newest delivery that was given up', async () => {
    const { call, asked } = aWorld({ rows: [aRow({ status: 'given_up' })] });
    const { body } = await call('GET /v1/destinations/{name}/health', { params: { name: 'orders' } });
    expect(body).toMatchObject({ state: 'well', givenUpAt: receivedAt });
    expect(asked).toEqual([{ id: 'dst_1', status: 'given_up', limit: 1 }]);
  });
});

describe('what a delivery sent', () => {
  const last = { at: receivedMs + 60_000, ms: 5, outcome: 'answered', status: 500 };
  const row = aRow({ status: 'failed', attempt: 4, redelivery: 1, replay: 0, last });
  const read = async (given: Given = {}, role: Role = 'connection_admin', query = { include: 'message' }) => {
    const { body } = await aWorld({ rows: [row], ...given }).call('GET /v1/deliveries/{id}', {
      params: { id },
      query,
      role,
    });
    return body.message;
  };
  const headers = {
    'user-agent': 'Hooklatch',
    'content-type': 'application/json',
    'hooklatch-event': eventId,
    'hooklatch-connection': 'orders',
    'hooklatch-attempt': '2',
    'hooklatch-hops': '1',
    'webhook-id': id,
  };
  const hidden = ['webhook-timestamp', 'webhook-signature'];
  const withRule = (more: object): Routes => ({
    mode: 'all',
    rules: [{ id: 'to-orders', to: { id: 'dst_1', name: 'orders' }, ...more }],
  });
  const aBody = (text: string, more: Partial<StoredEvent> = {}) =>
    anEvent({ body: Buffer.from(text), headers: { 'content-type': 'application/json' }, ...more });

  test('is made again for who asks, of its last attempt', async () => {
    const sent = { method: 'POST', headers, hidden, bytes: 17, body: '{"status":"paid"}' };
    const event = aBody('{"status":"paid"}');
    expect(await read({ event })).toEqual({ sent });
    expect(await read({ event }, 'flow_designer')).toEqual({ sent });
    for (const before of [aRow(), aRow({ status: 'failed', attempt: 2, last })]) {
      const first = await read({ event, rows: [before] });
      expect(first.sent.headers).toEqual({ ...headers, 'hooklatch-attempt': '1' });
    }
    expect((await aWorld({ rows: [row] }).call('GET /v1/deliveries/{id}', { params: { id } })).body).not.toHaveProperty(
      'message',
    );
  });

  test('by the rule as it was, and the destination as it is', async () => {
    const destination = aDestination({
      ...{ method: 'PUT', headerNames: ['X-Shop'], authKind: 'bearer', forwardHeaders: ['x-forwarded-for'] },
      updatedAt: '2026-03-01T12:01:00.001Z',
    });
    const event = aBody('{"status":"paid"}', {
      headers: { 'x-forwarded-for': '192.0.2.1', 'x-shop': '7', 'x-other': '8' },
    });
    const found = await read({ destination, event, routes: withRule({ transform: 'data.status' }) });
    const body = '{"expression":"data.status","data":{"status":"paid"}}';
    expect(found).toEqual({
      sent: {
        method: 'PUT',
        headers: { ...headers, 'x-forwarded-for': '192.0.2.1', 'x-other': '8' },
        hidden: ['X-Shop', 'authorization', ...hidden],
        bytes: body.length,
        body,
      },
      destinationChangedAt: '2026-03-01T12:01:00.001Z',
    });
    const same = aDestination({ updatedAt: '2026-03-01T12:01:00.000Z' });
    expect(await read({ destination: same })).not.toHaveProperty('destinationChangedAt');
  });

  test('without a body that holds a token for others than admins', async () => {
    const event = aBody('{"token":"of-the-sender-0123","status":"paid"}', { tokenIn: ['/token'] });
    const forAdmin = await read({ event });
    expect(JSON.stringify(forAdmin)).not.toContain('of-the-sender');
    expect(forAdmin).toMatchObject({ masked: true, sent: { body: expect.stringContaining('"status":"paid"') } });
    expect(forAdmin).not.toHaveProperty('bodyWithheld');
    const forDesigner = await read({ event }, 'flow_designer');
    expect(forDesigner).toMatchObject({ masked: true, bodyWithheld: expect.stringContaining('token') });
    expect(forDesigner.sent).not.toHaveProperty('body');
  });

  test('of a long body, only the beginning', async () => {
    const event = aBody('', { bodyKey: 'large', size: 16 * 1024 + 1 });
    const { sent } = await read({ event });
    expect([sent.bytes, sent.isCut, sent.body]).toEqual([16_385, true, 'x'.repeat(16_384)]);
  });

  const transform = withRule({ transform: 'data' });
  const cases: [why: string, given: Given, unsent: object][] = [
    ['its event is gone', { event: undefined }, { reason: 'event_expired' }],
    ['another event has its id', { event: aBody('', { receivedAt: now.toISOString() }) }, { reason: 'event_expired' }],
    ['its event has ended', { event: aBody('', { expiresAt: now.getTime() / 1000 }) }, { reason: 'event_expired' }],
    ['its destination is gone', { destination: undefined }, { reason: 'destination_deleted' }],
    ['its rule is gone', { routes: { mode: 'all', rules: [] } }, { reason: 'rule_not_found' }],
    ['its body is gone', { event: aBody('', { bodyKey: 'gone' }) }, { reason: 'body_not_found' }],
    [
      'its transform selects nothing',
      { routes: transform, outcome: { kind: 'empty' } as never },
      { reason: 'transform_empty' },
    ],
    [
      'its transform fails',
      { routes: transform, outcome: { kind: 'error', message: 'No.' } as never },
      { reason: 'transform_error', cause: 'No.' },
    ],
    [
      'too much is evaluated',
      { routes: transform, outcome: { kind: 'throttled' } as never },
      { reason: 'transform_throttled' },
    ],
  ];
  test.each(cases)('is not made if %s', async (_, given, unsent) => {
    expect(await read(given)).toEqual({ unsent });
  });
});

describe('a delivery', () => {
  const last = { at: receivedMs, ms: 5, outcome: 'answered', status: 200 };

  test('has all of its attempts, the last of which may be in its row alone', async () => {
    const read = (given: Given) => aWorld(given).call('GET /v1/deliveries/{id}', { params: { id } });
    const first = await read({ rows: [aRow({ status: 'delivered', attempt: 2, last })] });
    expect(first.body.history).toEqual([{ ...last, at: receivedAt, attempt: 1 }]);
    const note = { ...last, status: 500 };
    const attempts = [
      { attempt: 1, note: { ...note, at: 1 } },
      { attempt: 3, note },
    ];
    const third = await read({ rows: [aRow({ attempt: 4, redelivery: 1, last: note })], attempts });
    expect(third.body.history.map(({ attempt }: { attempt: number }) => attempt)).toEqual([1, 2]);
    expect(third.body).toMatchObject({ id, attempts: 2 });
  });

  test.each(['absent', id])('that is not there (%s) is not found', async (text) => {
    expect(await aWorld().call('GET /v1/deliveries/{id}', { params: { id: text } })).toMatchObject({
      status: 404,
      body: { code: 'delivery_not_found' },
    });
  });

  test('that has ended is due again from the beginning, and keeps what was before', async () => {
    const ended = aRow({ status: 'given_up', attempt: 15, step: 13, last, madeAt: 1, pausedMs: 1, reason: 'r' });
    const { call, row, kept, queued } = aWorld({ rows: [ended], destination: aDestination({ pausedMs: 9 }) });
    const answer = await call('POST /v1/deliveries/{id}/redeliver', { params: { id }, body: {}, operator: 'op_7' });
    expect(answer).toMatchObject({
      status: 202,
      body: { id, status: 'waiting', redelivered: { times: 1, by: 'op_7' } },
    });
    const { reason: _, ...before } = ended;
    expect(row()).toEqual({
      ...before,
      status: 'waiting',
      attempt: 16,
      redelivery: 1,
      step: 0,
      madeAt: now.getTime(),
      pausedMs: 9,
      // The queue has it; the sweep comes later.
      due: now.getTime() + 900_000,
      nextAt: now.getTime(),
      redeliveredBy: 'op_7',
    });
    expect(kept).toEqual([[14, last]]);
    expect(queued).toEqual([16]);
  });

  test('that the queue does not take is due at the next sweep', async () => {
    const { call, row } = aWorld({ rows: [aRow({ status: 'failed' })], isQueueClosed: true });
    await call('POST /v1/deliveries/{id}/redeliver', { params: { id }, body: {} });
    expect(row()).toMatchObject({ status: 'waiting', due: now.getTime() });
  });

  test.each<[string, Given, number, string]>([
    ['still waits', { rows: [aRow()] }, 409, 'delivery_not_ended'],
    ['is parked', { rows: [aRow({ status: 'parked' })] }, 409, 'delivery_not_ended'],
    [
      'has an event that is gone',
      { rows: [aRow({ status: 'failed', expiresAt: receivedMs / 1000 })] },
      409,
      'delivery_expired',
    ],
    [
      'has no destination any more',
      { rows: [aRow({ status: 'failed' })], destination: undefined },
      404,
      'destination_not_found',
    ],
    ['is not there', {}, 404, 'delivery_not_found'],
  ])('that %s is not redelivered', async (_, given, status, code) => {
    const { call, row } = aWorld(given);
    expect(await call('POST /v1/deliveries/{id}/redeliver', { params: { id }, body: {} })).toMatchObject({
      status,
      body: { code },
    });
    expect(row()).toEqual(given.rows?.[0]);
  });
});

describe('a redelivery of many', () => {
  const key = 'GET /v1/destinations/{name}/redeliveries/{id}';
  const read = (
    given: Given,
    query?: { include: string },
    role: 'connection_admin' | 'flow_designer' = 'flow_designer',
  ) => {
    const world = aWorld(given);
    return {
      world,
      answer: world.call(key, { params: { name: 'orders', id: job.id }, role, ...(query && { query }) }),
    };
  };
  const rows = (['delivered', 'waiting', 'parked', 'delivered', 'given_up'] as const).map((status) => aRow({ status }));

  test('counts what came of its deliveries, for whoever asks for that', async () => {
    const { world, answer } = read({ rows }, { include: 'outcomes' });
    expect(await answer).toMatchObject({
      status: 200,
      body: {
        ...{ id: job.id, state: 'running', done: 0 },
        outcomes: { counts: { delivered: 2, waiting: 1, parked: 1, given_up: 1 }, complete: true },
      },
    });
    expect(world.asked).toEqual([job]);
  });

  test('says if it has counted a part', async () => {
    expect((await read({ rows, isCut: true }, { include: 'outcomes' }).answer).body.outcomes.complete).toBe(false);
  });

  test('reads none of them without that', async () => {
    const { world, answer } = read({ rows });
    expect((await answer).body).not.toHaveProperty('outcomes');
    expect([(await answer).body.id, world.asked]).toEqual([job.id, []]);
  });
});
