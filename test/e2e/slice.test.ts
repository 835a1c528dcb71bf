import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { anActiveEndpoint, aSharedRuntime, bearer, callsForSender, deliver, ok, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

test('a webhook with the token gets a 202, is stored, and is read back byte for byte', async () => {
  const { path, url, token } = await anActiveEndpoint(world);
  const body = '{"amount": 1.0, "id": 12345678901234567890}';
  const answer = await deliver(url, { headers: { ...bearer(token), 'content-type': 'application/json' }, body });
  expect(answer.status).toBe(202);
  const { id } = answer.json();
  expect(await ok(world, 'GET', `${path}/events/${id}`)).toMatchObject({ id, body, size: 43, method: 'POST' });
  expect(await ok(world, 'GET', `${path}/events`)).toMatchObject({ items: [{ id, size: 43 }], nextCursor: null });
});

test('accepting a webhook takes one strongly consistent read and one conditional write, after the secret was read once', async () => {
  const { url, token } = await anActiveEndpoint(world);
  await deliver(url, { headers: bearer(token), body: '{}' });
  world.calls.length = 0;
  expect((await deliver(url, { headers: bearer(token), body: '{}' })).status).toBe(202);
  expect(callsForSender(world)).toMatchObject([
    { service: 'dynamodb', operation: 'GetItem', consistentRead: true, status: 200 },
    { service: 'dynamodb', operation: 'PutItem', conditional: true, status: 200 },
  ]);
});
