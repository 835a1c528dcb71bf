/** Statistics through the whole runtime: what senders did is what an operator reads, before and after the schedule has set the hour. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { anActiveEndpoint, aRuntime, bearer, deliver, ok, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aRuntime();
});
afterAll(() => world.end());

interface Item {
  at: string;
  accepted: number;
  duplicates: number;
  refused: Record<string, number>;
  published: number;
}

const sumOf = (items: readonly Item[], count: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + count(item), 0);

test('a connection and all together have what was accepted, sent twice and refused, now and hours later', async () => {
  const given = await anActiveEndpoint(world, { dedupe: { by: 'content' } });
  const other = await anActiveEndpoint(world);
  const send = (body: string) => deliver(given.url, { headers: bearer(given.token), body });
  for (const body of ['1', '2', '2', '3']) expect((await send(body)).status).toBeLessThan(300);
  expect((await deliver(given.url, { headers: bearer('none') })).status).toBe(403);
  expect((await deliver(other.url, { headers: bearer(other.token) })).status).toBe(202);
  await world.runtime.settled();

  const read = async (path: string) => {
    const { items } = (await ok(world, 'GET', path)) as unknown as { items: Item[] };
    const refused = sumOf(items, (item) => Object.values(item.refused).reduce((sum, count) => sum + count, 0));
    const [accepted, duplicates, published] = (['accepted', 'duplicates', 'published'] as const).map((field) =>
      sumOf(items, (item) => item[field]),
    );
    return { accepted, duplicates, refused, published };
  };
  const own = { accepted: 3, duplicates: 1, refused: 1, published: 3 };
  const all = { accepted: 4, duplicates: 1, refused: 1, published: 4 };
  const expectBoth = async (by: string) => {
    expect(await read(`${given.path}/stats?by=${by}`)).toEqual(own);
    expect(await read(`/v1/stats?by=${by}`)).toEqual(all);
  };
  for (const by of ['minute', 'hour', 'day']) await expectBoth(by);

  const schedule = () => world.runtime.runSchedule('EveryMinute', 'countevents');
  await schedule();
  world.clock.ahead += 2 * 3_600_000;
  await schedule();
  // A second run beside it changes nothing.
  await Promise.all([schedule(), schedule()]);
  for (const by of ['hour', 'day']) await expectBoth(by);
  const answer = await world.api('GET', '/v1/stats');
  expect(answer.headers['hooklatch-as-of']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
});
