import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventRow } from '../../../../shared/events/event/event.ts';
import {
  holdIdIn,
  newRelease,
  newReplay,
  type ReplayJob,
  releaseIdOf,
  replayJobIdForm,
  replayJobSchema,
  visibleRangeOf,
  whyNotReplayed,
} from '../../../../shared/events/event/replay-job.ts';
import {
  afterReplayPage,
  nextActionOf,
  type ReplayPageResult,
} from '../../../../shared/events/event/replay-job-step.ts';
import {
  isReplayListPosition,
  replayViewOf,
  replayViewSchema,
} from '../../../../shared/events/event/replay-job-view.ts';
import { jobListOf } from '../../../../shared/ground/job/job-view.ts';

const start = Date.parse('2026-03-01T12:00:00.000Z');
const at = (seconds: number): Date => new Date(start + seconds * 1000);
const text = (seconds: number): string => at(seconds).toISOString();

const aReplay = (more: Partial<ReplayJob> = {}): ReplayJob => ({
  ...newReplay({
    id: 'run_1',
    connection: 'orders',
    connectionId: 'c1',
    from: text(-3600),
    to: text(0),
    rate: 50,
    count: 100,
    startedAt: text(0),
  }),
  ...more,
});

const aRelease = (): ReplayJob =>
  newRelease(
    { connection: 'orders', connectionId: 'c1', holdId: 'h1', since: text(-600), releasedAt: text(0), by: 'op_1' },
    at(1),
  );

const aPage = (more: Partial<ReplayPageResult> = {}): ReplayPageResult => ({
  begunAt: at(10),
  done: 0,
  failed: 0,
  skips: {},
  next: undefined,
  ...more,
});

/** The sort key of an event in the list: unique, and in the order of arrival. */
const keyOf = (n: number): string => `${text(-3600 + n)}#evt_${n}`;

describe('a replay', () => {
  test('waits until the list has all its events', () => {
    expect(nextActionOf(aReplay(), at(11))).toEqual({ kind: 'wait', ms: 4_000 });
    // Never longer at once, so that the lease is renewed and a cancelled job ends.
    expect(nextActionOf(aReplay(), at(9))).toEqual({ kind: 'wait', ms: 5_000 });
    expect(nextActionOf(aReplay(), at(-15))).toEqual({ kind: 'wait', ms: 5_000 });
    // The clock was set back: an invocation would wait past its time.
    expect(nextActionOf(aReplay(), at(-16))).toEqual({ kind: 'rest' });
    expect(nextActionOf(aReplay(), at(-347))).toEqual({ kind: 'rest' });
    expect(nextActionOf(aReplay(), at(14.999))).toEqual({ kind: 'wait', ms: 1 });
    expect(nextActionOf(aReplay(), at(15))).toEqual({ kind: 'page', after: undefined, from: text(-3600), to: text(0) });
  });

  test('reads every event in order, even if it crashes and continues from its stored progress', () => {
    const walks = fc.array(fc.record({ size: fc.integer({ min: 1, max: 7 }), crashes: fc.boolean() }), {
      minLength: 1,
      maxLength: 30,
      size: 'max',
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), walks, (events, walk) => {
        const keys = Array.from({ length: events }, (_, n) => keyOf(n));
        const read: string[] = [];
        let written = aReplay();
        for (let turn = 0; written.progress.ended === undefined; turn += 1) {
          const { size = 7, crashes = false } = walk[turn] ?? {};
          const next = nextActionOf(written, at(20));
          if (next.kind !== 'page') throw new Error(`${next.kind} is not expected`);
          const rest = keys.filter((key) => next.after === undefined || key > next.after);
          const page = rest.slice(0, size);
          read.push(...page.filter((key) => !read.includes(key)));
          if (crashes) continue;
          const more = rest.length > page.length;
          written = afterReplayPage(written, aPage({ done: page.length, next: more ? page.at(-1) : undefined }));
        }
        expect(read).toEqual(keys);
        expect(written.progress.done).toBe(events);
      }),
    );
  });

  test('ends as cancelled before its next page, or as done if no page is left', () => {
    const run = aReplay({ state: 'cancelling', progress: { done: 3, failed: 0, skipped: 1 } });
    expect(nextActionOf(run, at(20))).toEqual({ kind: 'end', state: 'cancelled' });
    expect(nextActionOf(afterReplayPage(run, aPage({ done: 1, next: keyOf(1) })), at(20))).toMatchObject({
      state: 'cancelled',
    });
    expect(nextActionOf(afterReplayPage(run, aPage({ done: 1 })), at(20))).toEqual({ kind: 'end', state: 'done' });
  });

  const having = (done: number, more: Partial<ReplayJob['progress']> = {}): Partial<ReplayJob> => ({
    progress: { done, failed: 0, skipped: 0, begunAt: text(0), ...more },
  });
  // 10 s after its first page; its rate is 50 a second.
  test.each<[string, Partial<ReplayJob>, number | null]>([
    ['40 s for 80 events, after 20 events in 10 s', having(20), 40],
    [
      '30 s for 75 events, after 25 published, failed and skipped events in 10 s',
      having(20, { failed: 1, skipped: 4 }),
      30,
    ],
    ['at least the time that its rate allows', having(10, { begunAt: text(9.9) }), 2],
    ['400 s for 80 events, after 20 events in 100 s', having(20, { begunAt: text(-90) }), 400],
    ['0 s if it processed more events than were counted', having(120), 0],
    ['nothing before the first event', having(0), null],
    ['0 s if there is no event', { ...having(0), count: 0 }, 0],
    ['nothing if it is not known when it began', { progress: { done: 20, failed: 0, skipped: 0 } }, null],
    ['nothing if its events were not counted', { ...having(20), count: null }, null],
    ['nothing if it is done', { ...having(20), state: 'done' }, null],
  ])('estimates %s', (_, more, expected) => {
    expect(replayViewOf(aReplay(more), at(10)).etaSeconds).toBe(expected);
  });

  test('adds up the reasons of skipped events over all pages', () => {
    const first = afterReplayPage(aReplay(), aPage({ skips: { held: 2, test: 1 }, next: keyOf(1) }));
    const second = afterReplayPage(first, aPage({ begunAt: at(20), done: 1, skips: { held: 1, expired: 4 } }));
    expect(replayViewOf(second, at(30))).toMatchObject({
      done: 1,
      skipped: 8,
      skippedBecause: { held: 3, test: 1, expired: 4 },
    });
    expect(second.progress.begunAt).toBe(text(10));
  });

  test('shows the number of processed events as its count if that is larger than the count at the start', () => {
    expect(replayViewOf(aReplay(having(120)), at(10)).count).toBe(120);
  });
});

describe('a list of replay jobs', () => {
  const aRun = (id: string, startedAt: number): ReplayJob => aReplay({ id, startedAt: text(startedAt) });

  test('ends with a page that is just full', () => {
    const jobs = [aRun('run_1', 1), aRun('run_2', 2)];
    expect(jobListOf(jobs, 2, undefined)).toEqual({ shown: [aRun('run_2', 2), aRun('run_1', 1)] });
    expect(jobListOf(jobs, 1, undefined)).toHaveProperty('next', `${text(2)}#run_2`);
  });

  test('has each job once, the newest first, for every page size', () => {
    const starts = fc.array(fc.nat(5), { size: 'max', maxLength: 12 });
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 4 }), (list, limit) => {
        const runs = list.map((start, n) => aRun(`run_${n}`, start));
        const seen: ReplayJob[] = [];
        let after: string | undefined;
        do {
          const page = jobListOf(runs, limit, after);
          expect(page.shown).toHaveLength(Math.min(limit, runs.length - seen.length));
          seen.push(...page.shown);
          after = page.next;
        } while (after !== undefined);
        expect(new Set(seen)).toEqual(new Set(runs));
        expect(seen).toHaveLength(runs.length);
        const times = seen.map(({ startedAt }) => startedAt);
        expect(times).toEqual([...times].sort().reverse());
      }),
    );
  });
});

describe('a release', () => {
  test('covers its hold and an hour before and after it, because clocks can differ', () => {
    const range = { from: text(-4200), to: text(3720) };
    expect(aRelease()).toMatchObject({ id: 'release-h1', ...range, count: null });
    expect(nextActionOf(aRelease(), at(1))).toEqual({ kind: 'wait', ms: 4_000 });
    for (const now of [30, 600])
      expect(nextActionOf(aRelease(), at(now))).toEqual({ kind: 'page', after: undefined, ...range });
  });

  // A faster job writes several events at a time, in no order.
  test('publishes at most 100 events a second, so the oldest comes first', () => {
    expect(aRelease().rate).toBe(100);
  });

  test('shows the count of its first page, and the time range of its hold', () => {
    const first = afterReplayPage(aRelease(), aPage({ done: 2, count: 5, next: keyOf(1) }));
    const second = afterReplayPage(first, aPage({ begunAt: at(12), done: 1, next: keyOf(2) }));
    expect(replayViewOf(second, at(16))).toMatchObject({
      kind: 'release',
      from: text(-600),
      to: text(0),
      count: 5,
      done: 3,
      etaSeconds: 4,
    });
    expect(afterReplayPage(aRelease(), aPage({ count: null })).count).toBeNull();
  });

  test('begins its second pass 2 minutes after the release, and ends when a pass finds nothing', () => {
    const first = afterReplayPage(aRelease(), aPage({ done: 2 }));
    expect(nextActionOf(first, at(119))).toEqual({ kind: 'rest' });
    expect(nextActionOf(first, at(120))).toMatchObject({ kind: 'page', after: undefined });
    const second = afterReplayPage(first, aPage({ begunAt: at(120), done: 1 }));
    expect(nextActionOf(second, at(121))).toMatchObject({ kind: 'page', after: undefined });
    const third = afterReplayPage(second, aPage({ begunAt: at(121) }));
    expect(third.progress).toMatchObject({ ended: 'done', done: 3 });
  });

  test('has a note that it only waits, if all events of its pass are published', () => {
    const publishing = afterReplayPage(aRelease(), aPage({ done: 1, count: 2, next: keyOf(1) }));
    expect(replayViewOf(publishing, at(11))).not.toHaveProperty('note');
    const waiting = afterReplayPage(publishing, aPage({ begunAt: at(11), done: 1 }));
    expect(replayViewOf(waiting, at(20)).note).toBe(
      'Every held event is published. An event that was being stored at the release can still arrive. The release therefore checks once more after 2026-03-01T12:02:00.000Z. Then it is done.',
    );
    const ended = afterReplayPage(waiting, aPage({ begunAt: at(121) }));
    expect(replayViewOf(ended, at(122))).not.toHaveProperty('note');
  });

  test('has a note that it tries again, if an event could not be published', () => {
    const failing = afterReplayPage(aRelease(), aPage({ done: 1, failed: 1, count: 2 }));
    expect(replayViewOf(failing, at(20)).note).toBe(
      'The release has gone through the held events. It goes through them again after 2026-03-01T12:02:00.000Z, for events that could not be published or arrived late.',
    );
  });

  test('never ends with a pass that began less than 2 minutes after the release', () => {
    const pages = fc.array(fc.record({ after: fc.integer({ min: 1, max: 200 }), done: fc.nat(2), more: fc.boolean() }));
    fc.assert(
      fc.property(pages, (list) => {
        let run = aRelease();
        let now = 5;
        let begun: number | undefined;
        let found = 0;
        for (const { after, done, more } of list) {
          if (nextActionOf(run, at(now)).kind !== 'page') now += 120;
          begun ??= now;
          found += done;
          run = afterReplayPage(run, aPage({ begunAt: at(now), done, next: more ? keyOf(1) : undefined }));
          expect(run.progress.ended).toBe(!more && begun >= 120 && found === 0 ? 'done' : undefined);
          if (run.progress.ended) return;
          if (!more) [begun, found] = [undefined, 0];
          now += after;
        }
      }),
    );
  });

  test('goes on after a pass that published an event while another one failed', () => {
    const pass = { begunAt: text(120), found: 1 };
    const job = { ...aRelease(), progress: { ...aRelease().progress, pass } };
    for (const page of [aPage({ done: 1 }), aPage({ failed: 1 }), aPage({ done: 1, failed: 1 })])
      expect(afterReplayPage(job, page).progress).not.toHaveProperty('ended');
    // A day after its end, a release that still finds new events goes on. Only failures end it.
    expect(afterReplayPage(aRelease(), aPage({ begunAt: at(86_400), done: 1 })).progress).not.toHaveProperty('ended');
  });

  test('ends with a pass that began exactly 2 minutes after it', () => {
    expect(afterReplayPage(aRelease(), aPage({ begunAt: at(120) })).progress).toMatchObject({ ended: 'done' });
    expect(afterReplayPage(aRelease(), aPage({ begunAt: at(119) })).progress).not.toHaveProperty('ended');
  });

  test('tries failed events again after a minute, and gives up after a day', () => {
    const failing = (begunAt: number) => afterReplayPage(aRelease(), aPage({ begunAt: at(begunAt), failed: 1 }));
    expect(failing(130)).toMatchObject({ progress: { failed: 0 } });
    expect(nextActionOf(failing(130), at(189))).toEqual({ kind: 'rest' });
    expect(nextActionOf(failing(130), at(190))).toMatchObject({ kind: 'page' });
    expect(failing(86_400)).toMatchObject({ progress: { ended: 'failed', failed: 1 } });
  });
});

const uuid = '11111111-1111-4111-8111-111111111111';

test.each<[string, boolean]>([
  [`run_${uuid}`, true],
  [`release-${uuid}`, true],
  [`run_${uuid}1`, false],
  [`run_${uuid.slice(1)}`, false],
  [`xrun_${uuid}`, false],
  [`RUN_${uuid}`, false],
  [`run_${uuid.replace('1', 'g')}`, false],
  [uuid, false],
])('%s as the id of a replay job: %s', (id, expected) => {
  expect(replayJobIdForm.test(id)).toBe(expected);
  expect(isReplayListPosition(`2026-03-01T12:00:00.000Z#${id}`)).toBe(expected);
});

test.each([
  `26-03-01T12:00:00.000Z#run_${uuid}`,
  `2026-3-01T12:00:00.000Z#run_${uuid}`,
  `2026-03-1T12:00:00.000Z#run_${uuid}`,
  `2026-03-01T12:00:00.000#run_${uuid}`,
  `2026-03-01TnoonZ#run_${uuid}`,
  `2026-03-01TZ#run_${uuid}`,
  ` 2026-03-01T12:00:00.000Z#run_${uuid}`,
  `run_${uuid}`,
])('%j is not a position in the list of replay jobs', (text) => {
  expect(isReplayListPosition(text)).toBe(false);
});

test('the id of a release names its hold, the id of a replay names none', () => {
  expect(releaseIdOf('h1')).toBe('release-h1');
  expect(holdIdIn('release-h1')).toBe('h1');
  expect(holdIdIn('run_1')).toBeUndefined();
  expect(holdIdIn('release-')).toBeUndefined();
  expect(holdIdIn('xrelease-h1')).toBeUndefined();
});

test('an operator sees the whole range of a replay, and of a release only its hold', () => {
  expect(visibleRangeOf(aReplay())).toEqual({ from: text(-3600), to: text(0) });
  expect(visibleRangeOf(aRelease())).toEqual({ from: text(-600), to: text(0) });
});

test('the record of a job keeps the pass of a release', () => {
  const job = { ...aRelease(), progress: { ...aRelease().progress, pass: { begunAt: text(1), found: 3 } } };
  expect(replayJobSchema.parse(job)).toEqual(job);
});

test('an operator reads of a release when its pass ends, and of no cancelled one that it waits', () => {
  const waiting = afterReplayPage(aRelease(), aPage({ done: 1, count: null }));
  expect(replayViewSchema.parse(replayViewOf(waiting, at(20)))).toMatchObject({ kind: 'release', count: null });
  expect(replayViewOf(waiting, at(20)).note).toMatch(/^The release has gone through the held events/);
  expect(replayViewOf({ ...waiting, state: 'done' }, at(20))).not.toHaveProperty('note');
});

test.each(['running', 'cancelling', 'done', 'cancelled', 'failed'] as const)(
  'an operator reads of a job that is %s no more than the documented fields',
  (state) => {
    const view = replayViewOf(aReplay({ state, type: 'push' }), at(1));
    expect(replayViewSchema.parse(view)).toEqual({
      id: 'run_1',
      kind: 'replay',
      state,
      from: text(-3600),
      to: text(0),
      type: 'push',
      startedAt: text(0),
      count: 100,
      done: 0,
      failed: 0,
      skipped: 0,
      skippedBecause: {},
      rate: 50,
      etaSeconds: null,
    });
    expect(replayViewSchema.safeParse({ ...view, kind: 'other' }).success).toBe(false);
    expect(replayViewSchema.safeParse({ ...view, state: 'other' }).success).toBe(false);
  },
);

test.each<[string, Pick<EventRow, 'held' | 'test'>, string | undefined, 'held' | 'test' | undefined]>([
  ['no event without a hold', {}, 'h1', undefined],
  ['no event if there is no hold', {}, undefined, undefined],
  ['no event of an earlier hold', { held: 'h1' }, undefined, undefined],
  ['no event of another hold', { held: 'h1' }, 'h2', undefined],
  ['an event of the hold in force', { held: 'h1' }, 'h1', 'held'],
  ['the event of a test', { test: true }, undefined, 'test'],
  ['the event of a test, even if it is held', { test: true, held: 'h1' }, 'h1', 'test'],
])('a replay of many events skips %s', (_, row, hold, expected) => {
  expect(whyNotReplayed(row, hold)).toBe(expected);
});
