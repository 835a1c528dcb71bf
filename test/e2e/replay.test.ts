import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ActiveEndpoint,
  aFlowDesigner,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  type World,
} from '../support/given.ts';

let world: World;
let designer: string;
beforeAll(async () => {
  world = await aSharedRuntime();
  designer = await aFlowDesigner(world);
});
afterAll(() => world.end());

const accepted = async ({ url, token }: ActiveEndpoint, body = '{}'): Promise<string> => {
  const answer = await deliver(url, { headers: bearer(token), body });
  expect(answer.status).toBe(202);
  return String(answer.json()['id']);
};

const replay = (path: string, id: string) =>
  world.api('POST', `${path}/events/${id}/replay`, undefined, { token: designer });

/** The replay number of each publication of an event. The first publication has none. */
async function publishedOf(id: string): Promise<(number | undefined)[]> {
  await world.runtime.settled();
  const details = world.busEvents().map((event) => event['detail'] as { id?: string; replay?: number });
  return details.filter((detail) => detail.id === id).map(({ replay: n }) => n);
}

describe('a replay', () => {
  test('is counted on the event, and changes nothing else of the event', async () => {
    const { path, ...endpoint } = await anActiveEndpoint(world);
    const id = await accepted({ path, ...endpoint });
    const before = await ok(world, 'GET', `${path}/events/${id}`);
    for (const n of [1, 2]) {
      const answer = await replay(path, id);
      expect([answer.status, answer.json()]).toEqual([202, { id, replay: n }]);
    }
    const { publicationAsOf, ...after } = await ok(world, 'GET', `${path}/events/${id}`);
    expect({ ...before, replays: 2 }).toEqual({ ...after, publicationAsOf: expect.any(String) });
    expect(typeof publicationAsOf).toBe('string');
    expect(await publishedOf(id)).toEqual([undefined, 1, 2]);
  });

  test('is refused if the connection or the event does not exist, or if the event belongs to another connection', async () => {
    const [mine, other] = [await anActiveEndpoint(world), await anActiveEndpoint(world)];
    const id = await accepted(other);
    for (const [path, event] of [
      [mine.path, id],
      [mine.path, 'evt_00000000000000000000000000'],
      [mine.path, 'evt_1'],
    ] as const) {
      const answer = await replay(path, event);
      expect([answer.status, answer.json()['code']]).toEqual([404, 'event_not_found']);
    }
    const nowhere = await replay('/v1/connections/nowhere', id);
    expect([nowhere.status, nowhere.json()['code']]).toEqual([404, 'connection_not_found']);
    expect(await ok(world, 'GET', `${other.path}/events/${id}`)).not.toHaveProperty('replays');
  });

  test('is refused if the current hold holds the event, but not if an earlier hold did', async () => {
    const endpoint = await anActiveEndpoint(world);
    const { path } = endpoint;
    const before = await accepted(endpoint);
    await ok(world, 'POST', `${path}/endpoint/hold`);
    const held = await accepted(endpoint);
    const refused = await replay(path, held);
    expect([refused.status, refused.json()['code']]).toEqual([409, 'held']);
    expect(await publishedOf(held)).toEqual([]);
    expect((await replay(path, before)).status).toBe(202);
    // The held event of a deconfigured endpoint was never published. A replay can still publish it.
    await ok(world, 'DELETE', `${path}/endpoint/token`);
    await ok(world, 'DELETE', `${path}/endpoint?discardHeld=true`);
    await ok(world, 'PUT', `${path}/endpoint`, {});
    await ok(world, 'POST', `${path}/endpoint/hold`);
    expect((await replay(path, held)).json()).toEqual({ id: held, replay: 1 });
    expect(await publishedOf(held)).toEqual([1]);
  });
});
