/** The overview: what needs somebody, and what of it could not be read. */
import { expect, test } from '@jest/globals';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { aDestination, designer, shop } from './given-records.ts';

const now = '2026-11-26T12:00:00.000Z';
const nothing = { items: [], nextCursor: null };
const day = (at: string, givenUp: number) => ({
  ...{ at, givenUp, accepted: 3, duplicates: 0, conflicts: 0, refused: {}, published: 3 },
});
const well = { state: 'well' as const, waiting: { count: 0, isMore: false } };

/** What the overview reads where nothing is wrong. */
const quiet: Answers = {
  'GET /v1/connections': { items: [shop()], nextCursor: null },
  'GET /v1/destinations': { items: [aDestination({ name: 'crm' })], nextCursor: null },
  'GET /v1/destinations/{name}/health': well,
  'GET /v1/destinations/{name}/deliveries': nothing,
  'GET /v1/stats': { items: [day('2026-11-25T00:00:00.000Z', 0)] },
};
const failure = new Refusal(500, 'Not now.');

test('nothing needs you, to whoever may read; the bar leads there', async () => {
  stopClock(now);
  const app = await openConsole('/operators', { ...quiet, 'GET /v1/me': designer });
  await app.press('link', 'Overview', { page: '/console/overview', shows: ['Nothing needs you'] });
  expect(app.api.reads.filter((read) => !read.endsWith('/me')).toSorted()).toEqual([
    'GET /v1/connections/shop/stats?by=hour&from=2026-11-25T13%3A00%3A00.000Z',
    'GET /v1/connections?include=stats&limit=200',
    'GET /v1/connections?include=stats&limit=200',
    'GET /v1/destinations/crm/health',
    'GET /v1/destinations?limit=200',
    // What this month costs so far.
    'GET /v1/stats?by=day&from=2026-11-01T00%3A00%3A00.000Z',
    'GET /v1/stats?by=day&from=2026-11-19T12%3A00%3A00.000Z',
    // The traffic, and then that of each connection.
    'GET /v1/stats?by=hour&from=2026-11-25T13%3A00%3A00.000Z',
  ]);
});

/** One thing that needs somebody each, and the page that its link leads to. */
const findings: [kind: string, answers: Answers, name: string, page: string][] = [
  [
    'Held for long',
    {
      'GET /v1/connections': {
        items: [shop({}, { held: true, heldSince: '2026-11-26T09:00:00.000Z' })],
        nextCursor: null,
      },
    },
    'shop',
    '/console/connections/shop',
  ],
  [
    'Destination fails',
    { 'GET /v1/destinations/{name}/health': { ...well, state: 'failing' } },
    'crm',
    '/console/destinations/crm',
  ],
  [
    'Deliveries given up',
    { 'GET /v1/destinations/{name}/health': { ...well, givenUpAt: now } },
    'crm',
    '/console/destinations/crm/deliveries',
  ],
];

test.each(findings)('%s: leads to where it is mended', async (kind, answers, name, page) => {
  const app = await openConsole('/overview', {
    ...quiet,
    'GET /v1/connections/{name}': shop(),
    'GET /v1/destinations/{name}': aDestination({ name: 'crm' }),
    ...answers,
  });
  expect(app.text).toContain(kind);
  await app.pressOnce('link', name, { page });
});

test('what can’t be read is said, and read again', async () => {
  stopClock(now);
  const app = await openConsole('/overview', { ...quiet, 'GET /v1/destinations': inTurn(failure, nothing) });
  await app.shows('Nothing was found in what could be read');
  expect(app.text).toContain('The destinations could not be read.');
  await app.press('button', 'Try again', { shows: ['Nothing needs you'], hides: ['could not be read'] });
});

test('if nothing can be read, nobody says that nothing is needed', async () => {
  const app = await openConsole('/overview', {
    // For what needs somebody, and for the traffic by connection.
    'GET /v1/connections': inTurn(failure, failure, nothing),
    'GET /v1/destinations': inTurn(failure, nothing),
    'GET /v1/stats': { items: [] },
  });
  await app.shows('Not now.');
  expect(app.text).toContain('Not loaded');
  await app.press('button', 'Try again', { shows: ['Nothing needs you'] });
});

test('of many destinations it looks at the first 50, and says so', async () => {
  const items = Array.from({ length: 52 }, (_, index) => aDestination({ name: `d${index}` }));
  const app = await openConsole('/overview', { ...quiet, 'GET /v1/destinations': { items, nextCursor: null } });
  await app.shows('2 destinations were not looked at');
  expect(app.api.reads.filter((read) => read.endsWith('/health'))).toHaveLength(50);
});

test('what came this month is estimated in dollars, and if it can’t be read that is said', async () => {
  stopClock(now);
  const of = (at: string, accepted: number) => ({ ...day(at, 0), accepted });
  const items = [of('2026-11-01T00:00:00.000Z', 400_000), of('2026-11-02T00:00:00.000Z', 600_000)];
  const app = await openConsole('/overview', { ...quiet, 'GET /v1/stats': { items } });
  await app.shows('This month so far: about $4.24 for what came');
  const failed = await openConsole('/overview', { ...quiet, 'GET /v1/stats': failure });
  await failed.shows('What this month costs so far could not be read.');
});
