/** What came of the deliveries of a redelivery of many, beside its progress and in the list of jobs. */
import { describe, expect, test } from '@jest/globals';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { ownClock, stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { aDestination, aRedelivery } from './given-records.ts';

const now = '2026-11-26T12:00:00.000Z';

type Redelivery = ReturnType<typeof aRedelivery>;
type Counts = NonNullable<Redelivery['outcomes']>['counts'];

/** The counts of a job that has queued 28 deliveries, and has ended. */
const aCount = (counts: Counts, { complete = true, ...job }: Partial<Redelivery> & { complete?: boolean } = {}) => ({
  ...aRedelivery({ state: 'done', count: 28, done: 28, endedAt: now, ...job }),
  outcomes: { counts, complete },
});

/** A destination with a job that goes on in the list, and what is counted at each time. */
const answersWith = (...reads: [Redelivery | Refusal, ...Redelivery[]]): Answers => {
  const counted = inTurn(...reads);
  return {
    'GET /v1/destinations/{name}': aDestination(),
    'GET /v1/destinations/{name}/deliveries': { items: [], nextCursor: null },
    'GET /v1/destinations/{name}/redeliveries': { items: [aRedelivery()], nextCursor: null },
    'GET /v1/destinations/{name}/redeliveries/{id}': ({ query }) =>
      query.get('include') === 'outcomes' ? counted() : aRedelivery(),
  };
};

const counts = (reads: readonly string[]): number => reads.filter((read) => read.includes('include=outcomes')).length;

describe('beside the progress', () => {
  const path = '/destinations/shop/deliveries';

  test('it goes on being counted after the end of the job, while some wait', async () => {
    ownClock(now);
    const app = await openConsole(
      path,
      answersWith(
        aCount({ waiting: 20, delivered: 3 }, { state: 'running', done: 23 }),
        aCount({ waiting: 25, delivered: 3 }),
        aCount({ parked: 2, given_up: 1, delivered: 25 }),
        aCount({ given_up: 1, delivered: 27 }),
      ),
    );
    await app.passes(1);
    expect(app.text).toContain('23 queued: 3 delivered, 20 waiting');
    for (const said of [
      '28 queued: 3 delivered, 25 waiting',
      '28 queued: 25 delivered, 1 given up, 2 parked',
      '28 queued: 27 delivered, 1 given up',
    ]) {
      await app.passes(5);
      expect(app.text).toContain(said);
    }
    await app.passes(70);
    expect(counts(app.api.reads)).toBe(4);
  });

  test.each([
    [
      aCount({ delivered: 990, waiting: 10 }, { complete: false, done: 1_200 }),
      '1,200 queued. The first 1,000: 990 delivered, 10 waiting',
    ],
    [aCount({ delivered: 26 }), '28 queued: 26 delivered, 2 redelivered once more since, or gone'],
    // Those of the last page are not in the index yet.
    [aCount({ waiting: 26 }, { state: 'running' }), '28 queued: 26 waiting'],
  ])('it says how much was counted: %#', async (count, said) => {
    stopClock(now);
    const app = await openConsole(path, answersWith(count));
    expect(app.text).toContain(`${said}Started by`);
  });

  test('it is counted again after a minute where some are missing', async () => {
    ownClock(now);
    const app = await openConsole(path, answersWith(aCount({ delivered: 26 }), aCount({ delivered: 28 })));
    await app.passes(50);
    expect(counts(app.api.reads)).toBe(1);
    await app.passes(12);
    expect(app.text).toContain('28 queued: 28 deliveredStarted by');
  });

  test.each([
    ['before anything is queued', aCount({}, { state: 'running', done: 0 })],
    ['if it can’t be counted', new Refusal(422, 'No.')],
  ])('nothing is said %s', async (_, count) => {
    const app = await openConsole(path, answersWith(count));
    expect(app.text).toContain('Running: 3 of 12 deliveries');
    expect(app.text).not.toContain('queued');
  });
});

describe('in the list of jobs', () => {
  const open = (more: Partial<Redelivery>) => {
    stopClock(now);
    return openConsole('/jobs', {
      ...answersWith(aCount({ delivered: 3, waiting: 25 })),
      'GET /v1/jobs': {
        items: [{ ...aRedelivery({ state: 'done', count: 28, done: 28, ...more }), kind: 'redelivery' }],
        nextCursor: null,
      },
    });
  };

  test.each([
    ['that goes on', { state: 'running' }],
    ['that ended less than a day ago', { endedAt: '2026-11-25T12:00:00.001Z' }],
  ] as const)('a redelivery %s is counted', async (_, more) => {
    const app = await open(more);
    expect(app.cells[0]?.[5]).toContain('28 queued: 3 delivered, 25 waiting');
  });

  test.each([
    ['that ended a day ago', { endedAt: '2026-11-25T12:00:00.000Z' }],
    ['that has queued nothing', { state: 'running', done: 0 }],
  ] as const)('a redelivery %s is not', async (_, more) => {
    const app = await open(more);
    expect([app.cells.length, counts(app.api.reads)]).toEqual([1, 0]);
  });
});
