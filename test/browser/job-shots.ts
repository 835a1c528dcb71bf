/** Pictures of jobs: each kind and each state, and what can go wrong when one is cancelled. */
import { openReplay } from './event-shots.ts';
import { answerWith, fail, list, minutesAgo, press, type Shot } from './shot.ts';

/** A redelivery of many that has not ended. */
export const redelivery = {
  ...{ id: 'rdl_0', destination: 'crm', state: 'running', statuses: ['given_up'], by: 'bootstrap', rate: 50 },
  ...{ from: minutesAgo(180), to: minutesAgo(120), startedAt: minutesAgo(20), begunAt: minutesAgo(20) },
  ...{ count: 1200, done: 340, failed: 2, skipped: 11, skippedBecause: { expired: 11 }, etaSeconds: 17 },
};

const aReplay = { ...openReplay, type: 'invoice.*' };

/** Jobs of each kind and state, and one that waits. */
const jobs = [
  aReplay,
  { ...redelivery, kind: 'redelivery' },
  { ...aReplay, id: 'run_1', connection: 'shop-orders', done: 0, skipped: 0, skippedBecause: {}, begunAt: undefined },
  { ...aReplay, id: 'run_2', state: 'cancelling' },
  { ...aReplay, id: 'release_0', kind: 'release', type: undefined, etaSeconds: null, skippedBecause: {}, skipped: 0 },
  ...['done', 'cancelled', 'failed'].map((state) => ({
    ...{ ...aReplay, id: `run_${state}`, state, etaSeconds: null, skipped: 0, skippedBecause: {} },
    ...{ done: state === 'done' ? 5000 : 1200, failed: state === 'failed' ? 7 : 0 },
  })),
];

export const jobShots: Shot[] = [
  {
    name: 'jobs',
    path: '/jobs',
    reads: /\/v1\/jobs/,
    answer: answerWith({ ...list, items: jobs }),
    says: 'It should have begun by now.',
  },
  {
    name: 'jobs, older ones',
    path: '/jobs',
    reads: /\/v1\/jobs/,
    answer: answerWith({ items: jobs.slice(-3), nextCursor: 'more' }),
    says: 'Load older jobs',
  },
  {
    name: 'jobs, cancelling one fails',
    path: '/jobs',
    reads: /\/v1\/(jobs|connections\/code\/replays)/,
    answer: (route) =>
      route.request().method() === 'DELETE' ? fail(route) : answerWith({ ...list, items: jobs })(route),
    act: press('Cancel'),
    says: 'That did not work',
  },
  { name: 'jobs, none found', path: '/jobs#kind=release&state=failed', says: 'No job matches' },
];
