/** The setting `raw`, from the API through the bus to the code that handles a webhook. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { webhookFrom } from '../../clients/consumer/consumer.ts';
import { testInFull } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  type World,
} from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime();
});
afterAll(() => world.end());

/** Sends a webhook. @returns the id of its event */
async function send({ url, token }: ActiveEndpoint, body: string): Promise<string> {
  const answer = await deliver(url, { headers: { ...bearer(token), 'content-type': 'application/json' }, body });
  return String(answer.json()['id']);
}

/**
 * What a target of the bus finds of each webhook: its exact bytes, or the name of the error. The test reads the lines of the bus as a
 * target does: parsed.
 */
async function foundOf({ name }: ActiveEndpoint, ids: readonly string[]): Promise<string[]> {
  await world.runtime.settled();
  const events = world.busEvents().filter(({ source }) => source === `hooklatch.${name}`);
  const webhooks = new Map(events.map((event) => webhookFrom(event)).map((webhook) => [webhook.id, webhook]));
  return Promise.all(
    ids.map(
      (id) =>
        webhooks
          .get(id)
          ?.bytes()
          .then(String, (error: Error) => error.name) ?? 'not on the bus',
    ),
  );
}

test('a webhook is exact on the bus with raw, and not without it', async () => {
  const given = await anActiveEndpoint(world, { raw: true });
  const body = '{"total":1.0, "total":9007199254740993, "\\u00e9":[ ]}';
  const withRaw = await send(given, body);
  await ok(world, 'PUT', `${given.path}/endpoint`, { raw: null });
  const without = await send(given, body);
  expect(await foundOf(given, [withRaw, without])).toEqual([body, 'BytesNotExact']);
});

test('an endpoint that splits its deliveries can have no raw', async () => {
  const { path } = await anActiveEndpoint(world, { split: { items: '/orders' } });
  const answer = await world.api('PUT', `${path}/endpoint`, { raw: true });
  expect([answer.status, answer.json()['code']]).toEqual([422, 'raw_with_split']);
});

testInFull("each of GitHub's example payloads is exact with raw, and exact or an error without it", async () => {
  const definitions: { examples: object[] }[] = createRequire(import.meta.url)('@octokit/webhooks-examples');
  // Each is written compact, or indented by one or two, and each second one ends with a line break.
  const bodies = definitions
    .flatMap(({ examples }) => examples)
    .map((example, at) => JSON.stringify(example, null, at % 3) + '\n'.repeat(at % 2));
  expect(bodies).toHaveLength(329);
  const found: string[][] = [];
  for (const settings of [{ raw: true }, {}]) {
    const given = await anActiveEndpoint(world, settings);
    const ids: string[] = [];
    for (let at = 0; at < bodies.length; at += 10)
      ids.push(...(await Promise.all(bodies.slice(at, at + 10).map((body) => send(given, body)))));
    found.push(await foundOf(given, ids));
  }
  // An indent of one, and a line break at the end, can't be told from a value.
  const exactOrNot = bodies.map((body, at) => (at % 3 !== 1 && at % 2 === 0 ? body : 'BytesNotExact'));
  expect(found).toEqual([bodies, exactOrNot]);
});
