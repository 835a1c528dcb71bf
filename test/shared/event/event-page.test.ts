import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventRow } from '../../../shared/event/event.ts';
import { readEventPage, readUpTo, type SortKeyRange, settledUpTo } from '../../../shared/event/event-page.ts';
import { count } from '../../full-counts.ts';

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
  const arriving = fc.record({ at: fc.nat(30_000), delay: fc.nat(5_000), shard: fc.nat(1) });

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
        for (const { wait, limit } of [...polls, ...Array(40).fill({ wait: 1_000, limit: 5 })]) {
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
  ['5 seconds ago', undefined, text(5_000)],
  ['5 seconds ago, even if its range ends later', text(60_000), text(5_000)],
  ['the end of its range, if that is more than 5 seconds ago', text(4_000), text(4_000)],
])('a list is complete up to %s', (_, to, expected) => {
  expect(settledUpTo(to, new Date(start + 10_000))).toBe(expected);
});
