/** A replay of many is begun by a plan alone. */
import { describe, expect, test } from '@jest/globals';
import { ReplayPlans } from '../../../clients/mcp/replay-plans.ts';
import { anAgent, anApi } from './given-agent.ts';

const key = 'POST /v1/connections/{name}/replays';
const [from, to] = ['2026-03-01T12:00:00.000Z', '2026-03-01T13:00:00.000Z'];
const run = 'run_00000000-0000-4000-8000-000000000000';
const plan = { connection: 'orders', from, to, count: 2 };

interface Given {
  /** The counts of the dry runs, one after the other. */
  counts: number[];
  complete?: boolean;
  /** The count of the replay that begins. */
  begun?: number | null;
}

/** A deployment that counts so many events, and a client. */
async function aDeploymentWith({ counts, complete = true, begun = 2 }: Given) {
  const left = [...counts];
  const counted = { from, to, upTo: to, skipped: 0, skippedBecause: {}, first: null, last: null, writeUnits: 0 };
  const cancelled = {
    ...{ id: run, kind: 'replay', state: 'cancelling', from, to, rate: 50, count: 3, done: 0, failed: 0, skipped: 0 },
    ...{ skippedBecause: {}, etaSeconds: null, startedAt: from },
  };
  const { api, asked } = anApi({
    [key]: ({ body }: { body: { dryRun?: boolean } }) =>
      body.dryRun ? { ...counted, count: left.shift(), complete, sample: [] } : { id: run, from, to, count: begun },
    'DELETE /v1/connections/{name}/replays/{id}': cancelled,
  });
  const { call } = await anAgent(api, ['read', 'replay']);
  const asks = () => asked.map(({ key: route, request }) => [route.split(' ')[0], request['body']]);
  return { call, asks };
}

const range = { connection: 'orders', from, type: 'invoice.*' };

test('the replay is of the range that was counted, and as fast as is asked for', async () => {
  const { call, asks } = await aDeploymentWith({ counts: [2, 2] });
  const { answer } = await call('plan_replay', range);
  const started = await call('replay_events', { planId: answer?.['planId'], count: 2, ratePerSecond: 7 });
  expect(started.answer).toEqual({ id: run, connection: 'orders', from, to, count: 2 });
  expect(asks()).toEqual([
    ['POST', { from, type: 'invoice.*', dryRun: true }],
    ['POST', { from, to, type: 'invoice.*', dryRun: true }],
    ['POST', { from, to, type: 'invoice.*', ratePerSecond: 7 }],
  ]);
});

test.each([
  ['the count is another', { counts: [2, 2] }, 3, 'The plan has 2 events, not 3.', 1],
  ['there are more by now', { counts: [2, 3] }, 2, 'The plan has 2 events, not 3.', 2],
  ['more came while it began', { counts: [2, 2], begun: 3 }, 2, 'The plan has 2 events, not 3.', 4],
  ['too many came while it began', { counts: [2, 2], begun: null }, 2, 'not too many to count.', 4],
])('nothing is published if %s', async (_, counts, count, said, asked) => {
  const { call, asks } = await aDeploymentWith(counts);
  const { answer } = await call('plan_replay', range);
  const { isError, text } = await call('replay_events', { planId: answer?.['planId'], count });
  expect([isError, text]).toEqual([true, expect.stringContaining(said)]);
  // The last of four is that the replay is cancelled.
  expect(asks().map(([method]) => method)).toEqual(['POST', 'POST', 'POST', 'DELETE'].slice(0, asked));
});

test('fewer events than planned are no reason to refuse', async () => {
  const { call } = await aDeploymentWith({ counts: [2, 1], begun: 1 });
  const { answer } = await call('plan_replay', range);
  expect((await call('replay_events', { planId: answer?.['planId'], count: 2 })).answer).toMatchObject({ count: 1 });
});

test.each([
  ['nothing is there', { counts: [0] }],
  ['not all can be counted', { counts: [9], complete: false }],
])('there is no plan if %s', async (_, counts) => {
  const { call } = await aDeploymentWith(counts);
  expect((await call('plan_replay', range)).answer).not.toHaveProperty('planId');
});

describe('a plan', () => {
  const start = Date.parse(from);

  test('is used once', () => {
    const plans = new ReplayPlans(() => new Date(start));
    const { planId, expiresAt } = plans.add(plan);
    expect([expiresAt, plans.take(planId), plans.take(planId)]).toEqual(['2026-03-01T12:10:00.000Z', plan, undefined]);
  });

  test.each([
    [599_999, plan],
    [600_000, undefined],
  ])('lives ten minutes: after %i ms', (ms, taken) => {
    let now = start;
    const plans = new ReplayPlans(() => new Date(now));
    const { planId } = plans.add(plan);
    now += ms;
    expect(plans.take(planId)).toEqual(taken);
  });

  test('goes when a hundred others have come', () => {
    const plans = new ReplayPlans(() => new Date(start));
    const ids = Array.from({ length: 101 }, () => plans.add(plan).planId);
    expect([plans.take(ids[0] ?? ''), plans.take(ids[1] ?? '')]).toEqual([undefined, plan]);
  });
});
