/** What a page does by itself while time passes: what it reads again, how often, and when it stops. */
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type Answers, inTurn, Refusal, unreachable } from './given-api.ts';
import { ownClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import {
  aDelivery,
  aDestination,
  aJob,
  anEvent,
  aTimeline,
  eventsOf,
  shop,
  unconfigured,
  url,
} from './given-records.ts';

const now = '2026-11-26T12:00:00.000Z';
const nothing = { items: [], nextCursor: null };
const aRule = { version: 3, mode: 'all' as const, rules: [{ id: 'rest', to: 'shop' }] };
const api = '/v1/connections/shop';
const record = { 'GET /v1/connections/{name}': shop() };

/** A release in this state. The list says that it runs, as it did when it was read. */
const release = (state: 'running' | 'cancelling' | 'done' | 'cancelled' | 'failed'): Answers => ({
  ...record,
  'GET /v1/connections/{name}/replays': { items: [aJob({ kind: 'release' })], nextCursor: null },
  'GET /v1/connections/{name}/replays/{id}': aJob({ kind: 'release', state }),
});
const job = `GET ${api}/replays/job-1`;
const ofConnection = { [`GET ${api}`]: 6 };
const ofEndpoint = { ...ofConnection, [`GET ${api}/replays?limit=5`]: 2 };

const ofDestination = { 'GET /v1/destinations/shop': 6, 'GET /v1/destinations/shop/health': 6 };
const ofShop: Answers = { 'GET /v1/destinations/{name}': aDestination() };

/** Another event each time. */
const moreEvents = () => eventsOf([`evt_${Date.now()}`]);

/** What is read again in half a minute, and how often. */
const reads: [page: string, path: string, answers: Answers, reads: Record<string, number>][] = [
  [
    'the list of connections',
    '/connections',
    { 'GET /v1/connections': { items: [shop()], nextCursor: null } },
    { 'GET /v1/connections?include=stats&limit=200': 3 },
  ],
  ['the form that creates a connection', '/create', {}, {}],
  ['an endpoint', '/connections/shop', record, ofEndpoint],
  ['a release that runs', '/connections/shop', release('running'), { ...ofEndpoint, [job]: 30 }],
  ['a job that is being cancelled', '/connections/shop', release('cancelling'), { ...ofEndpoint, [job]: 30 }],
  ['a job that is done', '/connections/shop', release('done'), ofEndpoint],
  ['a job that was cancelled', '/connections/shop', release('cancelled'), ofEndpoint],
  ['a job that failed', '/connections/shop', release('failed'), ofEndpoint],
  ['the form of an endpoint', '/connections/shop/configure', record, ofConnection],
  [
    'events while none come',
    '/connections/shop/events',
    { ...record, 'GET /v1/connections/{name}/events': eventsOf(['evt_1']) },
    // After 2 s, then each time after half as long again, and at last after 15 s.
    { ...ofConnection, [`GET ${api}/events?limit=50`]: 5 },
  ],
  [
    'events while they come',
    '/connections/shop/events',
    { ...record, 'GET /v1/connections/{name}/events': moreEvents },
    { ...ofConnection, [`GET ${api}/events?limit=50`]: 15 },
  ],
  [
    'an event that waits for its publication',
    '/connections/shop/events/evt_1',
    { 'GET /v1/connections/{name}/events/{id}': anEvent('evt_1', { publication: 'waiting' }) },
    { [`GET ${api}/events/evt_1`]: 10, [`GET ${api}/events/evt_1/deliveries`]: 1 },
  ],
  [
    'an event that is published',
    '/connections/shop/events/evt_1',
    { 'GET /v1/connections/{name}/events/{id}': anEvent('evt_1') },
    { [`GET ${api}/events/evt_1`]: 1, [`GET ${api}/events/evt_1/deliveries`]: 1 },
  ],
  [
    'an event of which nobody knows yet who replayed it',
    '/connections/shop/events/evt_1',
    {
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_1', { replays: 1 }),
      'GET /v1/connections/{name}/events/{id}/timeline': {
        ...{ publication: 'published', publicationAsOf: now },
        items: [{ step: 'replayed', replay: 1 }],
      },
    },
    {
      ...{ [`GET ${api}/events/evt_1`]: 1, [`GET ${api}/events/evt_1/deliveries`]: 1 },
      [`GET ${api}/events/evt_1/timeline`]: 3,
    },
  ],
  [
    'an event that is on its way',
    '/connections/shop/events/evt_1',
    {
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_1'),
      'GET /v1/connections/{name}/events/{id}/deliveries': { items: [aDelivery({ status: 'parked' })] },
    },
    { [`GET ${api}/events/evt_1`]: 1, [`GET ${api}/events/evt_1/deliveries`]: 6 },
  ],
  [
    'rejections',
    '/connections/shop/rejections',
    { ...record, 'GET /v1/connections/{name}/rejections': { ...nothing, asOf: now } },
    { ...ofConnection, [`GET ${api}/rejections`]: 3 },
  ],
  [
    'the history',
    '/connections/shop/history',
    { ...record, 'GET /v1/connections/{name}/history': nothing },
    ofConnection,
  ],
  [
    'the routes',
    '/connections/shop/routes',
    { ...record, 'GET /v1/connections/{name}/routes': { version: 3, mode: 'all', rules: [] } },
    { ...ofConnection, [`GET ${api}/routes`]: 2 },
  ],
  [
    'the routes, with a dry run',
    '/connections/shop/routes',
    { ...record, 'GET /v1/connections/{name}/routes': aRule },
    { ...ofConnection, [`GET ${api}/routes`]: 2, [`GET ${api}/events?limit=20`]: 2 },
  ],
  [
    'the form of routes',
    '/connections/shop/routes/edit',
    {
      ...record,
      'GET /v1/connections/{name}/routes': aRule,
      'GET /v1/destinations': { items: [aDestination()], nextCursor: null },
    },
    {
      ...ofConnection,
      [`GET ${api}/routes`]: 2,
      [`GET ${api}/events?limit=20`]: 2,
      'GET /v1/destinations?limit=200': 3,
    },
  ],
  [
    'the list of destinations',
    '/destinations',
    { 'GET /v1/destinations': { items: [aDestination()], nextCursor: null } },
    { 'GET /v1/destinations?limit=200': 3 },
  ],
  ['the form that creates a destination', '/create-destination', {}, {}],
  ['a destination', '/destinations/shop', ofShop, ofDestination],
  ['the form of a destination', '/destinations/shop/edit', ofShop, { 'GET /v1/destinations/shop': 6 }],
  [
    'the history of a destination',
    '/destinations/shop/history',
    { ...ofShop, 'GET /v1/destinations/{name}/history': nothing },
    ofDestination,
  ],
  [
    'the deliveries to a destination',
    '/destinations/shop/deliveries',
    { ...ofShop, 'GET /v1/destinations/{name}/deliveries': nothing },
    {
      ...ofDestination,
      ...{ 'GET /v1/destinations/shop/deliveries?limit=50': 2, 'GET /v1/destinations/shop/redeliveries?limit=50': 2 },
    },
  ],
  [
    'a delivery that waits',
    '/destinations/shop/deliveries/dlv_1',
    { 'GET /v1/deliveries/{id}': aDelivery({ status: 'waiting' }) },
    { 'GET /v1/deliveries/dlv_1': 6 },
  ],
  [
    'a delivery that has ended',
    '/destinations/shop/deliveries/dlv_1',
    { 'GET /v1/deliveries/{id}': aDelivery() },
    { 'GET /v1/deliveries/dlv_1': 1 },
  ],
  ['the operators', '/operators', { 'GET /v1/operators': { ...nothing, bootstrap: 'closed' } }, {}],
];

/** A rejection's time differs in each read. */
const withoutTime = (request: string) => request.replace(/\/rejections\?.*/, '/rejections');

async function readsInHalfAMinute(path: string, answers: Answers): Promise<Record<string, number>> {
  const app = await openConsole(path, answers);
  // Until all of the page is read for the first time.
  await app.passes(1);
  const { length } = app.api.reads;
  await app.passes(30);
  const counts: Record<string, number> = {};
  for (const read of app.api.reads.slice(length).map(withoutTime)) counts[read] = (counts[read] ?? 0) + 1;
  return counts;
}

test.each(reads)('in half a minute, %s', async (_, path, answers, expected) => {
  ownClock(now);
  expect(await readsInHalfAMinute(path, answers)).toEqual(expected);
});

describe('after a failure, the next read is as usual:', () => {
  const later = <Answer>(answer: Answer) => inTurn(new Refusal(500, 'Not now.'), answer);
  test.each<[string, string, Answers, string]>([
    [
      'of the connections',
      '/connections',
      { 'GET /v1/connections': later({ items: [shop()], nextCursor: null }) },
      'Connections (1)',
    ],
    ['of a connection', '/connections/shop', { 'GET /v1/connections/{name}': later(shop()) }, 'Endpoint URL'],
    [
      'of events',
      '/connections/shop/events',
      { ...record, 'GET /v1/connections/{name}/events': later(eventsOf(['evt_1'])) },
      'evt_1',
    ],
    [
      'of an event',
      '/connections/shop/events/evt_1',
      { 'GET /v1/connections/{name}/events/{id}': later(anEvent('evt_1')) },
      'SHA-256 of the body',
    ],
    [
      'of rejections',
      '/connections/shop/rejections',
      { ...record, 'GET /v1/connections/{name}/rejections': later({ ...nothing, asOf: now }) },
      'No rejections in this time',
    ],
    [
      'of a job',
      '/connections/shop',
      { ...release('running'), 'GET /v1/connections/{name}/replays/{id}': later(aJob({ kind: 'release' })) },
      '3 of 12 events',
    ],
  ])('%s', async (_, path, answers, awaited) => {
    ownClock(now);
    const app = await openConsole(path, answers);
    await app.passes(12);
    expect(app.text).toContain(awaited);
    expect(app.text).not.toContain('Not now.');
  });
});

test('a release that has ended says how many events were published', async () => {
  ownClock(now);
  const app = await openConsole('/connections/shop', release('running'));
  await app.passes(1);
  expect(app.text).toContain('Running: 3 of 12 events');
  app.api.answer({
    'GET /v1/connections/{name}/replays': nothing,
    'GET /v1/connections/{name}/replays/{id}': aJob({ kind: 'release', state: 'done', done: 12 }),
  });
  await app.passes(30);
  expect(app.text).toContain('Done: 12 of 12 events');
});

test('a page that nobody sees reads nothing', async () => {
  ownClock(now);
  const app = await openConsole('/connections/shop', release('running'));
  await app.passes(1);
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const { length } = app.api.reads;
  await app.passes(20);
  expect(app.api.reads.slice(length)).toEqual([]);
});

describe('a browser that says it is offline', () => {
  const offline = () => window.dispatchEvent(new Event('offline'));
  afterEach(() => void window.dispatchEvent(new Event('online')));

  test('is not believed: reads go on, and a change is sent now or fails now, and never later', async () => {
    ownClock(now);
    const deletable = { 'GET /v1/connections/{name}': unconfigured() };
    const app = await openConsole('/connections/shop', deletable);
    offline();
    await app.does({ reads: [`GET ${api}`] }, () => app.passes(6));
    app.api.answer(unreachable({ 'DELETE /v1/connections/{name}': null }));
    await app.press('button', 'Delete connection', { dialog: 'Delete shop?' });
    const sent = [`DELETE ${api} if-match "3"`];
    await app.pressOnce('button', 'Delete connection', { sent, shows: ["Can't reach http://localhost."] });
  });
});

test('while the API is busy, nothing is said of it, and it is asked again', async () => {
  ownClock(now);
  const busy = new Refusal(429, 'Too many requests.');
  const list = inTurn(...([busy, busy, busy, busy, busy, busy] as const), { items: [shop()], nextCursor: null });
  const app = await openConsole('/connections', { 'GET /v1/connections': list });
  await app.passes(9);
  expect(app.text).toContain('Loading connections');
  expect(app.text).not.toContain('Too many requests.');
  await app.passes(15);
  expect(app.rows).toEqual(['shop']);
});

/** An event, whose timeline only a test needs. */
const event: Answers = { 'GET /v1/connections/{name}/events/{id}': anEvent('evt_1') };

describe('without a network, what was not read is read by itself once there is one:', () => {
  test.each<[string, string, Answers, string]>([
    ['a connection', '/connections/shop', record, 'Endpoint URL'],
    ['operators', '/operators', { 'GET /v1/operators': { ...nothing, bootstrap: 'closed' } }, 'No operators yet'],
    [
      'the history',
      '/connections/shop/history',
      { 'GET /v1/connections/{name}/history': nothing },
      'Nothing has happened',
    ],
    [
      'what an answer says when to read again',
      '/connections/shop/events/evt_1',
      {
        'GET /v1/connections/{name}/events/{id}/timeline': aTimeline([
          { step: 'verified', verifiedBy: 'token', tokenId: 't1' },
        ]),
      },
      'By the token, version t1',
    ],
    [
      'what is read every five minutes',
      '/connections/shop/traffic#range=7d',
      { 'GET /v1/connections/{name}/stats': { items: [] } },
      'Nothing came in this time',
    ],
  ])('%s', async (_, path, answers, awaited) => {
    ownClock(now);
    const app = await openConsole(path, { ...record, ...event, ...unreachable(answers) });
    await app.passes(15);
    expect(app.text).toContain('The API can’t be reached.');
    app.api.answer(answers);
    await app.passes(15);
    expect(app.text).toContain(awaited);
    expect(app.text).not.toContain('The API can’t be reached.');
  });
});

test('the first answer after an outage takes its notice away, and all that failed is read again at once', async () => {
  ownClock(now);
  const events: Answers = { 'GET /v1/connections/{name}/events': nothing };
  const app = await openConsole('/connections/shop/events', { ...record, ...events });
  app.api.answer(unreachable({ ...record, ...events }));
  await app.passes(15);
  expect(app.text).toContain('The API can’t be reached.');
  const { promise, resolve } = Promise.withResolvers<typeof nothing>();
  app.api.answer({ ...record, 'GET /v1/connections/{name}/events': () => promise });
  await app.passes(6);
  expect(app.text).not.toContain('The API can’t be reached.');
  resolve(nothing);
});

test('what a fault of the deployment keeps from being read is read by itself once that is over', async () => {
  ownClock(now);
  const app = await openConsole('/operators', { 'GET /v1/operators': new Refusal(503, 'It is broken.') });
  await app.passes(10);
  expect(app.text).toContain('It is broken.');
  expect(app.text).not.toContain('The API can’t be reached.');
  app.api.answer({ 'GET /v1/operators': { ...nothing, bootstrap: 'closed' } });
  await app.passes(6);
  expect(app.text).toContain('No operators yet');
  expect(app.text).not.toContain('It is broken.');
});

test('how long ago something was is shown as it is now', async () => {
  ownClock('2026-11-26T10:00:00.000Z');
  const app = await openConsole('/connections/shop', record);
  const shown: (string | undefined)[] = [];
  for (const seconds of [1, 7, 20, 40]) {
    await app.passes(seconds);
    shown.push(/Created([\w ]+?) by Ada/.exec(app.text)?.[1]);
  }
  expect(shown).toEqual(['just now', '5 seconds ago', '25 seconds ago', '1 minute ago']);
});

test('that something was copied is said for five seconds', async () => {
  ownClock(now);
  const app = await openConsole('/connections/shop', record);
  await app.passes(1);
  await app.press('button', 'Copy without token', { copied: url, shows: ['Copied'] });
  await app.passes(4);
  expect(app.text).toContain('Copied');
  await app.passes(2);
  expect(app.text).not.toContain('Copied');
});

test('where a person was in a list is known after an hour elsewhere', async () => {
  ownClock(now);
  const app = await openConsole('/connections/shop/events', {
    ...record,
    'GET /v1/connections': nothing,
    'GET /v1/connections/{name}/events': eventsOf(['evt_1']),
  });
  await app.passes(1);
  await app.filter('Type = invoice', { reads: [`GET ${api}/events?limit=50&type=invoice`] });
  await app.goTo('/connections');
  jest.advanceTimersByTime(3_600_000);
  const page = '/connections/shop/events';
  await app.does({ page: `/console${page}`, shows: ['invoice'], rows: ['evt_1'] }, () => app.goTo(page));
});
