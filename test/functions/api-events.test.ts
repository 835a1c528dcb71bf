import { describe, expect, test } from '@jest/globals';
import type { Deps } from '../../functions/api-events.ts';
import type { AttemptedDelivery } from '../../shared/deliveries/dispatch/delivery-lists.ts';
import { newConnection, nextVersion } from '../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../shared/endpoints/endpoint/endpoint-record.ts';
import type { RejectionView } from '../../shared/events/arrival/rejection-view.ts';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { eventIdFor } from '../../shared/events/event/event-id.ts';
import { readEventPage } from '../../shared/events/event/event-page.ts';
import type { ReplayJob } from '../../shared/events/event/replay-job.ts';
import type { ReplayRequest, ReplayResult } from '../../shared/events/event/republish.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { aRow } from '../shared/deliveries/dispatch/given-delivery.ts';
import { tokenGuard } from '../shared/endpoints/endpoint/given-record.ts';
import { aStateTable } from '../shared/endpoints/endpoint/given-state-table.ts';
import { aStoredEvent } from '../shared/events/event/given-event.ts';
import { anOperator, noon } from './given-operator.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= '1';
const { apiEvents } = await import('../../functions/api-events.ts');
const { journalHandlers } = await import('../../shared/operators/api/journal-answers.ts');

const minute = 60_000;
const before = (ms: number) => new Date(noon.getTime() - ms).toISOString();
const jobId = 'run_00000000-0000-4000-8000-000000000001';
const idOf = (number: number) => `evt_${String(number).padStart(26, '0')}`;

/** The event with this number: it arrived that many minutes before noon. */
const anEvent = (number: number, more: Partial<StoredEvent> = {}): StoredEvent => ({
  ...aStoredEvent({ body: Buffer.from('{"a":1}'), headers: { 'content-type': 'application/json' } }),
  id: idOf(number),
  receivedAt: before(number * minute),
  type: 'order.paid',
  ...more,
});

const opened = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now: noon });
const endpoint: Endpoint = { id: 'e1', status: 'active', settings: {}, guard: tokenGuard, tokens: [] };

interface Given {
  events?: StoredEvent[];
  endpoint?: Partial<Endpoint> | null;
  /** The jobs of the connection, by id. */
  jobs?: Record<string, Partial<ReplayJob>>;
  replayed?: ReplayResult;
  givenUp?: { replays: number; code: string; at: string };
  bodies?: Record<string, Buffer>;
  deliveries?: AttemptedDelivery[];
  refused?: RejectionView[];
}

/** The API with the connection `orders`. The relay works, and is not behind. */
function aWorld({
  events = [],
  endpoint: more = {},
  jobs = {},
  replayed,
  givenUp,
  bodies = {},
  deliveries = [],
  refused = [],
}: Given = {}) {
  const store = aStateTable();
  const current = more && { ...endpoint, ...more };
  // The store in memory has it at once.
  void store.openConnection(nextVersion(opened, { endpoint: current }, opened.entry), 'r0');
  const asked: unknown[] = [];
  const deps: Deps = {
    store,
    events: {
      append: async () => 'stored',
      read: async (id) => events.find((event) => event.id === id),
      list: (connectionId, page) =>
        readEventPage(page, 1, async (_, { order, least, greatest }, limit) => {
          const rows = events
            .filter((event) => event.connectionId === connectionId)
            .map((event) => ({ at: `${event.receivedAt}#${event.id}`, event: { ...event, units: 1 } }))
            .filter(({ at }) => least <= at && at <= greatest)
            .sort((one, other) => (one.at < other.at === (order === 'asc') ? -1 : 1));
          return { rows: rows.slice(0, limit), isLast: rows.length <= limit };
        }),
    },
    readBody: async (key) => bodies[key],
    republisher: {
      async replay(id, request: ReplayRequest) {
        asked.push([id, request]);
        return replayed ?? { kind: 'gone' };
      },
      release: async () => false,
    },
    relayLog: {
      position: async () => ({ alive: { since: before(999 * minute), at: noon.toISOString() }, behind: [] }),
      readGivenUp: async () => givenUp,
    },
    history: { actionsSince: async () => [] },
    deliveries: { ofEventWithAttempts: async () => deliveries },
    jobs: {
      async find(connectionId: string, id: string) {
        asked.push(['find', connectionId, id]);
        return jobs[id] as ReplayJob | undefined;
      },
      async open(job: ReplayJob) {
        jobs[job.id] = job;
      },
      list: async () => Object.values(jobs),
      async cancelReplay(_: string, id: string) {
        jobs[id] = { ...jobs[id], state: 'cancelling' };
        return jobs[id];
      },
    } as unknown as Deps['jobs'],
    wake: async () => undefined,
    rejections: {
      async lookThrough(_, isWanted, { from, to }) {
        asked.push(['refusals', from.toISOString(), to.toISOString()]);
        const found = refused.filter(({ deliveryIds = [] }) => deliveryIds.some(isWanted));
        const totals = { token_missing: refused.length, endpoint_inactive: 2 };
        return refused.length === 0
          ? { found, totals: {}, complete: true }
          : { found, totals, complete: false, backTo: before(20 * minute) };
      },
    },
    clock: () => 0,
    newJobId: () => jobId,
    replayCeiling: 1000,
    log: () => undefined,
  };
  const operator = anOperator<'api-events'>({ ...apiEvents(deps), ...journalHandlers({} as never) });
  const params = { name: 'orders' };
  const list = (query: Record<string, string> = {}) =>
    operator.ask('GET /v1/connections/{name}/events', { params, query });
  const read = (id: string, query?: Record<string, string>, role?: 'flow_designer') =>
    operator.ask('GET /v1/connections/{name}/events/{id}', {
      params: { ...params, id },
      ...(query && { query }),
      ...(role && { role }),
    });
  const replay = (id: string) =>
    operator.ask('POST /v1/connections/{name}/events/{id}/replay', {
      params: { ...params, id },
      role: 'flow_designer',
    });
  const timeline = (id: string) =>
    operator.ask('GET /v1/connections/{name}/events/{id}/timeline', {
      params: { ...params, id },
      role: 'flow_designer',
    });
  const search = (body: object, role?: 'flow_designer') =>
    operator.ask('POST /v1/connections/{name}/events/search', { params, body, ...(role && { role }) });
  const find = (id: string) => operator.ask('GET /v1/events/{id}', { params: { id }, role: 'flow_designer' });
  return { ...operator, list, read, find, timeline, replay, search, asked, jobs };
}

const numbersOf = ({ body }: { body: { items: { id: string }[] } }) => body.items.map(({ id }) => Number(id.slice(4)));

test('events are listed from the newest on, in pages, and up to which time the list is complete', async () => {
  const { list } = aWorld({ events: [1, 2, 3].map((number) => anEvent(number)) });
  const first = await list({ limit: '2' });
  expect([first.status, numbersOf(first)]).toEqual([200, [1, 2]]);
  expect(first.body.upTo).toBe('2026-03-01T11:59:45.000Z');
  expect(first.body).not.toHaveProperty('resumeCursor');
  const rest = await list({ limit: '2', cursor: first.body.nextCursor });
  expect([numbersOf(rest), rest.body.nextCursor]).toEqual([[3], null]);
});

test.each<[string, number | undefined, Partial<StoredEvent>]>([
  ['that is there', 200, {}],
  ['of an earlier connection of this name', 404, { connectionId: 'c0' }],
  ['of a connection that was deleted', 404, { connection: 'gone', connectionId: 'c9' }],
  ['that has expired', 404, { expiresAt: noon.getTime() / 1000 }],
  ['that expires a second later', 200, { expiresAt: noon.getTime() / 1000 + 1 }],
])('of an event %s, its id says the connection: %i', async (_, status, more) => {
  const event = anEvent(1, more);
  const { find } = aWorld({ events: [event] });
  const detail = 'No connection has an event with this id. The event may have expired.';
  expect(await find(event.id)).toMatchObject({
    status,
    body: status === 200 ? { id: event.id, connection: 'orders' } : { code: 'event_not_found', detail },
  });
});

test('of what is no event, an id says nothing, and nothing is read', async () => {
  const { find } = aWorld({ events: [anEvent(1, { id: 'evt_1' })] });
  for (const id of ['evt_1', idOf(2)]) expect((await find(id)).status).toBe(404);
});

test('a list has the fields of an event that its row has, and no body', async () => {
  const { list } = aWorld({ events: [anEvent(1)] });
  const { body } = await list();
  expect(body.items[0]).toMatchObject({ id: idOf(1), type: 'order.paid', method: 'POST', tokenId: 't1', size: 7 });
  expect(body.items[0]).not.toHaveProperty('publication');
  expect(body.items[0]).not.toHaveProperty('body');
});

test.each<[string, Record<string, string>, number[]]>([
  ['of a type', { type: 'order.sent' }, [3]],
  ['of a range, whose times have no fraction', { from: '2026-03-01T11:56:00Z', to: '2026-03-01T11:58:00Z' }, [2, 3, 4]],
  ['without an end', { from: '2026-03-01T11:58:00Z' }, [1, 2]],
  ['in the order of arrival', { order: 'asc' }, [5, 4, 3, 2, 1]],
])('events are listed %s', async (_, query, expected) => {
  const { list } = aWorld({
    events: [1, 2, 3, 4, 5].map((number) => anEvent(number, number === 3 ? { type: 'order.sent' } : {})),
  });
  expect(numbersOf(await list(query))).toEqual(expected);
});

test('an ascending list leaves out what may still be preceded, and can be resumed later', async () => {
  const events = [anEvent(2), anEvent(1), anEvent(7, { receivedAt: before(3_000) })];
  const { list, clock } = aWorld({ events });
  const first = await list({ order: 'asc' });
  expect([first.status, numbersOf(first), first.body.nextCursor]).toEqual([200, [2, 1], null]);
  expect(first.body.upTo).toBe('2026-03-01T11:59:45.000Z');
  // An event that arrived before the other one, but was stored after the first page.
  events.push(anEvent(8, { receivedAt: before(4_000) }));
  clock.now = new Date(noon.getTime() + minute);
  const later = await list({ order: 'asc', cursor: first.body.resumeCursor });
  expect(numbersOf(later)).toEqual([8, 7]);
});

test('a descending list shows the newest events at once', async () => {
  const { list } = aWorld({ events: [anEvent(7, { receivedAt: before(1_000) })] });
  expect(numbersOf(await list())).toEqual([7]);
});

test('a page of an ascending list resumes after its last event, and a list that has ended does not resume', async () => {
  const { list } = aWorld({ events: [1, 2, 3].map((number) => anEvent(number)) });
  const { body } = await list({ order: 'asc', limit: '2' });
  expect(body.resumeCursor).toBe(body.nextCursor);
  const ended = await list({ order: 'asc', to: before(minute) });
  expect([ended.body.upTo, ended.body.resumeCursor]).toEqual([before(minute), null]);
});

test('the list takes no cursor of another list', async () => {
  const { list } = aWorld();
  const cursor = Buffer.from('7').toString('base64url');
  expect(await list({ cursor })).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
});

test('a list tells held events from those whose endpoint was deconfigured while they were held', async () => {
  const { list, asked } = aWorld({
    endpoint: { hold: { id: 'h1', since: before(60 * minute) } },
    events: [
      anEvent(1, { held: 'h1' }),
      // Held before on this endpoint: the release goes on.
      anEvent(2, { held: 'h0' }),
      anEvent(3, { held: 'gone', endpointId: 'e0' }),
      anEvent(4, { held: 'gone', endpointId: 'e0' }),
      anEvent(5, { held: 'released', endpointId: 'e0' }),
      anEvent(6),
    ],
    jobs: { 'release-released': {} },
  });
  const { body } = await list();
  const states = body.items.map((item: { publication?: string; held?: boolean }) => [item.publication, item.held]);
  expect(states).toEqual([
    ['held', true],
    [undefined, true],
    ['discarded', true],
    ['discarded', true],
    [undefined, true],
    [undefined, undefined],
  ]);
  // One read for each hold of an earlier endpoint.
  expect(asked).toEqual([
    ['find', 'c1', 'release-gone'],
    ['find', 'c1', 'release-released'],
  ]);
});

test('no hold is looked up for the other events of an earlier endpoint', async () => {
  const { list, asked } = aWorld({ events: [anEvent(1, { endpointId: 'e0' })] });
  expect((await list()).body.items[0]).not.toHaveProperty('publication');
  expect(asked).toEqual([]);
});

test('on an endpoint without a hold, no event is held', async () => {
  const { list } = aWorld({ events: [anEvent(1, { held: 'h0' })] });
  expect((await list()).body.items[0]).not.toHaveProperty('publication');
});

test('without an endpoint, the events that were held are discarded', async () => {
  const { list } = aWorld({ endpoint: null, events: [anEvent(1, { held: 'h1' })] });
  expect((await list()).body.items).toMatchObject([{ publication: 'discarded' }]);
});

const delivered = (more: Partial<StoredEvent> = {}) =>
  anEvent(1, { id: eventIdFor('c1', 'd1'), deliveryId: 'd1', ...more });

test('an event is found by its delivery id', async () => {
  const { list } = aWorld({
    events: [delivered({ held: 'h1' })],
    endpoint: { hold: { id: 'h1', since: before(minute) } },
  });
  const { status, body } = await list({ deliveryId: 'd1' });
  expect(status).toBe(200);
  expect(body).toMatchObject({ items: [{ deliveryId: 'd1', publication: 'held' }], nextCursor: null });
  expect((await list({ deliveryId: 'd2' })).body).toEqual({ items: [], nextCursor: null });
});

test.each([
  [1, 1],
  [0, 0],
])('an event that expires %s s after the request is found %s times', async (seconds, times) => {
  const { list } = aWorld({ events: [delivered({ expiresAt: noon.getTime() / 1000 + seconds })] });
  expect((await list({ deliveryId: 'd1' })).body.items).toHaveLength(times);
});

test.each<[string, Record<string, string>, number]>([
  ['its type', { type: 'order.paid' }, 1],
  ['another type', { type: 'order.sent' }, 0],
  ['a range that begins with it', { from: '2026-03-01T11:59:00Z' }, 1],
  ['a range that begins after it', { from: '2026-03-01T11:59:00.001Z' }, 0],
  ['a range that ends with it', { to: '2026-03-01T11:59:00Z' }, 1],
  ['a range that ends before it', { to: '2026-03-01T11:58:59.999Z' }, 0],
  ['a limit and an order', { limit: '1', order: 'asc' }, 1],
])('an event of a delivery id is looked for with %s', async (_, filter, times) => {
  const { list } = aWorld({ events: [delivered()] });
  expect((await list({ deliveryId: 'd1', ...filter })).body).toMatchObject({
    items: { length: times },
    nextCursor: null,
  });
});

test('a delivery id takes no cursor, because its list has one page', async () => {
  const { list } = aWorld();
  const { nextCursor: cursor } = (await aWorld({ events: [anEvent(1), anEvent(2)] }).list({ limit: '1' })).body;
  expect(await list({ deliveryId: 'd1', cursor })).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
});

test('an event reads back with its body and the state of its publication', async () => {
  const { read } = aWorld({ events: [anEvent(1)] });
  expect(await read(idOf(1))).toMatchObject({
    status: 200,
    body: { id: idOf(1), body: '{"a":1}', publication: 'published', publicationAsOf: noon.toISOString() },
  });
});

test('an event can be read after its endpoint was deconfigured', async () => {
  const { read } = aWorld({ endpoint: null, events: [anEvent(1)] });
  expect((await read(idOf(1), undefined, 'flow_designer')).body.body).toBe('{"a":1}');
});

test('an event that the relay gave up says why', async () => {
  const givenUp = { replays: 0, code: 'MalformedDetail', at: before(minute) };
  const { read } = aWorld({ events: [anEvent(2)], givenUp });
  expect((await read(idOf(2))).body).toMatchObject({
    publication: 'given_up',
    givenUp: { code: 'MalformedDetail', at: before(minute) },
  });
});

test('an event is waiting until the release of its hold has ended', async () => {
  const { read, asked } = aWorld({
    events: [anEvent(1, { held: 'h1' })],
    jobs: { 'release-h1': { state: 'running' } },
  });
  expect((await read(idOf(1))).body.publication).toBe('waiting');
  expect(asked).toEqual([['find', 'c1', 'release-h1']]);
});

test('no release is looked up for an event that was never held', async () => {
  const { read, asked } = aWorld({ events: [anEvent(1)] });
  await read(idOf(1));
  expect(asked).toEqual([]);
});

test.each<[string, StoredEvent[]]>([
  ['does not exist', []],
  ['belongs to another connection', [anEvent(1, { connectionId: 'c2' })]],
  ['has expired', [anEvent(1, { expiresAt: noon.getTime() / 1000 })]],
])('an event that %s is not found', async (_, events) => {
  const { read } = aWorld({ events });
  expect(await read(idOf(1))).toMatchObject({ status: 404, body: { code: 'event_not_found' } });
});

test.each(['', 'evt_1', `x${idOf(1)}`])('the id %j is not looked up', async (id) => {
  const { read, replay, asked } = aWorld({ events: [anEvent(1, { id })], replayed: { kind: 'replayed', replays: 1 } });
  expect(await read(id)).toMatchObject({ status: 404, body: { code: 'event_not_found' } });
  expect(await replay(id)).toMatchObject({ status: 404, body: { code: 'event_not_found' } });
  expect(asked).toEqual([]);
});

test('the exact bytes of a body come as a file of the content type that the sender gave', async () => {
  const { read } = aWorld({ events: [anEvent(1)] });
  const { status, headers, body } = await read(idOf(1), { raw: '' });
  expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
    200,
    'application/json',
    `attachment; filename="${idOf(1)}.bin"`,
  ]);
  expect(Buffer.from(body, 'base64').toString()).toBe('{"a":1}');
});

test('a body that is no text comes as base64', async () => {
  const { read } = aWorld({ events: [anEvent(1, { body: Buffer.from([0xff, 0x00]) })] });
  const { body } = await read(idOf(1));
  expect([body.bodyBase64, body.body]).toEqual(['/wA=', undefined]);
});

test('a large body comes from its bucket', async () => {
  const large = anEvent(1, { body: Buffer.alloc(0), bodyKey: 'k1' });
  const { read } = aWorld({ events: [large], bodies: { k1: Buffer.from('large') } });
  expect((await read(idOf(1))).body.body).toBe('large');
  expect(await aWorld({ events: [large] }).read(idOf(1))).toMatchObject({
    status: 500,
    body: { code: 'body_missing' },
  });
});

test('a body with a token is withheld from a flow_designer, but not from an admin', async () => {
  const { read } = aWorld({ events: [anEvent(1, { tokenIn: ['/token'] })] });
  expect((await read(idOf(1))).body.body).toBe('{"a":1}');
  expect(await read(idOf(1), { raw: '' })).toMatchObject({ status: 200 });
  const { status, body } = await read(idOf(1), undefined, 'flow_designer');
  expect([status, body.body, body.bodyWithheld]).toEqual([200, undefined, expect.stringContaining('connection_admin')]);
  expect(await read(idOf(1), { raw: '' }, 'flow_designer')).toMatchObject({
    status: 403,
    body: { code: 'body_withheld' },
  });
});

test.each([
  ['mcp', undefined],
  // A program that this version does not know has no fewer rights.
  ['pager', '{"a":1}'],
])('a body with a token is to an admin by %s: %s', async (via, body) => {
  const { ask } = aWorld({ events: [anEvent(1, { tokenIn: ['/token'] })] });
  const request = { params: { name: 'orders', id: idOf(1) }, via };
  expect((await ask('GET /v1/connections/{name}/events/{id}', request)).body.body).toBe(body);
});

test('a replay of many by an agent says so, and any other says nothing', async () => {
  const jobOf = async (via?: string) => {
    const { ask, jobs } = aWorld({ events: [anEvent(1)] });
    const body = { from: before(2 * minute) };
    await ask('POST /v1/connections/{name}/replays', { params: { name: 'orders' }, body, ...(via && { via }) });
    return jobs[jobId];
  };
  expect(await jobOf('mcp')).toMatchObject({ by: 'op_1', via: 'mcp' });
  expect(await jobOf()).not.toHaveProperty('via');
});

test('a body without a token is shown to a flow_designer', async () => {
  const { read } = aWorld({ events: [anEvent(1, { tokenIn: [] })] });
  expect((await read(idOf(1), undefined, 'flow_designer')).body.body).toBe('{"a":1}');
});

test('a replay names the hold in force, and answers with the count of replays', async () => {
  const { replay, asked } = aWorld({
    endpoint: { hold: { id: 'h1', since: before(minute) } },
    replayed: { kind: 'replayed', replays: 2 },
  });
  expect(await replay(idOf(1))).toMatchObject({ status: 202, body: { id: idOf(1), replay: 2 } });
  expect(asked).toEqual([[idOf(1), { connectionId: 'c1', hold: 'h1', by: 'op_1', now: noon }]]);
});

test('a replay on an endpoint without a hold names none', async () => {
  const { replay, asked } = aWorld({ replayed: { kind: 'replayed', replays: 1 } });
  expect(await replay(idOf(1))).toMatchObject({ status: 202 });
  expect(asked).toEqual([[idOf(1), { connectionId: 'c1', hold: undefined, by: 'op_1', now: noon }]]);
});

test('a replay of many events is started, read, listed and cancelled by its connection', async () => {
  const { ask, jobs } = aWorld({ events: [anEvent(1)] });
  const params = { name: 'orders' };
  const replays = '/v1/connections/{name}/replays';
  const started = await ask(`POST ${replays}`, { params, body: { from: before(2 * minute) } });
  expect(started).toMatchObject({ status: 202, body: { id: jobId, count: 1 } });
  const one = { params: { ...params, id: jobId } };
  expect(await ask(`GET ${replays}/{id}`, one)).toMatchObject({ status: 200, body: { id: jobId, state: 'running' } });
  expect((await ask(`GET ${replays}`, { params })).body.items).toMatchObject([{ id: jobId }]);
  expect(await ask(`DELETE ${replays}/{id}`, one)).toMatchObject({ status: 202, body: { state: 'cancelling' } });
  expect(jobs[jobId]).toMatchObject({ connectionId: 'c1', state: 'cancelling' });
});

test.each<[ReplayResult['kind'], number, string]>([
  ['held', 409, 'held'],
  ['gone', 404, 'event_not_found'],
])('a replay of an event that is %s is answered %s %s', async (kind, status, code) => {
  const { replay, asked } = aWorld({ endpoint: null, replayed: { kind } as ReplayResult });
  expect(await replay(idOf(1))).toMatchObject({ status, body: { code } });
  expect(asked).toMatchObject([[idOf(1), { hold: undefined }]]);
});

test('a connection that does not exist has no events', async () => {
  const { refusal } = aWorld();
  const params = { name: 'other', id: idOf(1) };
  for (const route of ['events', 'events/{id}', 'replays', 'replays/{id}'])
    expect(await refusal(`GET /v1/connections/{name}/${route}`, { params })).toEqual([404, 'connection_not_found']);
});

test('the way of an event has its publication and its attempts, and none of another event that had its id', async () => {
  const event = anEvent(3);
  const note = { at: Date.parse(before(2 * minute)), ms: 7, outcome: 'answered', status: 204 };
  const row = aRow({ event: event.id, receivedAt: event.receivedAt });
  const older = aRow({ event: event.id, receivedAt: before(9 * minute), rule: 'older' });
  const { timeline } = aWorld({
    events: [event],
    deliveries: [
      { row, attempts: [note] },
      { row: older, attempts: [note] },
    ],
  });
  const { body } = await timeline(event.id);
  expect(body).toMatchObject({ publication: 'published', publicationAsOf: noon.toISOString() });
  expect(body.items.map(({ step }: { step: string }) => step)).toEqual([
    'received',
    'verified',
    'stored',
    'published',
    'attempted',
  ]);
  expect(body.items.at(-1)).toMatchObject({ at: before(2 * minute), rule: 'to-orders', attempt: 1, status: 204 });
});

test.each([idOf(9), 'evt_1'])('there is no way of %s', async (id) => {
  const { timeline } = aWorld({ events: [anEvent(3), anEvent(9, { connectionId: 'c2' })] });
  expect(await timeline(id)).toMatchObject({ status: 404, body: { type: expect.stringContaining('event_not_found') } });
});

const jsonEvent = (number: number, data: object, more: Partial<StoredEvent> = {}) =>
  anEvent(number, { body: Buffer.from(JSON.stringify(data)), contentType: 'application/json', ...more });

test('a search finds events by their body, the newest first, and says how far it looked', async () => {
  const { search } = aWorld({ events: [1, 2, 3].map((number) => jsonEvent(number, { shop: number % 2 })) });
  const { status, body } = await search({ match: { data: { shop: [1] } } });
  expect([status, numbersOf({ body })]).toEqual([200, [1, 3]]);
  expect(body).toMatchObject({
    ...{ examined: 3, skipped: {}, upTo: '2026-03-01T11:59:45.000Z', backTo: before(3 * minute), nextCursor: null },
  });
  expect(body.items[0]).not.toHaveProperty('body');
});

const refusedAs = (at: string, deliveryIds: string[]): RejectionView => ({
  ...{ minute: at, reason: 'token_missing', count: 1, explanation: '', facts: [], deliveryIds },
});

describe('a search ends with what was refused in its time', () => {
  const refused = [refusedAs('12:02', ['Order-47', 'order-8']), refusedAs('12:01', ['order-9', 'pre-order-4711'])];

  test('how many there were, and those whose id has the text', async () => {
    const { search, asked } = aWorld({ refused });
    const { body } = await search({ contains: 'ORDER-47' });
    const explained = { reason: 'token_missing', explanation: expect.any(String), facts: [expect.any(Object)] };
    expect(body.refused).toEqual({
      ...{ count: 4, whileInactive: 2, atLeast: true, from: before(20 * minute) },
      withText: [
        { minute: '12:02', deliveryId: 'Order-47', ...explained },
        { minute: '12:01', deliveryId: 'pre-order-4711', ...explained },
      ],
    });
    // Refusals are kept for 30 days.
    expect(asked).toEqual([['refusals', '2026-01-30T12:00:00.000Z', '2026-03-01T12:00:00.000Z']]);
  });

  test('by a pattern, those with one of its ids', async () => {
    const { search, asked } = aWorld({ refused });
    const range = { from: '2026-03-01T11:00:00Z', to: '2026-03-01T11:50:00Z' };
    const { body } = await search({ match: { deliveryId: ['order-8', 'order-4'] }, ...range });
    expect(body.refused.withText.map(({ deliveryId }: { deliveryId: string }) => deliveryId)).toEqual(['order-8']);
    expect(asked).toEqual([['refusals', '2026-03-01T11:00:00.000Z', '2026-03-01T11:50:00.000Z']]);
  });

  test('on its first page alone, and without a bound if nothing was left out', async () => {
    const { search } = aWorld({ events: [1, 2].map((number) => jsonEvent(number, { shop: 1 })) });
    const first = await search({ contains: 'shop', limits: { events: 1 }, from: '2026-02-28T12:00:00Z' });
    expect(first.body.refused).toEqual({ count: 0, whileInactive: 0, from: '2026-02-28T12:00:00.000Z', withText: [] });
    const second = await search({ contains: 'shop', cursor: first.body.nextCursor });
    expect(second.body).not.toHaveProperty('refused');
  });
});

test('an event that is found by a text says where it stands', async () => {
  const { search } = aWorld({ events: [jsonEvent(1, { order: { id: 'A-4711', note: 'x' } })] });
  const { body } = await search({ contains: '4711' });
  expect(body.items[0].places).toEqual([{ in: 'body', at: '/order/id', text: 'A-4711' }]);
  expect((await search({ match: { method: ['POST'] } })).body.items[0]).not.toHaveProperty('places');
});

test('a search goes on after the last event that it looked at', async () => {
  const { search } = aWorld({ events: [1, 2, 3].map((number) => jsonEvent(number, { shop: 1 })) });
  const first = await search({ contains: 'shop', limits: { events: 2 } });
  expect([numbersOf(first), first.body.examined, first.body.backTo]).toEqual([[1, 2], 2, before(2 * minute)]);
  const rest = await search({ contains: 'shop', cursor: first.body.nextCursor });
  expect([numbersOf(rest), rest.body.nextCursor]).toEqual([[3], null]);
});

test('what a role does not read, its search does not read', async () => {
  const events = [jsonEvent(1, { token: 'live', shop: 'blue' }, { tokenIn: ['/token'] })];
  const { search } = aWorld({ events });
  const asDesigner = await search({ contains: 'blue' }, 'flow_designer');
  expect([numbersOf(asDesigner), asDesigner.body.skipped]).toEqual([[], { withheld: 1 }]);
  expect(numbersOf(await search({ type: undefined, contains: 'order.paid' }, 'flow_designer'))).toEqual([1]);
  expect(numbersOf(await search({ contains: 'blue' }))).toEqual([1]);
  expect(numbersOf(await search({ contains: 'live' }))).toEqual([]);
});

test('a search by publication reads what a publication needs', async () => {
  const { search } = aWorld({ events: [1, 2].map((number) => anEvent(number, number === 1 ? { quiet: true } : {})) });
  expect(numbersOf(await search({ match: { publication: ['none'] } }))).toEqual([1]);
  expect(numbersOf(await search({ match: { publication: ['published'] } }))).toEqual([2]);
});

test.each([
  [{}, '', 'must have match, contains or both'],
  [{ match: {} }, '/match', 'must name a field: an empty object is not allowed'],
  [{ match: { data: { a: [] } } }, '/match/data/a', 'must contain a value: an empty array is not allowed'],
  [
    { match: { body: ['a'] } },
    '/match/body',
    'is not a field of an event: use type, method, contentType, size, deliveryId, provider, verifiedBy, sourceIp, headers, query, path, data, publication',
  ],
  [
    { match: { $or: [{ type: ['a'] }, { 'detail-type': ['a'] }] } },
    '/match/$or/1/detail-type',
    'is not a field of an event: use type, method, contentType, size, deliveryId, provider, verifiedBy, sourceIp, headers, query, path, data, publication',
  ],
  [{ contains: '' }, '/contains', 'must have at least 1 character'],
  [{ contains: 'a', limits: { events: 501 } }, '/limits/events', 'must be at most 500'],
])('the search %j is refused with the place', async (body, pointer, message) => {
  const { search } = aWorld();
  const refused = await search(body);
  expect([refused.status, refused.body.code]).toEqual([422, 'invalid_request']);
  expect(refused.body.errors).toEqual([expect.objectContaining({ message })]);
  expect(refused.body.errors[0].pointer ?? '').toBe(pointer);
});

test.each([
  ['order.*', [1, 2]],
  ['*.paid', [1]],
  ['order.paid', [1]],
  ['order', []],
])('a list is narrowed to the type %s', async (type, expected) => {
  const types = ['order.paid', 'order.sent', 'invoice.sent'];
  const { list } = aWorld({ events: types.map((each, at) => anEvent(at + 1, { type: each })) });
  expect(numbersOf(await list({ type }))).toEqual(expected);
});

test('a type with two asterisks in a row is refused', async () => {
  const { status, body } = await aWorld().list({ type: 'a**' });
  expect([status, body.errors[0].path]).toEqual([400, 'type']);
});

test('a search stays in its range of time, both ends included', async () => {
  const { search } = aWorld({ events: [1, 2, 3, 4].map((number) => jsonEvent(number, { shop: 1 })) });
  const range = { from: '2026-03-01T11:57:00Z', to: '2026-03-01T11:58:00Z' };
  const { body } = await search({ contains: 'shop', ...range });
  expect([numbersOf({ body }), body.examined, body.upTo]).toEqual([[2, 3], 2, '2026-03-01T11:58:00.000Z']);
});
