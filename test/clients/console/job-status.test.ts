import { describe, expect, it } from '@jest/globals';
import {
  isOpen,
  jobText,
  percentOf,
  runningRelease,
  type ShownJob,
} from '../../../clients/console/events/job-status.ts';
import { text } from '../../../clients/console/text.ts';

type State = ShownJob['state'];
const job = (state: State, count: number | null, [done, failed, skipped]: [number, number, number]) => ({
  state,
  count,
  done,
  failed,
  skipped,
});

describe('the bar of a job', () => {
  it.each<[State, number | null, [number, number, number], number]>([
    ['running', 12, [0, 0, 0], 0],
    ['running', 12, [3, 0, 0], 25],
    ['running', 12, [1, 1, 1], 25],
    ['running', 3, [1, 0, 0], 33],
    ['running', 1_000, [999, 0, 0], 99],
    ['running', 12, [12, 0, 0], 99],
    ['running', 0, [0, 0, 0], 0],
    ['running', null, [500, 0, 0], 0],
    ['cancelling', 12, [6, 0, 0], 50],
    ['cancelled', 12, [3, 0, 0], 25],
    ['failed', 12, [3, 6, 0], 75],
    ['done', 12, [12, 0, 0], 100],
    ['done', null, [500, 0, 0], 100],
  ])('%s, of %s events %j are done, failed and skipped: %i %%', (state, count, numbers, percent) => {
    expect(percentOf(job(state, count, numbers))).toBe(percent);
  });
});

describe('a job in words', () => {
  it.each<[State, number | null, [number, number, number], string]>([
    ['running', 12, [3, 0, 0], 'Running: 3 of 12 events'],
    ['running', 1, [0, 0, 0], 'Running: 0 of 1 event'],
    ['running', null, [1, 0, 0], 'Running: 1 event'],
    ['running', null, [12_345, 0, 0], 'Running: 12,345 events'],
    ['cancelling', 12, [3, 1, 0], 'Being cancelled: 3 of 12 events, 1 failed'],
    ['done', 12, [9, 1, 2], 'Done: 9 of 12 events, 1 failed, 2 skipped'],
  ])('%s, of %s events %j are done, failed and skipped', (state, count, numbers, words) => {
    expect(jobText(job(state, count, numbers))).toBe(words);
  });

  it('have the times of the API as the page shows times', () => {
    const waiting = {
      ...job('running', 2, [2, 0, 0]),
      note: 'Its text.',
      facts: [{ code: 'last_check', at: '2026-11-26T12:11:51.802Z' } as const],
    };
    expect(jobText(waiting)).toMatch(
      /^Running: 2 of 2 events\. Every held .+ checks once more after Nov 2\d, 2026, .+\. Then it is done\.$/,
    );
  });

  it('end with why a release waits', () => {
    const waiting = { ...job('running', 2, [2, 0, 0]), note: 'It checks once more.' };
    expect(jobText(waiting)).toBe('Running: 2 of 2 events. It checks once more.');
  });
});

it('a job is open until it has ended', () => {
  const states: State[] = ['running', 'cancelling', 'done', 'cancelled', 'failed'];
  expect(states.filter((state) => isOpen({ state }))).toEqual(['running', 'cancelling']);
});

it('the release that runs is found among replays and releases that are over', () => {
  const replay = { id: 'run_1', kind: 'replay', state: 'running' } as const;
  const over = { id: 'release-1', kind: 'release', state: 'done' } as const;
  const runs = { id: 'release-2', kind: 'release', state: 'running' } as const;
  expect(runningRelease([replay, over, runs])?.id).toBe('release-2');
  expect(runningRelease([replay, over])).toBeUndefined();
});

it.each([
  [0, true, 'New events wait'],
  [0, false, 'At least 0 events wait'],
  [1, true, '1 event waits'],
  [1, false, 'At least 1 event waits'],
  [12, true, '12 events wait'],
  [12_345, false, 'At least 12,345 events wait'],
  [undefined, false, 'Its events wait'],
])('%s held events, all counted: %s', (count, isComplete, words) => {
  expect([true, false].map((isActive) => text.hold.held(isActive, count, isComplete))).toEqual([
    `The endpoint is held: it stores new webhooks, but publishes none of them. ${words} until the endpoint is released. Events from before the hold can be replayed.`,
    `The endpoint is held: once it is active, it stores new webhooks, but publishes none of them. ${words} until the endpoint is released. Events from before the hold can be replayed.`,
  ]);
});
