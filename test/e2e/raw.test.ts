/** The setting `raw`, from the API to the handler of a webhook. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { webhookFrom } from '../../consumer/consumer.ts';
import { anActiveEndpoint, aSharedRuntime, bearer, deliver, ok, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime();
});
afterAll(() => world.end());

const body = '{"total":1.0, "total":9007199254740993, "\\u00e9":[ ]}';

test('a webhook is exact on the bus with raw, and not without it', async () => {
  const { name, path, url, token } = await anActiveEndpoint(world, { raw: true });
  const send = () => deliver(url, { headers: { ...bearer(token), 'content-type': 'application/json' }, body });
  await send();
  await ok(world, 'PUT', `${path}/endpoint`, { raw: null });
  await send();
  await world.runtime.settled();
  // The test reads the bus's lines as a target does: parsed.
  const events = world.busEvents().filter(({ source }) => source === `hooklatch.${name}`);
  const found = events.map(async (event) => {
    const webhook = webhookFrom(event);
    return webhook.bytes().then(String, (error: Error) => error.name);
  });
  expect(await Promise.all(found)).toEqual([body, 'BytesNotExact']);
});

test('an endpoint that splits its deliveries can have no raw', async () => {
  const { path } = await anActiveEndpoint(world, { split: { items: '/orders' } });
  const answer = await world.api('PUT', `${path}/endpoint`, { raw: true });
  expect([answer.status, answer.json()['code']]).toEqual([422, 'raw_with_split']);
});
