/** A reader misses no event, however late rows appear and whenever it is restarted. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type EventQuery,
  type ListEvents,
  liveBatches,
  liveEvents,
  positionNow,
} from '../../../../shared/operators/wait/live-events.ts';
import { isBehind, type ReadPosition, settledAt, startAt } from '../../../../shared/operators/wait/read-position.ts';
import { count } from '../../../support/full-counts.ts';
import { anEventList, at, listed, type TimedEvent } from './given-event-list.ts';

/** Reads with a clock until this time. @returns the ids in the order of reading */
async function readUntil(end: number, events: readonly TimedEvent[], { pageSize = 3, from = 0 } = {}) {
  let now = from;
  const list = anEventList(events, { now: () => now, pageSize });
  const pause = async () => {
    now += 1_000;
    return now < end;
  };
  const seen: string[] = [];
  for await (const { event } of liveEvents({ list, start: startAt(at(0)), pause })) seen.push(event.id);
  return seen;
}

const event = (id: string, arrives: number, delay = 0): TimedEvent => ({ id, arrives, delay });

test.each<[string, TimedEvent[], string[]]>([
  ['in order', [event('a', 100), event('b', 900), event('c', 5_000)], ['a', 'b', 'c']],
  ['that appear later than a newer one', [event('late', 100, 14_900), event('b', 900)], ['b', 'late']],
  ['of the same millisecond', [event('b', 100, 3_000), event('a', 100), event('c', 100, 15_000)], ['a', 'b', 'c']],
  ['that appear at the last moment', [event('a', 1_000, 15_000), event('b', 1_001, 15_000)], ['a', 'b']],
])('reads events %s once', async (_, events, ids) => {
  expect(await readUntil(30_000, events)).toEqual(ids);
});

test('reads a long backlog page by page, the oldest first', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `e${String(index).padStart(2, '0')}`);
  const backlog = ids.map((id, index) => event(id, index * 100));
  expect(await readUntil(80_000, backlog, { from: 60_000 })).toEqual(ids);
});

test('reads more events of one millisecond than a page has', async () => {
  const ids = Array.from({ length: 9 }, (_, index) => `e${index}`);
  const backlog = ids.map((id) => event(id, 100));
  expect(await readUntil(80_000, backlog, { from: 60_000 })).toEqual(ids);
  expect(await readUntil(10_000, backlog)).toEqual(ids);
});

/** Reads once with a list. @returns the queries, and from where on each batch would be read again */
async function readOnce(list: ListEvents) {
  const queries: EventQuery[] = [];
  const from: string[] = [];
  const seen: ListEvents = (query) => {
    queries.push(query);
    return list(query);
  };
  const pauses = [true, false];
  const pause = async () => pauses.shift() === true;
  for await (const { position } of liveBatches({ list: seen, start: startAt(at(0)), pause })) from.push(position.from);
  return { queries, from };
}

test('a reader that is ended within a backlog goes on at the page where it was', async () => {
  const backlog = Array.from({ length: 7 }, (_, index) => event(`e${index}`, index * 100));
  const { queries, from } = await readOnce(anEventList(backlog, { now: () => 60_000 }));
  expect(from).toEqual([at(0), at(200), at(500), at(45_000)]);
  expect(queries).toEqual([
    { order: 'desc', from: at(0) },
    { order: 'asc', from: at(0) },
    { order: 'asc', from: at(0), cursor: `${at(200)}#e2` },
    { order: 'asc', from: at(0), cursor: `${at(500)}#e5` },
    { order: 'desc', from: at(45_000) },
  ]);
});

test('what fits into a page is read at once, however old it is', async () => {
  const { queries } = await readOnce(anEventList([event('a', 100), event('b', 200)], { now: () => 60_000 }));
  expect(queries).toEqual([
    { order: 'desc', from: at(0) },
    { order: 'desc', from: at(45_000) },
  ]);
});

test('a page of a backlog may be empty', async () => {
  const list: ListEvents = async ({ order, cursor }) => {
    const isEmpty = order === 'asc' && cursor === undefined;
    const items = isEmpty ? [] : [listed(event('a', 100))];
    return { items, nextCursor: cursor === undefined ? 'more' : null, upTo: at(45_000) };
  };
  const { from } = await readOnce(list);
  expect(from.slice(0, 2)).toEqual([at(0), at(0)]);
});

test('a position keeps no event that will not be read again', () => {
  const handled = { a: at(1), b: at(2), c: at(3) };
  expect(settledAt({ from: at(1), handled }, at(2))).toEqual({ from: at(2), handled: { b: at(2), c: at(3) } });
  expect(settledAt({ from: at(1), handled }, at(0))).toEqual({ from: at(1), handled });
});

test('a reader is behind after ten seconds', () => {
  expect(isBehind(startAt(at(0)), at(10_000))).toBe(false);
  expect(isBehind(startAt(at(0)), at(10_001))).toBe(true);
});

test('from now on means without what the list shows, but with what appears later', async () => {
  let now = 10_000;
  const events = [event('old', 1_000), event('shown', 9_000), event('late', 9_500, 2_000), event('new', 10_500)];
  const list = anEventList(events, { now: () => now });
  const queries: EventQuery[] = [];
  const start = await positionNow((query) => {
    queries.push(query);
    return list(query);
  });
  // The first asks for the time only.
  expect(queries).toEqual([
    { order: 'desc', limit: '1' },
    { order: 'desc', from: at(-5_000) },
  ]);
  const pause = async () => {
    now += 1_000;
    return now < 20_000;
  };
  const seen: string[] = [];
  for await (const { event: read } of liveEvents({ list, start, pause })) seen.push(read.id);
  expect(seen).toEqual(['new', 'late']);
});

/** Ways in which a run ends: it goes on, or it is killed before or after the position is saved. */
const step = fc.record({
  /** How long the handling of an event takes. */
  takes: fc.oneof({ weight: 5, arbitrary: fc.constant(5) }, fc.integer({ min: 0, max: 30_000 })),
  end: fc.oneof(
    { weight: 8, arbitrary: fc.constant('goes on' as const) },
    fc.constantFrom('killed before' as const, 'killed after' as const),
  ),
  /** How long it is away after that. */
  away: fc.integer({ min: 0, max: 60_000 }),
});

const timed = fc.record({
  arrives: fc.oneof(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 20 })),
  delay: fc.oneof(fc.constant(0), fc.constant(15_000), fc.integer({ min: 0, max: 15_000 })),
});

test('whenever it is killed, it handles each event, and only an unsaved one twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(timed, { minLength: 1, maxLength: 25, size: 'max' }),
      fc.array(step, { maxLength: 40, size: 'max' }),
      fc.integer({ min: 0, max: 2_000 }),
      async (times, steps, readTakes) => {
        const events = times.map((time, index) => ({ id: `e${index}`, ...time }));
        const [handled, unsaved] = await runWithKills(events, [...steps], readTakes);
        expect(new Set(handled)).toEqual(new Set(events.map(({ id }) => id)));
        expect(handled).toHaveLength(events.length + unsaved);
      },
    ),
    { numRuns: count({ usual: 100, full: 3_000 }) },
  );
});

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** @returns the handled ids, and how many of them were not saved */
async function runWithKills(events: TimedEvent[], steps: Step[], readTakes: number): Promise<[string[], number]> {
  let now = 0;
  let saved: ReadPosition = startAt(at(0));
  const handled: string[] = [];
  let unsaved = 0;
  const list = anEventList(events, {
    now: () => now,
    onRead: () => {
      now += readTakes;
    },
  });
  const pause = async () => {
    now += 1_000;
    return now < 200_000;
  };
  /** @returns whether it was killed */
  async function run(): Promise<boolean> {
    for await (const { event: read, position } of liveEvents({ list, start: saved, pause })) {
      const { takes, end, away } = steps.shift() ?? { takes: 5, end: 'goes on', away: 0 };
      now += takes;
      handled.push(read.id);
      if (end === 'killed before') unsaved += 1;
      else saved = JSON.parse(JSON.stringify(position));
      if (end === 'goes on') continue;
      now += away;
      return true;
    }
    return false;
  }
  while (await run());
  return [handled, unsaved];
}
