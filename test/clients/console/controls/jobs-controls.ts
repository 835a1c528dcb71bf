/** The page of all jobs: what it shows, how it is narrowed, and how a job is cancelled. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { view } from './given-page.ts';
import { aDestination, aJob, aRedelivery, shop } from './given-records.ts';

type ListedJob = ApiAnswer<'GET /v1/jobs'>['items'][number];

const replay = (more: Partial<ReturnType<typeof aJob>> = {}): ListedJob => ({
  ...aJob({ id: 'run-1', type: 'invoice.*', by: 'op_1', ...more }),
  connection: 'shop',
});
const release = (more: Partial<ReturnType<typeof aJob>> = {}): ListedJob => ({
  ...aJob({ id: 'release-1', kind: 'release', by: 'op_1', ...more }),
  connection: 'orders',
});
const redelivery = (more: Partial<ReturnType<typeof aRedelivery>> = {}): ListedJob => ({
  ...aRedelivery({ begunAt: '2026-11-26T10:00:00.000Z', ...more }),
  kind: 'redelivery',
});
const list = (items: ListedJob[], nextCursor: string | null = null) => ({ items, nextCursor });

/** A redelivery whose deliveries are not counted here. */
const uncounted: Answers = { 'GET /v1/destinations/{name}/redeliveries/{id}': aRedelivery() };

const record: Answers = {
  ...uncounted,
  'GET /v1/connections/{name}': shop(),
  'GET /v1/destinations/{name}': aDestination(),
};

test('all jobs have their owner, their author and how far they are', async () => {
  stopClock('2026-11-26T12:00:00.000Z');
  const app = await openConsole('/jobs', {
    ...record,
    'GET /v1/operators/names': { items: [{ id: 'op_1', name: 'Ann' }] },
    'GET /v1/jobs': list([
      replay(),
      release({ state: 'done', done: 12 }),
      redelivery({ destination: 'crm', rule: 'r1', connection: 'orders', state: 'cancelled' }),
    ]),
  });
  const time = 'Nov 26, 2026, 6:30:00 AM GMT-3:30';
  expect(app.titles).toEqual([
    'Jobs – Hooklatch',
    'Jobs Replays of many events, releases of held ones, and redeliveries of many, of the last 30 days.',
  ]);
  expect(app.cells.map((row) => row.slice(1, 5))).toEqual([
    ['Replay', 'shop', `Events of the type invoice.* from ${time} to ${time}`, 'Ann op_1'],
    ['Release', 'orders', `Events held from ${time} to ${time}`, 'Ann op_1'],
    [
      ...['Redelivery', 'crm'],
      `Deliveries that are given up, by the rule r1, of orders, from ${time} to ${time}`,
      'op_0',
    ],
  ]);
  expect(app.cells.map((row) => row[5])).toEqual([
    expect.stringContaining('Running: 3 of 12 events'),
    'Done: 12 of 12 events',
    'Cancelled: 3 of 12 deliveries',
  ]);
  await app.press('link', 'shop', { page: '/console/connections/shop', shows: ['Endpoint URL'] });
});

test('a job that stands still says why', async () => {
  stopClock('2026-11-26T12:00:00.000Z');
  const waiting = { begunAt: undefined, startedAt: '2026-11-26T11:59:50.000Z', done: 0 };
  const items = [
    replay(waiting),
    release({ etaSeconds: 7_200, rate: 1, skippedBecause: { held: 2 } }),
    redelivery({ state: 'running' }),
  ];
  const app = await openConsole('/jobs', {
    ...uncounted,
    'GET /v1/jobs': ({ query }) => (query.has('limit', '200') ? list([...items, ...others]) : list(items)),
    'GET /v1/destinations/{name}/health': { state: 'paused' as const, waiting: { count: 1, isMore: false } },
  });
  expect(app.cells.map((row) => row[5])).toEqual([
    expect.stringContaining('It waits: 9 other jobs are open, and eight are worked on at once.'),
    expect.stringMatching(/At 1 event a second, the rest takes about 2 hours\.2 events are held by the endpoint/),
    expect.stringContaining('The destination is paused: what is redelivered waits until it is resumed.'),
  ]);
});

test.each([
  [1_199, 1],
  [1_200, 7],
])('in a window of %d pixels, a job has its columns beside each other if they fit', async (width, cells) => {
  view.width = width;
  const app = await openConsole('/jobs', { 'GET /v1/jobs': list([replay()]) });
  expect(app.cells.map((row) => row.length)).toEqual([cells]);
});

test('a job that has not done all says why, and what to do', async () => {
  const items = [
    replay({ state: 'failed', failed: 1 }),
    redelivery({ state: 'failed', destination: 'crm' }),
    replay({ id: 'run-2', state: 'done', failed: 1 }),
    redelivery({ id: 'rdl-2', state: 'cancelled', failed: 2 }),
  ];
  const app = await openConsole('/jobs', { ...uncounted, 'GET /v1/jobs': list(items) });
  expect(app.cells.map((row) => row[5])).toEqual([
    expect.stringMatching(/^Failed: 3 of 12 events, 1 failed\s*Its connection was deleted meanwhile/),
    expect.stringMatching(/^Failed: 3 of 12 deliveries\s*Its destination was deleted meanwhile\. .*“Replay many”/),
    expect.stringMatching(/1 event could not be published after three tries: .*“Replay many” for the same time/),
    expect.stringMatching(/2 deliveries could not be sent again after three tries: .*“Redeliver these”/),
  ]);
});

const others = Array.from({ length: 8 }, (_, index) => replay({ id: `run-other-${index}` }));

describe('the list of jobs', () => {
  const narrowed: Answers = {
    ...uncounted,
    'GET /v1/jobs': ({ query }) => {
      if (query.get('kind') === 'release') return list([release({ state: 'done' })]);
      if (query.get('connection') === 'crm') return new Refusal(404, 'There is no such connection.');
      if (query.has('state') || query.has('connection')) return list([]);
      return query.has('cursor') ? list([redelivery()]) : list([replay()], 'n1');
    },
  };

  test('is narrowed by kind, state and connection, and the URL keeps it', async () => {
    const app = await openConsole('/jobs', narrowed);
    await app.choose(/^Kind/, 'Release');
    await app.settle();
    expect([location.hash, app.cells.map((row) => row[1])]).toEqual(['#kind=release', ['Release']]);
    await app.press('button', 'Clear', { rows: ['shop'], shows: ['Load older jobs'] });
    await app.choose(/^State/, 'Not ended');
    await app.settle();
    expect([location.hash, app.text]).toEqual(['#state=open', expect.stringContaining('No job matches')]);
    await app.press('button', 'Clear', { rows: ['shop'], hides: ['No job matches'] });
    await app.enter(/^Connection/, 'orders');
    await app.press('button', 'Find', { shows: ['No job matches'], hides: ['Load older jobs'] });
    expect(location.hash).toBe('#connection=orders');
  });

  test('has older ones on request', async () => {
    const app = await openConsole('/jobs', narrowed);
    await app.press('button', 'Load older jobs', { hides: ['Load older jobs'] });
    expect(app.cells.map((row) => row[1])).toEqual(['Replay', 'Redelivery']);
  });

  test('of which none are on the first page are looked for further, and nothing else is said', async () => {
    const app = await openConsole('/jobs#state=failed', {
      'GET /v1/jobs': ({ query }) => (query.has('cursor') ? list([]) : list([], 'n1')),
    });
    await app.shows('None so far“Load older jobs” looks further.');
    await app.press('button', 'Load older jobs', {
      hides: ['None so far', 'Load older jobs'],
      shows: ['No job matches'],
    });
  });

  test('of a connection is where its page leads', async () => {
    const app = await openConsole('/connections/shop', { ...record, ...narrowed });
    await app.press('link', 'Its jobs', { page: '/console/jobs', shows: ['No job matches'] });
    expect(location.hash).toBe('#connection=shop');
  });

  test('that could not be read is read again', async () => {
    const app = await openConsole('/jobs', { 'GET /v1/jobs': inTurn(new Refusal(500, 'Not now.'), list([replay()])) });
    await app.press('button', 'Try again', { hides: ['Not now.'], rows: ['shop'] });
  });
});

test('a replay and a redelivery are cancelled where they are listed, a release is not', async () => {
  const app = await openConsole('/jobs', {
    ...uncounted,
    'GET /v1/jobs': inTurn(list([replay()]), list([redelivery()]), list([release()])),
    'DELETE /v1/connections/{name}/replays/{id}': aJob({ state: 'cancelling' }),
    'DELETE /v1/destinations/{name}/redeliveries/{id}': aRedelivery({ state: 'cancelling' }),
  });
  await app.press('button', 'Cancel', { sent: ['DELETE /v1/connections/shop/replays/run-1'] });
  await app.press('button', 'Cancel', { sent: ['DELETE /v1/destinations/shop/redeliveries/rdl-1'] });
  expect(app.isOffered('button', 'Cancel')).toBe(false);
});
