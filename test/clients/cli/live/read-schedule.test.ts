/** How long an event waits until it is read: at most two seconds, however long nothing has happened before it. */
import { expect, test } from '@jest/globals';
import { readSchedule } from '../../../../clients/cli/live/read-schedule.ts';
import { liveEvents } from '../../../../shared/operators/wait/live-events.ts';
import { startAt } from '../../../../shared/operators/wait/read-position.ts';
import { anEventList, at, type TimedEvent } from '../../../shared/operators/wait/given-event-list.ts';

const hour = 3_600_000;

interface Times {
  /** When the reader ends. */
  end: number;
  /** How long a request takes. */
  request: number;
  /** How long the handling of an event takes. */
  handling?: number;
}

/** Reads with a clock of its own. @returns when each read began, and how long each event waited */
async function readAll(events: readonly TimedEvent[], { end, request, handling = 0 }: Times) {
  let now = 0;
  const begins: number[] = [];
  const list = anEventList(events, {
    now: () => now,
    pageSize: 200,
    onRead: () => {
      begins.push(now);
      now += request;
    },
  });
  const wait = async (ms: number) => {
    now += ms;
  };
  const pause = readSchedule({ wait, now: () => new Date(now) }, new AbortController().signal);
  const waited: number[] = [];
  const untilEnd = async () => (await pause()) && now < end;
  for await (const { event } of liveEvents({ list, start: startAt(at(0)), pause: untilEnd })) {
    waited.push(now - (events.find(({ id }) => id === event.id)?.arrives ?? Number.NaN));
    now += handling;
  }
  return { begins, waited };
}

/** The longest time between two neighbours. */
const longestGap = (times: readonly number[]): number =>
  times.slice(1).reduce((longest, time, index) => Math.max(longest, time - (times[index] ?? time)), 0);

test('reads each second for an idle hour, and the event after it within two seconds', async () => {
  // The worst moment: just after a read has begun.
  const events = [{ id: 'late', arrives: hour - 10_000 + 1, delay: 0 }];
  const { begins, waited } = await readAll(events, { end: hour, request: 400 });
  expect(begins).toHaveLength(3_600);
  expect(longestGap(begins)).toBe(1_000);
  // A second until the next read, and its request. The request for the event itself comes after that.
  expect(waited).toEqual([1_399]);
});

test('reads events that flow within two seconds', async () => {
  const events = Array.from({ length: 600 }, (_, n) => ({ id: `e${n}`, arrives: n * 100, delay: 0 }));
  const { begins, waited } = await readAll(events, { end: 70_000, request: 200, handling: 40 });
  expect(waited).toHaveLength(600);
  expect(Math.max(...waited)).toBeLessThanOrEqual(2_000);
  expect(longestGap(begins)).toBe(1_000);
});

test('does not wait if the handling of the events took longer', async () => {
  const events = [0, 1].map((n) => ({ id: `e${n}`, arrives: 0, delay: 0 }));
  const { begins } = await readAll(events, { end: 5_000, request: 100, handling: 1_000 });
  expect(begins).toEqual([0, 2_100, 3_100, 4_100]);
});

test('does not wait longer because the clock is set back', async () => {
  let now = hour;
  const waits: number[] = [];
  const wait = async (ms: number) => void waits.push(ms);
  const pause = readSchedule({ wait, now: () => new Date(now) }, new AbortController().signal);
  now = 0;
  await pause();
  expect(waits).toEqual([1_000]);
});

test('ends at Ctrl-C', async () => {
  const stop = new AbortController();
  const pause = readSchedule({ wait: async () => {}, now: () => new Date(0) }, stop.signal);
  expect(await pause()).toBe(true);
  stop.abort();
  expect(await pause()).toBe(false);
});
