import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { count } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  callsForSender,
  deliver,
  ok,
  tableOf,
  type World,
} from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

const byHeader = { dedupe: { by: 'header', name: 'x-delivery' } };

interface Sent {
  status: number;
  id: string;
  duplicate?: boolean;
}

/** Sends a JSON body, with this delivery id in the header if given. */
async function sends({ url, token }: ActiveEndpoint, body: string, deliveryId?: string): Promise<Sent> {
  const headers = { ...bearer(token), 'content-type': 'application/json' };
  const more = deliveryId === undefined ? {} : { 'x-delivery': deliveryId };
  const answer = await deliver(url, { headers: { ...headers, ...more }, body });
  return { status: answer.status, ...(answer.json() as { id: string; duplicate?: boolean }) };
}

const listed = async ({ path }: ActiveEndpoint) =>
  (await ok(world, 'GET', `${path}/events?limit=200`))['items'] as Record<string, unknown>[];

test('a duplicate gets a 200 with the id of the first delivery, and is not stored', async () => {
  const endpoint = await anActiveEndpoint(world, byHeader);
  const first = await sends(endpoint, '{"a":1}', 'd-1');
  expect(first).toMatchObject({ status: 202 });
  expect(await sends(endpoint, '{"a":1}', 'd-1')).toEqual({ status: 200, id: first.id, duplicate: true });
  expect(await listed(endpoint)).toMatchObject([{ id: first.id, deliveryId: 'd-1' }]);
});

test('only a duplicate needs a second read', async () => {
  const endpoint = await anActiveEndpoint(world, byHeader);
  await sends(endpoint, '{}', 'warm');
  world.calls.length = 0;
  await sends(endpoint, '{}', 'd-1');
  expect(callsForSender(world).map(({ operation, status }) => `${operation} ${status}`)).toEqual([
    'GetItem 200',
    'PutItem 200',
  ]);
  world.calls.length = 0;
  await sends(endpoint, '{}', 'd-1');
  const made = callsForSender(world).map(({ operation, status }) => `${operation} ${status}`);
  expect(made.slice(0, 3)).toEqual(['GetItem 200', 'PutItem 400', 'GetItem 200']);
  // It is counted for the connection and for all connections, and the minute is marked where it is not yet.
  expect(new Set(made.slice(3))).toEqual(new Set(['UpdateItem 200']));
});

test('the same delivery id with other bytes is a separate event, and its repeats are duplicates', async () => {
  const endpoint = await anActiveEndpoint(world, byHeader);
  const first = await sends(endpoint, '{"a":1}', 'd-1');
  const other = await sends(endpoint, '{"a":2}', 'd-1');
  expect(other.status).toBe(202);
  expect(other.id).not.toBe(first.id);
  expect(await sends(endpoint, '{"a":2}', 'd-1')).toEqual({ status: 200, id: other.id, duplicate: true });
  expect(await sends(endpoint, '{"a":1}', 'd-1')).toEqual({ status: 200, id: first.id, duplicate: true });
  expect(await ok(world, 'GET', `${endpoint.path}/events/${other.id}`)).toMatchObject({
    body: '{"a":2}',
    conflictsWith: first.id,
  });
  expect(await listed(endpoint)).toHaveLength(2);
});

describe('the delivery id', () => {
  test.each<[string, object, [string, string]]>([
    ['a string in the body', { by: 'body', path: '/event/id' }, ['{"event":{"id":"x"}}', '{"event":{"id":"y"}}']],
    ['a number in the body', { by: 'body', path: '/id' }, ['{"id":7}', '{"id":8}']],
    ['the hash of the body', { by: 'content' }, ['{"a":1}', '{"a": 1}']],
  ])('can be %s', async (_, dedupe, [one, other]) => {
    const endpoint = await anActiveEndpoint(world, { dedupe });
    const first = await sends(endpoint, one);
    expect(await sends(endpoint, one)).toEqual({ status: 200, id: first.id, duplicate: true });
    expect((await sends(endpoint, other)).status).toBe(202);
  });

  test('is absent by default, so identical deliveries are separate events', async () => {
    const endpoint = await anActiveEndpoint(world);
    const sent = [await sends(endpoint, '{}', 'd-1'), await sends(endpoint, '{}', 'd-1')];
    expect(sent.map(({ status }) => status)).toEqual([202, 202]);
    expect(await listed(endpoint)).toHaveLength(2);
  });

  test('is unique only within its connection', async () => {
    const [one, other] = [await anActiveEndpoint(world, byHeader), await anActiveEndpoint(world, byHeader)];
    expect((await sends(one, '{}', 'd-1')).status).toBe(202);
    expect((await sends(other, '{}', 'd-1')).status).toBe(202);
  });

  test.each<[string, object, string]>([
    ['the configured header', byHeader, '{}'],
    ['a string or number at the configured path', { dedupe: { by: 'body', path: '/id' } }, '{"id":{"no":"text"}}'],
    ['a valid JSON body', { dedupe: { by: 'body', path: '/id' } }, '{"id"'],
  ])('is missing without %s, so nothing is a duplicate', async (_, settings, body) => {
    const endpoint = await anActiveEndpoint(world, settings);
    expect((await sends(endpoint, body)).status).toBe(202);
    expect((await sends(endpoint, body)).status).toBe(202);
    expect(await listed(endpoint)).toMatchObject([{ dedupeMissing: true }, { dedupeMissing: true }]);
  });

  test('is never a token, even if the setting points to one', async () => {
    const header = await anActiveEndpoint(world, { dedupe: { by: 'header', name: 'authorization' } });
    const accept = [{ in: 'body', path: '/token' }];
    const body = await anActiveEndpoint(world, {
      auth: { kind: 'token', accept },
      dedupe: { by: 'body', path: '/token' },
    });
    await sends(header, '{}');
    await deliver(body.url, { headers: { 'content-type': 'application/json' }, body: `{"token":"${body.token}"}` });
    for (const endpoint of [header, body]) {
      const [event] = await listed(endpoint);
      expect(event).toMatchObject({ dedupeMissing: true });
      expect(event).not.toHaveProperty('deliveryId');
    }
  });
});

test('the list of events finds an event by its delivery id in one read', async () => {
  const endpoint = await anActiveEndpoint(world, byHeader);
  const first = await sends(endpoint, '{}', 'a b/1');
  await sends(endpoint, '{}', 'another');
  world.calls.length = 0;
  const found = await ok(world, 'GET', `${endpoint.path}/events?deliveryId=a%20b%2F1`);
  expect(found).toMatchObject({ items: [{ id: first.id, deliveryId: 'a b/1' }], nextCursor: null });
  expect(world.calls.filter(({ table }) => table === tableOf(world.runtime, 'Events'))).toHaveLength(1);
  expect(await ok(world, 'GET', `${endpoint.path}/events?deliveryId=none`)).toEqual({ items: [], nextCursor: null });
});

test('a duplicate gets the configured answer', async () => {
  const endpoint = await anActiveEndpoint(world, {
    ...byHeader,
    answer: { status: 200, body: 'ok', contentType: 'text/plain' },
  });
  const sent = { headers: { ...bearer(endpoint.token), 'x-delivery': 'd-1' }, body: '{}' };
  const answers = [await deliver(endpoint.url, sent), await deliver(endpoint.url, sent)];
  expect(answers.map(({ status, text }) => [status, text])).toEqual([
    [200, 'ok'],
    [200, 'ok'],
  ]);
});

test('a delivery that repeats an expired event is stored again', async () => {
  const endpoint = await anActiveEndpoint(world, byHeader);
  const first = await sends(endpoint, '{"a":1}', 'd-1');
  await world.dynamodb.send(
    new UpdateItemCommand({
      TableName: tableOf(world.runtime, 'Events'),
      Key: { id: { S: first.id } },
      UpdateExpression: 'SET expiresAt = :past',
      ConditionExpression: 'attribute_exists(expiresAt)',
      ExpressionAttributeValues: { ':past': { N: String(Math.floor(Date.now() / 1000) - 1) } },
    }),
  );
  expect(await sends(endpoint, '{"a":2}', 'd-1')).toEqual({ status: 202, id: first.id });
  expect(await ok(world, 'GET', `${endpoint.path}/events/${first.id}`)).toMatchObject({ body: '{"a":2}' });
});

test('if 64 senders race, each delivery is stored once, and every answer has its event id', async () => {
  const [ids, repeats] = [count({ usual: 4, full: 200 }), 10];
  const endpoint = await anActiveEndpoint(world, byHeader);
  const queue = Array.from({ length: ids * repeats }, (_, n) => `d-${(n * 7919) % ids}`);
  const answered = new Map<string, Sent[]>();
  const sender = async () => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const sent = await sends(endpoint, `{"delivery":"${id}"}`, id);
      answered.set(id, [...(answered.get(id) ?? []), sent]);
    }
  };
  await Promise.all(Array.from({ length: 64 }, sender));
  expect(answered.size).toBe(ids);
  for (const sent of answered.values()) {
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(sent.filter(({ duplicate }) => duplicate === true)).toHaveLength(repeats - 1);
    expect(sent.filter(({ status }) => status === 202)).toHaveLength(1);
  }
  expect(await listed(endpoint)).toHaveLength(ids);
});
