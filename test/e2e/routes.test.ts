/** Routes, from the API to what is stored of a webhook. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ActiveEndpoint,
  aName,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  tableOf,
  type World,
} from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { itemOf } from './given-events.ts';

let world: World;
let shop: string;
beforeAll(async () => {
  world = await aSharedRuntime();
  shop = await aDestination();
});
afterAll(() => world.end());

async function aDestination(): Promise<string> {
  const name = aName();
  await ok(world, 'POST', '/v1/destinations', { name, url: 'http://127.0.0.1:1099/' });
  return name;
}
const paid = () => ({ id: 'paid', when: { type: ['order.paid'] }, to: shop });
const set = ({ path }: ActiveEndpoint, ...rules: object[]) => ok(world, 'PUT', `${path}/routes`, { rules });

/** Sends a webhook. @returns its id */
async function send({ url, token }: ActiveEndpoint): Promise<string> {
  const answer = await deliver(url, {
    headers: { ...bearer(token), 'content-type': 'application/json' },
    body: '{"a":1}',
  });
  expect(answer.status).toBe(202);
  return String(answer.json()['id']);
}
const routesOf = async (id: string) => (await itemOf(world, id))?.['routes']?.S;
const versionOf = async ({ name }: ActiveEndpoint): Promise<string | undefined> => {
  const { Item } = await world.dynamodb.send(
    new GetItemCommand({ TableName: tableOf(world.runtime, 'State'), Key: { pk: { S: `connection#${name}` } } }),
  );
  return JSON.parse(Item?.['record']?.S ?? '{}').routes;
};

describe('an event', () => {
  test('has the routes that were in force when it arrived, and none without any', async () => {
    const orders = await anActiveEndpoint(world);
    const before = await send(orders);
    await set(orders, paid());
    const version = await versionOf(orders);
    expect(version).toMatch(/^[0-9a-f]{64}$/);
    const during = await send(orders);
    await set(orders);
    const after = await send(orders);
    expect(await Promise.all([before, during, after].map(routesOf))).toEqual([undefined, version, undefined]);
  });

  test('of a test has none, until it is replayed by itself', async () => {
    const orders = await anActiveEndpoint(world);
    await set(orders, paid());
    const tested = (await ok(world, 'POST', `${orders.path}/endpoint/test`, { publish: false })) as { eventId: string };
    expect(await routesOf(tested.eventId)).toBeUndefined();
    await ok(world, 'POST', `${orders.path}/events/${tested.eventId}/replay`, {});
    expect(await routesOf(tested.eventId)).toBe(await versionOf(orders));
  });

  test('that is replayed has the routes of that moment', async () => {
    const orders = await anActiveEndpoint(world);
    await set(orders, paid());
    const id = await send(orders);
    await set(orders, { id: 'all', to: shop });
    await ok(world, 'POST', `${orders.path}/events/${id}/replay`, {});
    expect(await routesOf(id)).toBe(await versionOf(orders));
    await set(orders);
    await ok(world, 'POST', `${orders.path}/events/${id}/replay`, {});
    expect(await routesOf(id)).toBeUndefined();
  });

  test('that is released has the routes that were in force when the hold ended', async () => {
    const orders = await anActiveEndpoint(world);
    await ok(world, 'POST', `${orders.path}/endpoint/hold`);
    const id = await send(orders);
    await set(orders, paid());
    const version = await versionOf(orders);
    await ok(world, 'POST', `${orders.path}/endpoint/release`);
    await set(orders);
    await waitUntil('the event is released', async () => (await itemOf(world, id))?.['held'] === undefined, 100);
    expect(await routesOf(id)).toBe(version);
  });
});

test('the history says which rules changed, and a deconfigured connection has none', async () => {
  const orders = await anActiveEndpoint(world);
  await set(orders, paid());
  await world.runtime.settled();
  const { items } = (await ok(world, 'GET', `${orders.path}/history?limit=1`)) as { items: object[] };
  expect(items).toEqual([expect.objectContaining({ verb: 'setRoutes', rules: { added: ['paid'] } })]);
  for (const [method, path] of [
    ['POST', 'deactivate'],
    ['DELETE', 'token'],
    ['DELETE', ''],
  ] as const)
    await ok(world, method, `${orders.path}/endpoint/${path}`.replace(/\/$/, ''));
  expect(await ok(world, 'GET', `${orders.path}/routes`)).toMatchObject({ rules: [] });
});

test('a destination to which routes lead is deleted only with force', async () => {
  const orders = await anActiveEndpoint(world);
  const name = await aDestination();
  await set(orders, { id: 'all', to: name });
  const refused = await world.api('DELETE', `/v1/destinations/${name}`);
  expect([refused.status, refused.json()]).toMatchObject([
    409,
    { code: 'destination_in_use', connections: [orders.name] },
  ]);
  expect((await world.api('DELETE', `/v1/destinations/${name}?force=true`)).status).toBe(204);
  expect(await ok(world, 'GET', `${orders.path}/routes`)).toMatchObject({ rules: [{ id: 'all', to: name }] });
});

test('a test says what would be sent of a stored event, and sends nothing', async () => {
  const orders = await anActiveEndpoint(world);
  const id = await send(orders);
  const shaped = { id: 'shaped', when: { data: { a: [1] } }, transform: '{ "n": data.a + 1 }', to: shop };
  await set(orders, { id: 'other', when: { data: { a: [2] } }, to: shop }, shaped, { id: 'whole', to: shop });
  expect(await ok(world, 'POST', `${orders.path}/routes/test`, { eventId: id })).toMatchObject({
    mode: 'all',
    rules: [
      { id: 'other', verdict: 'no_match', mismatch: '/data/a' },
      { id: 'shaped', verdict: 'match', sent: { body: '{"n":2}', headers: { 'content-type': 'application/json' } } },
      { id: 'whole', verdict: 'match', sent: { body: '{"a":1}', bytes: 7 } },
    ],
  });
  const broken = { rules: [{ id: 'all', transform: '{ "n": ', to: shop }] };
  const refused = await world.api('PUT', `${orders.path}/routes`, broken);
  expect([refused.status, refused.json()['errors']]).toMatchObject([
    422,
    [{ path: 'rules.0.transform', message: expect.stringMatching(/^can't be used: .*\(at character \d+\)$/) }],
  ]);
});
