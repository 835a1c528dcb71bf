import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

interface Listed {
  items: { id: string; receivedAt: string }[];
  nextCursor: string | null;
  resumeCursor?: string | null;
  upTo?: string;
}

const page = async ({ path }: ActiveEndpoint, query: Record<string, string>): Promise<Listed> =>
  (await ok(world, 'GET', `${path}/events?${new URLSearchParams(query)}`)) as unknown as Listed;

const passing = (seconds: number): void => {
  world.clock.ahead += seconds * 1000;
};

const nowText = (): string => world.clock.now().toISOString();

async function accepted({ url, token }: ActiveEndpoint, times: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < times; n += 1) {
    ids.push(String((await deliver(url, { headers: bearer(token), body: `${n}` })).json()['id']));
  }
  return ids;
}

const idsOf = ({ items }: Listed): string[] => items.map(({ id }) => id);

describe('the list of events in ascending order', () => {
  test('shows up to what time it is complete, and continues later from resumeCursor without missing an event', async () => {
    const endpoint = await anActiveEndpoint(world);
    const first = await accepted(endpoint, 3);
    const before = nowText();
    const none = await page(endpoint, { order: 'asc' });
    expect([none.items, none.nextCursor, typeof none.resumeCursor]).toEqual([[], null, 'string']);
    expect(Date.parse(none.upTo ?? '')).toBeLessThanOrEqual(Date.parse(nowText()) - 15_000);
    expect(Date.parse(none.upTo ?? '')).toBeGreaterThanOrEqual(Date.parse(before) - 15_000);
    passing(16);
    const then = await page(endpoint, { order: 'asc', limit: '2', cursor: none.resumeCursor ?? '' });
    expect([idsOf(then), then.resumeCursor]).toEqual([first.slice(0, 2), then.nextCursor]);
    const second = await accepted(endpoint, 2);
    const rest = await page(endpoint, { order: 'asc', cursor: then.resumeCursor ?? '' });
    expect([idsOf(rest), rest.nextCursor]).toEqual([first.slice(2), null]);
    passing(16);
    const last = await page(endpoint, { order: 'asc', cursor: rest.resumeCursor ?? '' });
    expect(idsOf(last)).toEqual(second);
    expect((await page(endpoint, { order: 'asc', cursor: last.resumeCursor ?? '' })).items).toEqual([]);
  });

  test('ends a range only after all its events can be read', async () => {
    const endpoint = await anActiveEndpoint(world);
    const ids = await accepted(endpoint, 1);
    const to = nowText();
    const early = await page(endpoint, { order: 'asc', to });
    expect([early.items, typeof early.resumeCursor]).toEqual([[], 'string']);
    passing(16);
    const late = await page(endpoint, { order: 'asc', to, cursor: early.resumeCursor ?? '' });
    expect([idsOf(late), late.nextCursor, late.resumeCursor, late.upTo]).toEqual([ids, null, null, to]);
  });
});

test('the list of events in descending order includes the newest events, and shows up to what time it is complete', async () => {
  const endpoint = await anActiveEndpoint(world);
  const ids = await accepted(endpoint, 1);
  const seen = await page(endpoint, {});
  expect([idsOf(seen), seen.nextCursor, 'resumeCursor' in seen]).toEqual([ids, null, false]);
  expect((seen.upTo ?? '') < (seen.items[0]?.receivedAt ?? '')).toBe(true);
});
