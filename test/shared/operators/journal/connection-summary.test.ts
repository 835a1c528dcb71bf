import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type ConnectionSummary,
  observedQuiet,
  statsOf,
  summaryOf,
  summarySourceOf,
  useIn,
} from '../../../../shared/operators/journal/connection-summary.ts';
import { count } from '../../../support/full-counts.ts';

const minute = 60_000;
const begin = Date.parse('2026-01-31T12:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const minuteAt = (ms: number): string => iso(ms).slice(0, 16);
const noUse = { tokens: new Map<string, string>(), lastEventAt: null, handshakes: undefined };
const reasons = ['token_missing', 'token_unknown'] as const;

/** Webhooks of a minute, by minutes since the beginning. */
const traffic = fc.record({
  at: fc.nat({ max: 120 }),
  events: fc.nat({ max: 3 }),
  reason: fc.constantFrom(...reasons),
  refused: fc.nat({ max: 2 }),
});

test('the last hour is the one by hand, whenever the summary was made after the last webhook, and whenever it is read', () => {
  fc.assert(
    fc.property(
      fc.array(traffic),
      fc.nat({ max: 30 }),
      fc.nat({ max: 150 }),
      fc.nat({ max: minute - 1 }),
      (all, wait, idle, ms) => {
        const lastAt = Math.max(0, ...all.map(({ at }) => at));
        const made = begin + (lastAt + wait) * minute + ms;
        const arrived = all.map(({ at, events }) => ({ minute: minuteAt(begin + at * minute), count: events }));
        const refused = all.map(({ at, reason, refused }) => ({
          minute: minuteAt(begin + at * minute),
          reason,
          count: refused,
        }));
        const observed = {
          use: noUse,
          arrived: { counts: arrived, lastAt: null },
          refused: { counts: refused, complete: true },
        };
        const summary = summaryOf(observed, new Date(made), iso(made - 10_000));
        const run = { upTo: minuteAt(made + idle * minute), asOf: iso(made + idle * minute - 10_000) };
        const last = lastAt + wait + idle;
        const inHour = all.filter(({ at }) => at > last - 60);
        const { lastHour, asOf } = statsOf(summary, run);
        const sum = (counts: number[]): number => counts.reduce((one, other) => one + other, 0);
        expect(asOf).toBe(run.asOf);
        expect(lastHour.upTo).toBe(`${run.upTo}:00.000Z`);
        expect(lastHour.events).toBe(sum(inHour.map(({ events }) => events)));
        expect(lastHour.eventsByMinute).toEqual(
          Array.from({ length: 60 }, (_, at) =>
            sum(all.filter((each) => each.at === last - 59 + at).map(({ events }) => events)),
          ),
        );
        expect(lastHour.rejectionsByMinute).toEqual(
          Array.from({ length: 60 }, (_, at) =>
            sum(all.filter((each) => each.at === last - 59 + at).map(({ refused }) => refused)),
          ),
        );
        expect(lastHour.rejections).toBe(sum(Object.values(lastHour.refused)));
        for (const reason of reasons)
          expect(lastHour.refused[reason] ?? 0).toBe(
            sum(inHour.filter((each) => each.reason === reason).map(({ refused }) => refused)),
          );
      },
    ),
    { numRuns: count({ usual: 50, full: 2_000 }) },
  );
});

const made = (ms: number, complete = true): ConnectionSummary => ({
  ...summaryOf(observedQuiet(noUse), new Date(ms), iso(ms - 10_000)),
  complete,
});

test('a summary that was made after the last whole run says so itself', () => {
  const run = { upTo: minuteAt(begin), asOf: iso(begin - 10_000) };
  const { asOf, lastHour } = statsOf(made(begin + 2 * minute), run);
  expect([asOf, lastHour.upTo]).toEqual(['2026-01-31T12:01:50.000Z', '2026-01-31T12:02:00.000Z']);
});

test('counts that were lower bounds are exact again once all of them are older than an hour', () => {
  const completeAfter = (minutes: number): boolean =>
    statsOf(made(begin, false), { upTo: minuteAt(begin + minutes * minute), asOf: iso(begin) }).complete;
  expect([0, 59, 60, 600].map(completeAfter)).toEqual([false, false, true, true]);
});

test('the last uses and the handshakes are those that were observed, and the last event is the later one', () => {
  const use = {
    tokens: new Map([['t1', iso(begin)]]),
    lastEventAt: iso(begin),
    handshakes: { count: 2, lastAt: iso(begin) },
  };
  expect(useIn(summaryOf(observedQuiet(use), new Date(begin), iso(begin)))).toEqual(use);
  const arrived = { counts: [], lastAt: iso(begin + 5) };
  expect(summaryOf({ ...observedQuiet(use), arrived }, new Date(begin), iso(begin)).lastEventAt).toBe(iso(begin + 5));
});

const now = new Date(begin);
/** A run so many minutes ago, with summaries since so many minutes. */
const ran = (ago: number, since?: number) => ({
  ...{ upTo: minuteAt(begin - ago * minute), asOf: iso(begin - ago * minute) },
  ...(since !== undefined && { summariesSince: minuteAt(begin - since * minute) }),
});
const old = made(begin - 300 * minute);

test.each([
  ['no run: the counts are read', old, undefined, 'journal'],
  ['a run of a version without summaries', old, ran(0), 'journal'],
  ['a run less than five minutes ago', old, ran(4, 600), 'summary'],
  ['a run five minutes ago', old, ran(5, 600), 'journal'],
  ['a summary of the minute since when there are some', old, ran(0, 300), 'summary'],
  ['a summary from before the schedule stood still', old, ran(0, 299), 'quiet'],
  ['no summary, and an hour of them', undefined, ran(1, 61), 'quiet'],
  ['no summary, and not an hour of them', undefined, ran(1, 60), 'journal'],
] as const)('%s', (_, summary, progress, source) => {
  expect(summarySourceOf(summary, progress, now)).toBe(source);
});
