/** The overview: what needs somebody, and what of it could not be read. */
import { expect, test } from '@jest/globals';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { ownClock, stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { aDestination, designer, shop } from './given-records.ts';

const now = '2026-11-26T12:00:00.000Z';
const nothing = { items: [], nextCursor: null };
const day = (at: string, givenUp: number) => ({
  ...{ at, givenUp, accepted: 3, duplicates: 0, conflicts: 0, refused: {}, published: 3 },
});
const well = { state: 'well' as const, waiting: { count: 0, isMore: false } };

/** What was counted of a connection whose last webhook came three minutes ago. */
const stats = (refused: Record<string, number> = {}) => ({
  lastHour: {
    ...{ events: 1, eventsByMinute: [1, 0, 0], rejectionsByMinute: [0, Object.values(refused)[0] ?? 0, 0] },
    ...{ rejections: Object.values(refused)[0] ?? 0, refused, upTo: now },
  },
  ...{ lastEventAt: '2026-11-26T11:57:00.000Z', asOf: '2026-11-26T11:59:00.000Z', complete: true },
});

/** What the overview reads where nothing is wrong. */
const quiet: Answers = {
  'GET /v1/connections': { items: [{ ...shop(), stats: stats() }], nextCursor: null },
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
    'GET /v1/stats?by=hour&from=2026-11-24T13%3A00%3A00.000Z&to=2026-11-25T13%3A00%3A00.000Z',
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

test('all is well, in one line', async () => {
  stopClock(now);
  const app = await openConsole('/overview', quiet);
  await app.shows('All is well: the endpoint accepts, the destination delivers. The last webhook came 3 minutes ago.');
  expect(app.titles[0]).toBe('Overview – Hooklatch');
});

test('what is paused is not said to deliver, nor that all is well', async () => {
  const paused = { ...well, state: 'paused' as const, waiting: { count: 2, isMore: false } };
  const app = await openConsole('/overview', { ...quiet, 'GET /v1/destinations/{name}/health': paused });
  expect(app.text).toContain('Delivering: the destination is paused · 2 wait');
  expect(app.text).not.toContain('All is well');
});

test('what is wrong is said with a first step, and attempted at once', async () => {
  stopClock(now);
  const refusing = { ...shop({ name: 'shop' }), stats: stats({ token_missing: 4 }) };
  const waiting = { count: 103, isMore: true, oldest: '2026-11-24T11:00:00.000Z' };
  const app = await openConsole('/overview', {
    ...quiet,
    'GET /v1/connections': {
      items: [refusing, { ...shop({ name: 'other' }), stats: stats() }],
      nextCursor: null,
    },
    'GET /v1/connections/{name}/rejections': { ...nothing, asOf: now },
    'GET /v1/destinations/{name}/health': { ...well, state: 'failing', waiting },
    'POST /v1/destinations/{name}/attempt': aDestination({ name: 'crm' }),
    'GET /v1/connections/{name}': shop(),
  });
  expect(app.text).toContain('Receiving: 1 of 2 endpoints refuses');
  expect(app.text).toContain('Delivering: 1 of 1 destination fails · ≥ 103 wait, the oldest 2 days ago');
  // Its cause is not known, so the advice is that of the reason.
  expect(app.text).toContain('most often (4): Token missing. No token was found in the accepted placements.');
  app.api.answer({ 'GET /v1/destinations/{name}/health': well });
  await app.pressOnce('button', 'Attempt what waits: crm', {
    sent: ['POST /v1/destinations/crm/attempt'],
    shows: ['Delivering: the destination delivers'],
  });
  await app.press('link', 'See the cause: shop', { page: '/console/connections/shop/rejections' });
});

test('an attempt that is refused says why', async () => {
  const app = await openConsole('/overview', {
    ...quiet,
    'GET /v1/destinations/{name}/health': { ...well, state: 'failing', waiting: { count: 1, isMore: false } },
    'POST /v1/destinations/{name}/attempt': new Refusal(409, 'It is paused.'),
  });
  await app.pressOnce('button', 'Attempt what waits: crm', {
    sent: ['POST /v1/destinations/crm/attempt'],
    shows: ['It is paused.'],
  });
});

test.each<[string, Answers, string]>([
  [
    'no webhook ever',
    { 'GET /v1/connections': { items: [{ ...shop(), stats: { ...stats(), lastEventAt: null } }], nextCursor: null } },
    'Receiving: no webhook ever came',
  ],
  ['no endpoint', { 'GET /v1/connections': nothing }, 'Receiving: no endpoint is active'],
  [
    'counts of an hour ago',
    {
      'GET /v1/connections': {
        items: [{ ...shop(), stats: { ...stats(), asOf: '2026-11-26T11:00:00.000Z' } }],
        nextCursor: null,
      },
    },
    'Receiving: not known. What was read, or its counts, are older than five minutes.',
  ],
])('%s is neither well nor wrong, and leads to the connections', async (_, answers, words) => {
  stopClock(now);
  const app = await openConsole('/overview', { ...quiet, ...answers });
  await app.shows(words);
  expect(app.text).toContain('Delivering: the destination delivers');
  await app.pressOnce('link', 'Go to the connections', { page: '/console/connections' });
});

test('the tab says how many need somebody, for five minutes, and no other page reads for that', async () => {
  ownClock(now);
  const app = await openConsole('/overview', {
    ...quiet,
    'GET /v1/destinations/{name}/health': { ...well, state: 'slow' },
    'GET /v1/operators': { ...nothing, bootstrap: 'closed' },
  });
  expect(app.titles[0]).toBe('(1) Overview – Hooklatch');
  await app.press('link', 'Operators', { page: '/console/operators', shows: ['No operators yet'] });
  await app.passes(290);
  expect(app.titles[0]).toBe('(1) Operators – Hooklatch');
  const { length } = app.api.reads;
  await app.passes(30);
  expect(app.titles[0]).toBe('Operators – Hooklatch');
  expect(app.api.reads.length).toBe(length);
});

test('the causes are read of the ten connections that refuse most', async () => {
  stopClock(now);
  const items = Array.from({ length: 12 }, (_, index) => ({
    ...shop({ name: `c${index}` }),
    stats: stats({ token_missing: index + 1 }),
  }));
  const app = await openConsole('/overview', {
    ...quiet,
    'GET /v1/connections': { items, nextCursor: null },
    'GET /v1/connections/{name}/rejections': { ...nothing, asOf: now },
  });
  await app.shows('Receiving: 12 of 12 endpoints refuse');
  const read = app.api.reads.flatMap((each) => /connections\/(c\d+)\/rejections/.exec(each)?.[1] ?? []);
  expect(read.toSorted()).toEqual(['c10', 'c11', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9']);
});
