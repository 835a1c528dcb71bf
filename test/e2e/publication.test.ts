import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { type ActiveEndpoint, anActiveEndpoint, aRuntime, bearer, deliver, ok, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { redriveAll } from './given-redrive.ts';

const told: Pick<RuntimeOptions, 'failEntry'> = {};
let world: World;
beforeAll(async () => {
  world = await aRuntime({
    failEntry: (entry) => told.failEntry?.(entry),
  });
});
afterEach(() => {
  delete told.failEntry;
});
afterAll(() => world.end());

const passing = (seconds: number): void => {
  world.clock.ahead += seconds * 1000;
};

async function accepted({ url, token }: ActiveEndpoint): Promise<string> {
  const answer = await deliver(url, { headers: bearer(token), body: '{}' });
  expect(answer.status).toBe(202);
  return String(answer.json()['id']);
}

const read = ({ path }: ActiveEndpoint, id: string) => ok(world, 'GET', `${path}/events/${id}`);

/** Waits until the publication of an event has this state. */
async function until(endpoint: ActiveEndpoint, id: string, expected: string) {
  let event = await read(endpoint, id);
  const isSo = async () => {
    event = await read(endpoint, id);
    return event['publication'] === expected;
  };
  await waitUntil(`the event is ${expected}`, isSo, 50);
  return event;
}

/** Makes the bus refuse the connection's events with this code. */
function failing({ name }: ActiveEndpoint, ErrorCode: string): void {
  told.failEntry = ({ Detail = '' }) =>
    Detail.includes(`"${name}"`) ? { ErrorCode, ErrorMessage: 'requested by the test' } : undefined;
}

test('an event is first waiting and then published, and the relay writes nothing about it', async () => {
  const endpoint = await anActiveEndpoint(world);
  const first = await accepted(endpoint);
  await world.runtime.settled();
  const before = world.calls.length;
  const ids = [first];
  for (let n = 0; n < 10; n += 1) {
    ids.push(await accepted(endpoint));
    await world.runtime.settled();
  }
  const writes = world.calls.slice(before).filter(({ principal, operation }) => {
    return principal.includes('relay') && /^(Put|Update|Delete)Item$/.test(operation);
  });
  expect(writes).toEqual([]);
  expect(await read(endpoint, ids.at(-1) ?? '')).toMatchObject({ publication: 'waiting' });
  passing(10);
  for (const id of ids) expect(await read(endpoint, id)).toMatchObject({ publication: 'published' });
});

test('an event stays waiting as long as the bus throttles it', async () => {
  const endpoint = await anActiveEndpoint(world);
  failing(endpoint, 'ThrottlingException');
  const id = await accepted(endpoint);
  const tries = () => world.logs.filter((line) => line.includes('"outcome":"stuck"') && line.includes(id)).length;
  const untilTried = async (times: number) => {
    const before = tries();
    await waitUntil(`the relay has tried ${times} times`, () => tries() >= before + times);
  };
  await untilTried(1);
  passing(30);
  expect(await read(endpoint, id)).toMatchObject({ publication: 'waiting' });
  // The first of the two attempts may have started before the clock moved.
  await untilTried(2);
  passing(3600);
  expect(await read(endpoint, id)).toMatchObject({ publication: 'waiting' });
  delete told.failEntry;
  expect(await until(endpoint, id, 'published')).toMatchObject({ publication: 'published' });
  const published = world.busEvents().map(({ detail }) => (detail as { id: string }).id);
  expect(published).toContain(id);
});

test('an event that the bus refuses is given up, until it is replayed or redriven', async () => {
  const endpoint = await anActiveEndpoint(world);
  failing(endpoint, 'InvalidArgument');
  const [replayed, redriven] = [await accepted(endpoint), await accepted(endpoint)];
  const givenUp = { publication: 'given_up', givenUp: { code: 'InvalidArgument', at: expect.any(String) } };
  for (const id of [replayed, redriven]) expect(await until(endpoint, id, 'given_up')).toMatchObject(givenUp);
  passing(60);
  expect(await read(endpoint, replayed)).toMatchObject(givenUp);
  delete told.failEntry;
  await ok(world, 'POST', `${endpoint.path}/events/${replayed}/replay`);
  expect(await until(endpoint, replayed, 'published')).toMatchObject({ publication: 'published' });
  expect((await redriveAll(world)).left).toBe(0);
  expect(await until(endpoint, redriven, 'published')).not.toHaveProperty('givenUp');
});
