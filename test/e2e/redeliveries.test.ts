/** Many deliveries sent again by a job: from the plan to the receiver. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RedeliveryView } from '../../shared/deliveries/dispatch/redelivery-view.ts';
import {
  aName,
  anActiveEndpoint,
  anOperator,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  type World,
} from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aReceiver, type Receiver } from './given-receiver.ts';

let world: World;
let receiver: Receiver;
let designer: { id: string; token: string };
beforeAll(async () => {
  world = await aSharedRuntime();
  receiver = await aReceiver();
  designer = await anOperator(world, 'flow_designer');
});
afterAll(async () => {
  await world.end();
  receiver.close();
});
beforeEach(() => {
  receiver.got.length = 0;
});

const from = '2026-01-01T00:00:00.000Z';
const pathOf = (name: string) => `/v1/destinations/${name}/redeliveries`;
const begin = (name: string, body: object) =>
  world.api('POST', pathOf(name), { from, ...body }, { token: designer.token });

/** A destination at a path of the receiver. @returns its name */
async function aDestination(path: string): Promise<string> {
  const name = aName();
  await ok(world, 'POST', '/v1/destinations', { name, url: `${receiver.origin}${path}` });
  return name;
}

/** A connection whose events all go to a destination. @returns its name and path, and what delivers to it */
async function aConnectionTo(to: string) {
  const { name, path, url, token } = await anActiveEndpoint(world);
  await ok(world, 'PUT', `${path}/routes`, { rules: [{ id: 'all', to }] });
  const send = async (body: string) => String((await deliver(url, { headers: bearer(token), body })).json()['id']);
  return { name, path, send };
}

/** Waits until the only delivery of an event has this status. @returns its id */
async function untilIs(status: string, path: string, event: string): Promise<string> {
  let found: { id: string; status: string }[] = [];
  await waitUntil(`the delivery is ${status}`, async () => {
    const { items } = await ok(world, 'GET', `${path}/events/${event}/deliveries`);
    found = items as typeof found;
    return found[0]?.status === status;
  });
  return found[0]?.id ?? '';
}

/** Waits until a job is so. */
async function until(name: string, id: unknown, isSo: (seen: RedeliveryView) => boolean): Promise<RedeliveryView> {
  let seen: RedeliveryView | undefined;
  await waitUntil(`the job is ${isSo}`, async () => {
    seen = (await ok(world, 'GET', `${pathOf(name)}/${id}`)) as unknown as RedeliveryView;
    return isSo(seen);
  });
  return seen as RedeliveryView;
}
const hasEnded = ({ endedAt }: RedeliveryView) => endedAt !== undefined;

/** A destination whose receiver says 410, and what each of these connections sent to it. All of it has failed. The receiver is well again. */
async function givenFailed(path: string, ...counts: number[]) {
  receiver.manner[path] = 'gone';
  const name = await aDestination(path);
  const connections = [];
  for (const count of counts) {
    const connection = await aConnectionTo(name);
    const sent = [];
    for (let n = 0; n < count; n += 1) {
      const event = await connection.send(`{"n":${n}}`);
      sent.push({ event, id: await untilIs('failed', connection.path, event) });
    }
    connections.push({ ...connection, sent });
  }
  receiver.manner[path] = 'well';
  receiver.got.length = 0;
  return { name, connections };
}

test('a job redelivers what its plan has shown, the oldest first, and the history says who began it', async () => {
  const { name, connections } = await givenFailed('/many', 3, 1);
  const [orders, others] = connections as [(typeof connections)[0], (typeof connections)[0]];
  const ids = orders.sent.map(({ id }) => id);
  const plan = await begin(name, { connection: orders.name, dryRun: true });
  expect([plan.status, plan.json()]).toEqual([
    200,
    {
      ...{ from, to: expect.any(String), count: 3, complete: true, skipped: 0, skippedBecause: {} },
      ...{ first: expect.any(String), last: expect.any(String) },
      sample: ids.map((id) => expect.objectContaining({ id, status: 'failed', attempts: 1 })),
    },
  ]);
  expect(receiver.got).toEqual([]);

  const begun = await begin(name, { connection: orders.name, ratePerSecond: 50 });
  expect([begun.status, begun.json()]).toEqual([
    202,
    { id: expect.any(String), from, to: expect.any(String), count: 3 },
  ]);
  const { id, to } = begun.json();
  expect(await until(name, id, hasEnded)).toEqual({
    ...{ id, destination: name, state: 'done', from, to, connection: orders.name, rate: 50 },
    ...{ statuses: ['failed', 'given_up', 'cancelled'], count: 3, done: 3, failed: 0, skipped: 0, skippedBecause: {} },
    ...{
      begunAt: expect.any(String),
      by: designer.id,
      startedAt: expect.any(String),
      endedAt: expect.any(String),
      etaSeconds: null,
    },
  });
  expect(await ok(world, 'GET', `/v1/jobs?kind=redelivery&state=done&connection=${orders.name}`)).toMatchObject({
    items: [{ id, kind: 'redelivery', destination: name, connection: orders.name, done: 3 }],
    nextCursor: null,
  });
  for (const { event } of orders.sent) await untilIs('delivered', orders.path, event);
  // They are queued in order, and attempted at the same time.
  expect(receiver.got.map(({ headers }) => headers['webhook-id']).sort()).toEqual(ids.toSorted());
  expect(await ok(world, 'GET', `/v1/deliveries/${ids[0]}`)).toMatchObject({
    attempts: 2,
    redelivered: { times: 1, by: designer.id },
  });
  expect(await ok(world, 'GET', `/v1/deliveries/${others.sent[0]?.id}`)).toMatchObject({
    status: 'failed',
    attempts: 1,
  });

  expect(await ok(world, 'GET', `/v1/destinations/${name}/history`)).toMatchObject({
    items: [
      {
        ...{ verb: 'startRedelivery', by: designer.id, of: id, eventsFrom: from, eventsTo: to },
        ...{ statuses: ['failed', 'given_up', 'cancelled'], connection: orders.name, deliveryCount: 3 },
      },
      { verb: 'create' },
    ],
  });
  // What was delivered is left out, unless it is asked for.
  expect((await begin(name, { connection: orders.name, dryRun: true })).json()).toMatchObject({ count: 0 });
  expect((await begin(name, { statuses: ['delivered'], dryRun: true })).json()).toMatchObject({ count: 3 });
});

test('a destination has one job at a time, which can be cancelled; what it has sent stays sent', async () => {
  const { name } = await givenFailed('/slowly', 4);
  const { id } = (await begin(name, { ratePerSecond: 1 })).json();
  const refused = await begin(name, {});
  expect([refused.status, refused.json()['code'], refused.json()['id']]).toEqual([409, 'redelivery_in_progress', id]);
  await until(name, id, ({ done }) => done > 0);
  const cancelled = await world.api('DELETE', `${pathOf(name)}/${id}`, undefined, { token: designer.token });
  expect([cancelled.status, cancelled.json()]).toEqual([
    202,
    expect.objectContaining({ state: 'cancelling', cancelled: { by: designer.id, at: expect.any(String) } }),
  ]);
  const { state, done } = await until(name, id, hasEnded);
  expect(state).toBe('cancelled');
  await waitUntil('what it sent has arrived', () => receiver.got.length === done);
  const again = await world.api('DELETE', `${pathOf(name)}/${id}`);
  expect([again.status, again.json()['state']]).toEqual([200, 'cancelled']);
  const { items } = (await ok(world, 'GET', `/v1/destinations/${name}/history`)) as { items: { verb: string }[] };
  expect(items.map(({ verb }) => verb)).toEqual(['cancelRedelivery', 'startRedelivery', 'create']);
  expect(await ok(world, 'GET', pathOf(name))).toMatchObject({ items: [{ id, state: 'cancelled' }], nextCursor: null });
});

test('what is redelivered to a paused destination waits until it is resumed', async () => {
  const { name, connections } = await givenFailed('/paused-again', 2);
  const [{ path, sent }] = connections as [(typeof connections)[0]];
  await ok(world, 'POST', `/v1/destinations/${name}/pause`, {});
  const { id } = (await begin(name, {})).json();
  expect(await until(name, id, hasEnded)).toMatchObject({ state: 'done', done: 2 });
  for (const { event } of sent) await untilIs('parked', path, event);
  expect(receiver.got).toEqual([]);
  const outcomes = async () => (await ok(world, 'GET', `${pathOf(name)}/${id}?include=outcomes`))['outcomes'];
  expect(await outcomes()).toEqual({ counts: { parked: 2 }, complete: true });
  await ok(world, 'POST', `/v1/destinations/${name}/resume`, {});
  for (const { event } of sent) await untilIs('delivered', path, event);
  expect(await outcomes()).toEqual({ counts: { delivered: 2 }, complete: true });
  expect(receiver.got).toHaveLength(2);
});

describe('a job', () => {
  let name: string;
  beforeAll(async () => {
    name = await aDestination('/refused');
  });

  test.each<[string, object, number, string]>([
    ['an empty range', { to: from }, 422, 'range_empty'],
    ['a range in the future', { to: '2999-01-01T00:00:00Z' }, 422, 'range_in_future'],
    ['a rate above the limit', { ratePerSecond: 501 }, 422, 'rate_too_high'],
    ['a rate of zero', { ratePerSecond: 0 }, 422, 'invalid_request'],
    ['no status', { statuses: [] }, 422, 'invalid_request'],
    ['a status that is no end', { statuses: ['waiting'] }, 422, 'invalid_request'],
    ['a connection that does not exist', { connection: 'absent' }, 404, 'connection_not_found'],
  ])('is refused with %s, as its plan is', async (_, body, status, code) => {
    for (const dryRun of [false, true]) {
      const answer = await begin(name, { ...body, dryRun });
      expect([answer.status, answer.json()['code']]).toEqual([status, code]);
    }
  });

  test('is not found under another id or another destination', async () => {
    const other = await aDestination('/other');
    const { id } = (await begin(name, {})).json();
    await until(name, id, hasEnded);
    for (const at of [`${pathOf(name)}/rdl_1`, `${pathOf(other)}/${id}`])
      for (const method of ['GET', 'DELETE']) {
        const answer = await world.api(method, at);
        expect([answer.status, answer.json()['code']]).toEqual([404, 'redelivery_not_found']);
      }
  });
});
