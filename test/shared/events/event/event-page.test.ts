import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventRow } from '../../../../shared/events/event/event.ts';
import {
  type EventPageRequest,
  readEventPage,
  readUpTo,
  type SortKeyRange,
  settledUpTo,
} from '../../../../shared/events/event/event-page.ts';
import { count } from '../../../support/full-counts.ts';

const start = Date.parse('2026-03-01T12:00:00.000Z');
const text = (ms: number): string => new Date(start + ms).toISOString();

/** An event, with the time of its arrival and the later time from which the list shows it. */
interface Arriving {
  at: string;
  listedAt: number;
  shard: number;
}

/** The answer of a shard at this time. */
const shardsAt = (all: Arriving[], now: number) => async (shard: number, range: SortKeyRange, limit: number) => {
  const found = all
    .filter((row) => row.shard === shard && row.listedAt <= now && range.least <= row.at && row.at <= range.greatest)
    .sort((one, other) => (one.at < other.at ? -1 : 1));
  const rows = found.slice(0, limit).map(({ at }) => ({ at, event: { id: at, expiresAt: 9e9 } as EventRow }));
  return { rows, isLast: found.length <= limit };
};

describe('an ascending reader that polls with its cursor', () => {
  const arriving = fc.record({ at: fc.nat(30_000), delay: fc.nat(15_000), shard: fc.nat(1) });

  test('reads each event once and in order, even if it was listed late', async () => {
    const property = fc.asyncProperty(
      fc.array(arriving, { size: 'max', maxLength: 30 }),
      fc.array(fc.record({ wait: fc.nat(4_000), limit: fc.integer({ min: 1, max: 5 }) }), {
        size: 'max',
        maxLength: 40,
      }),
      fc.option(fc.nat(20_000), { nil: undefined }),
      async (events, polls, begin) => {
        const all = events.map(({ at, delay, shard }, n) => ({
          at: `${text(at)}#evt_${String(n).padStart(26, '0')}`,
          listedAt: at + delay,
          shard,
        }));
        const from = begin === undefined ? undefined : text(begin);
        const read: string[] = [];
        let after: string | undefined;
        let now = 0;
        // The last polls are late enough to read the rest.
        for (const { wait, limit } of [...polls, ...Array(50).fill({ wait: 1_000, limit: 5 })]) {
          now += wait;
          const upTo = settledUpTo(undefined, new Date(start + now));
          const asked = { order: 'asc', limit, after, from, to: upTo, type: undefined } as const;
          const page = await readEventPage({ ...asked, now: new Date(start) }, 2, shardsAt(all, now));
          read.push(...page.events.map(({ id }) => id));
          after = page.next ?? readUpTo(asked, upTo);
        }
        const expected = all.map(({ at }) => at).filter((at) => from === undefined || at >= from);
        expect(read).toEqual(expected.sort());
      },
    );
    await fc.assert(property, { numRuns: count({ usual: 50, full: 100 }) });
  });

  test.each([
    ['the time up to which it read', undefined, undefined, text(10_000), `${text(10_000)}~`],
    ['its last row, if that row is later', `${text(11_000)}#evt_1`, undefined, text(10_000), `${text(11_000)}#evt_1`],
    ['the start of its range, if that is in the future', undefined, text(60_000), text(10_000), text(60_000)],
  ])('continues after %s', (_, after, from, upTo, expected) => {
    expect(readUpTo({ after, from }, upTo)).toBe(expected);
  });
});

test.each([
  ['15 seconds ago', undefined, text(5_000)],
  ['15 seconds ago, even if its range ends later', text(60_000), text(5_000)],
  ['the end of its range, if that is more than 15 seconds ago', text(4_000), text(4_000)],
])('a list is complete up to %s', (_, to, expected) => {
  expect(settledUpTo(to, new Date(start + 20_000))).toBe(expected);
});

test.each<[Partial<EventPageRequest>, string, string]>([
  [{}, '0', '9~'],
  [{ from: 'b', to: 'd' }, 'b', 'd~'],
  [{ after: 'c' }, 'c ', '9~'],
  [{ after: 'a', from: 'b' }, 'b', '9~'],
  [{ after: 'c', from: 'b' }, 'c ', '9~'],
  [{ order: 'desc' }, '0', '9~'],
  [{ order: 'desc', from: 'a', to: 'd' }, 'a', 'd~'],
  // The greatest key below `cc`: a key that begins with `cb`.
  [{ order: 'desc', after: 'cc', from: 'a', to: 'd' }, 'a', 'cb~'],
])('the page %j reads the rows from %j to %j', async (page, least, greatest) => {
  const ranges: SortKeyRange[] = [];
  const asked = { order: 'asc', limit: 1, after: undefined, from: undefined, to: undefined, type: undefined } as const;
  await readEventPage({ ...asked, now: new Date(start), ...page }, 1, async (_, range) => {
    ranges.push(range);
    return { rows: [], isLast: true };
  });
  expect(ranges).toEqual([{ order: page.order ?? 'asc', least, greatest }]);
});

test('a page shows no row behind which another shard may still have one', async () => {
  const row = (at: string, type: string) => ({ at, event: { id: at, type, expiresAt: 9e9 } as EventRow });
  const shards = [['11', '12', '13'].map((at) => row(at, 'a')), [row('01', 'b'), row('02', 'b'), row('03', 'a')]];
  const page = await readEventPage(
    { order: 'asc', limit: 1, after: undefined, from: undefined, to: undefined, type: 'a', now: new Date(start) },
    2,
    async (shard, { least }, limit) => {
      const left = (shards[shard] ?? []).filter(({ at }) => at >= least);
      return { rows: left.slice(0, limit), isLast: left.length <= limit };
    },
  );
  expect(page).toMatchObject({ events: [{ id: '03' }], next: '03' });
});

describe('a page of many rows that are not shown', () => {
  const now = new Date(start);
  const asked = { order: 'asc', limit: 3, after: undefined, from: undefined, to: undefined, type: 'a', now } as const;

  /** Shards with these types of events, one event per second in turn. A row of type `old` has expired. */
  const shardsOf = (types: string[], shards: number) => {
    const limits: number[] = [];
    const all = types.map((type, n) => ({
      shard: n % shards,
      at: `${text(n * 1_000)}#evt_${n}`,
      event: { id: String(n), type: type === 'old' ? 'a' : type, expiresAt: type === 'old' ? 1 : 9e9 } as EventRow,
    }));
    const read = async (shard: number, { order, least, greatest }: SortKeyRange, limit: number) => {
      if (shard === 0) limits.push(limit);
      const found = all.filter((row) => row.shard === shard && least <= row.at && row.at <= greatest);
      const sorted = order === 'asc' ? found : found.reverse();
      return { rows: sorted.slice(0, limit), isLast: found.length <= limit };
    };
    return { read, limits };
  };

  test('misses and repeats no event, in both orders and for every page size', async () => {
    const kinds = fc.array(fc.constantFrom('a', 'b', 'b', 'old'), { size: 'max', maxLength: 60 });
    const property = fc.asyncProperty(
      kinds,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom<'asc' | 'desc'>('asc', 'desc'),
      async (types, shards, limit, order) => {
        const { read } = shardsOf(types, shards);
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await readEventPage({ ...asked, order, limit, after }, shards, read);
          expect(page.events.length).toBeLessThanOrEqual(limit);
          seen.push(...page.events.map(({ id }) => id));
          after = page.next;
        } while (after !== undefined);
        const shown = types.flatMap((type, n) => (type === 'a' ? [String(n)] : []));
        expect(seen).toEqual(order === 'asc' ? shown : shown.reverse());
      },
    );
    await fc.assert(property, { numRuns: count({ usual: 100, full: 1000 }) });
  });

  test.each<[number, string[], number, string[], number[]]>([
    [3, Array(4).fill('a'), 1, ['0', '1', '2'], [4]],
    [3, Array(9).fill('a'), 1, ['0', '1', '2'], [4]],
    [3, ['a', 'a', 'a', 'b', 'b'], 1, ['0', '1', '2'], [4]],
    [3, [...Array(4).fill('b'), 'a'], 1, ['4'], [4, 2_000]],
    [3, [...Array(40).fill('b'), 'a'], 4, ['40'], [4, 500]],
    [900, [...Array(3_700).fill('b'), 'a'], 4, ['3700'], [901, 901]],
  ])('is read in few rounds (limit %i)', async (limit, types, shards, expected, limits) => {
    const shelf = shardsOf(types, shards);
    const { events } = await readEventPage({ ...asked, limit }, shards, shelf.read);
    expect(events.map(({ id }) => id)).toEqual(expected);
    expect(shelf.limits).toEqual(limits);
  });

  test('is empty after 8 rounds, but has the position of the next page', async () => {
    const { read, limits } = shardsOf([...Array(14_005).fill('b'), 'a'], 1);
    const page = await readEventPage(asked, 1, read);
    expect(page).toEqual({ events: [], next: `${text(14_003_000)}#evt_14003` });
    expect(limits).toHaveLength(8);
    const last = await readEventPage({ ...asked, after: page.next }, 1, read);
    expect([last.events.map(({ id }) => id), last.next]).toEqual([['14005'], undefined]);
  });

  test('ends without a next page if it has exactly its limit', async () => {
    const { read } = shardsOf(['a', 'a', 'a'], 2);
    const page = await readEventPage(asked, 2, read);
    expect([page.events.length, page.next]).toEqual([3, undefined]);
  });
});
