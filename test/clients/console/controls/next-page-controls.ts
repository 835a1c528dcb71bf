/** What a page leaves behind for the next one: nothing of another connection, and no failure. */
import { describe, expect, test } from '@jest/globals';
import type { RouteKey } from '../../../../shared/operators/api/routes.ts';
import { type Answers, inTurn, Refusal, unreachable } from './given-api.ts';
import { ownClock, stopClock } from './given-clock.ts';
import { type OpenConsole, openConsole } from './given-console.ts';
import {
  aDelivery,
  aDestination,
  anEvent,
  aToken,
  eventsOf,
  inactive,
  shop,
  tokenOf,
  unconfigured,
} from './given-records.ts';

const now = '2026-11-26T12:00:00.000Z';
const at = '2026-11-26T10:00:00.000Z';

/** The connection of this name. All that somebody sees of it has its name. */
const named = (name: string) =>
  shop(
    { name, description: `Orders of ${name}`, updatedBy: `Admin of ${name}` },
    {
      url: `https://hooks.example/hooks/${name}/e1`,
      tokens: [aToken(`${name}-t1`, { createdBy: `Admin of ${name}` })],
    },
  );

const destinationNamed = (name: string) =>
  aDestination({
    name,
    description: `Orders of ${name}`,
    origin: `https://${name}.example`,
    updatedBy: `Admin of ${name}`,
  });

const reveal = 'GET /v1/connections/shop/endpoint/token';

type Asked = { params: Record<string, string> };
const nameIn = ({ params: { name = '' } }: Asked) => name;

/** What became of each delivery. */
const statusOf = new Map<string, 'waiting'>();

const answers = {
  'GET /v1/connections/{name}': (asked) => named(nameIn(asked)),
  'GET /v1/connections/{name}/endpoint/token': (asked) => tokenOf(named(nameIn(asked)), `Token of ${nameIn(asked)}`),
  'POST /v1/connections/{name}/endpoint/test': { eventId: null, passed: false, steps: [], note: 'The test of shop.' },
  'GET /v1/connections/{name}/events': (asked) => eventsOf([1, 2].map((index) => `evt_${nameIn(asked)}_${index}`)),
  'GET /v1/connections/{name}/events/{id}': (asked) => anEvent(asked.params['id'] ?? '', { connection: nameIn(asked) }),
  'POST /v1/connections/{name}/events/{id}/replay': { id: 'evt_first', replay: 7 },
  'GET /v1/connections/{name}/rejections': (asked) => ({
    items: [{ reason: 'token_missing', minute: at, count: 2, explanation: `Look at ${nameIn(asked)}.` }],
    nextCursor: null,
    asOf: at,
  }),
  'GET /v1/connections/{name}/routes': (asked) => ({
    version: 3,
    mode: 'all' as const,
    rules: [{ id: `rule-of-${nameIn(asked)}`, to: 'crm' }],
  }),
  'GET /v1/connections/{name}/history': (asked) => ({
    items: [...[{ version: 1, verb: 'create' as const, at, from: 'active' as const, to: 'active' as const }]].map(
      (line) => ({ ...line, by: `Admin of ${nameIn(asked)}`, requestId: `${nameIn(asked)}-request` }),
    ),
    nextCursor: null,
  }),
  'GET /v1/destinations/{name}': (asked) => destinationNamed(nameIn(asked)),
  'GET /v1/destinations/{name}/secret': (asked) => ({ secret: `Secret of ${nameIn(asked)}` }),
  'POST /v1/destinations/{name}/test': { delivered: true, id: 'test_1', ms: 1, status: 200, answer: 'I am shop.' },
  'GET /v1/destinations/{name}/deliveries': (asked) => ({
    items: [aDelivery({ destination: nameIn(asked), rule: `of ${nameIn(asked)}` })],
    nextCursor: null,
  }),
  'GET /v1/deliveries/{id}': ({ params: { id = '' } }) => aDelivery({ id, status: statusOf.get(id) ?? 'failed' }),
  'POST /v1/deliveries/{id}/redeliver': ({ params: { id = '' } }) => {
    statusOf.set(id, 'waiting');
    return aDelivery({ id, status: 'waiting' });
  },
  'GET /v1/destinations/{name}/history': (asked) => ({
    items: [{ version: 1, verb: 'create' as const, at, by: `Admin of ${nameIn(asked)}`, requestId: 'r' }],
    nextCursor: null,
  }),
} satisfies Answers;

/** Two pages of the same kind, a word of each that the other has not, and what somebody does on the first one. */
const visits: [
  visited: string,
  page: string,
  words: [visited: string, page: string],
  use: (app: OpenConsole) => Promise<void>,
][] = [
  [
    '/connections/shop',
    '/connections/depot',
    ['shop', 'depot'],
    async (app) => {
      await app.pressOnce('button', 'Test', { sent: ['POST /v1/connections/shop/endpoint/test'], shows: ['of shop.'] });
      await app.pressOnce('button', 'Reveal', { sent: [reveal], shows: ['Token of shop'] });
      await app.pressOnce('button', 'Rotate token', { dialog: 'Rotate token' });
    },
  ],
  [
    '/connections/shop/configure',
    '/connections/depot/configure',
    ['shop', 'depot'],
    async (app) => {
      await app.enter('Retention in days', '7');
      await app.pressOnce('checkbox', 'Remove the token', { turns: 'on' });
      await app.pressOnce('button', 'Reveal', { sent: [reveal], shows: ['Token of shop'] });
      await app.press('link', 'Cancel', { dialog: 'Leave without saving?' });
      await app.press('button', 'Discard', { page: '/console/connections/shop', dialog: null });
    },
  ],
  [
    '/connections/shop/events',
    '/connections/depot/events',
    ['shop', 'depot'],
    async (app) => {
      await app.filter('Type = shop.order', { rows: ['evt_shop_1', 'evt_shop_2'] });
      await app.chooseTime(/^Received/, 'Last week');
      await app.pressOnce('button', 'Replay many', { dialog: 'Replay many events' });
    },
  ],
  [
    '/connections/shop/events/evt_first',
    '/connections/shop/events/evt_next',
    ['evt_first', 'evt_next'],
    async (app) => {
      const sent = ['POST /v1/connections/shop/events/evt_first/replay'];
      await app.pressOnce('button', 'Replay', { dialog: 'Replay this event?' });
      await app.pressOnce('button', 'Replay', { sent, dialog: null, shows: ['Published again: replay 7.'] });
    },
  ],
  [
    '/connections/shop/rejections',
    '/connections/depot/rejections',
    ['shop', 'depot'],
    (app) => app.pressOnce('button', 'Last week', { turns: 'on' }),
  ],
  ['/connections/shop/routes', '/connections/depot/routes', ['shop', 'depot'], async () => {}],
  ['/connections/shop/history', '/connections/depot/history', ['shop', 'depot'], async () => {}],
  [
    '/destinations/shop',
    '/destinations/depot',
    ['shop', 'depot'],
    async (app) => {
      await app.pressOnce('button', 'Test', { sent: ['POST /v1/destinations/shop/test'], shows: ['I am shop.'] });
      const sent = ['GET /v1/destinations/shop/secret'];
      await app.pressOnce('button', 'Reveal', { sent, shows: ['Secret of shop'] });
      await app.pressOnce('button', 'Rotate secret', { dialog: 'Rotate secret' });
    },
  ],
  [
    '/destinations/shop/edit',
    '/destinations/depot/edit',
    ['shop', 'depot'],
    async (app) => {
      await app.enter('URL', 'https://shop.example/in');
      await app.choose(/^Credentials/, 'Bearer token');
      await app.enter('Bearer token', 'of the shop');
      await app.press('link', 'Cancel', { dialog: 'Leave without saving?' });
      await app.press('button', 'Discard', { page: '/console/destinations/shop', dialog: null });
    },
  ],
  ['/destinations/shop/history', '/destinations/depot/history', ['shop', 'depot'], async () => {}],
  [
    '/destinations/shop/deliveries',
    '/destinations/depot/deliveries',
    ['shop', 'depot'],
    async (app) => {
      await app.choose(/^Status/, 'Failed');
      await app.settle();
    },
  ],
  [
    '/destinations/shop/deliveries/dlv_first',
    '/destinations/shop/deliveries/dlv_next',
    ['dlv_first', 'dlv_next'],
    async (app) => {
      const sent = ['POST /v1/deliveries/dlv_first/redeliver'];
      await app.pressOnce('button', 'Redeliver', { sent, shows: ['It is sent again now.'] });
    },
  ],
];

/** Notes each text on the page that has this word, however short it stands there. @returns ends that, and returns the texts */
function watchFor(word: string): () => string[] {
  const seen: string[] = [];
  const observer = new MutationObserver(() => {
    const texts = [document.title, document.body.textContent ?? ''];
    seen.push(...texts.filter((text) => text.includes(word)));
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
  return () => {
    observer.disconnect();
    return seen;
  };
}

test.each(visits)('after %s, %s is as it was before', async (visited, page, [theirs, own], use) => {
  stopClock(now);
  const app = await openConsole(page, answers);
  await app.loaded();
  const before = app.text;
  expect(before).toContain(own);

  const seenThere = watchFor(own);
  await app.goTo(visited);
  await app.loaded();
  expect(seenThere()).toEqual([]);
  await use(app);
  const { length } = app.api.reads;

  const seenAgain = watchFor(theirs);
  await app.goTo(page);
  await app.loaded();
  expect(seenAgain()).toEqual([]);
  const readTheirs = app.api.reads.slice(length).filter((read) => read.includes(theirs));
  expect([app.text, readTheirs]).toEqual([before, []]);
});

/** A page of `shop` that fails, and how it looks then. */
const failures: [failure: string, path: string, answers: Answers, shown: string][] = [
  [
    'can’t be reached',
    '/events',
    unreachable({ 'GET /v1/connections/{name}/events': eventsOf([]) }),
    'The API can’t be reached.',
  ],
  ['could not be read', '/events', { 'GET /v1/connections/{name}/events': new Refusal(500, 'Not now.') }, 'Not now.'],
  [
    'has an error',
    '/rejections',
    { 'GET /v1/connections/{name}/rejections': { items: [null], nextCursor: null } as never },
    'This page could not be shown',
  ],
];

test.each(failures)('a tab that %s leaves nothing of that on the next tab', async (_, path, failing, shown) => {
  ownClock(now);
  const app = await openConsole(`/connections/shop${path}`, { ...answers, ...failing });
  // Until the last try of a read that got no answer.
  await app.passes(4);
  await app.shows(shown);
  await app.press('tab', 'History', { page: '/console/connections/shop/history', hides: [shown], rows: ['Create'] });
});

test('a page that has an error leaves nothing of that on the next page', async () => {
  const app = await openConsole('/connections', {
    ...answers,
    'GET /v1/connections': { items: [null], nextCursor: null } as never,
  });
  await app.shows('This page could not be shown');
  const next = '/connections/shop/history';
  await app.does({ page: `/console${next}`, hides: ['This page could not be shown'], rows: ['Create'] }, () =>
    app.goTo(next),
  );
});

describe('a change on one page is on the others at once, although nothing there is read again by itself:', () => {
  const list = (...items: ReturnType<typeof shop>[]) => ({ items, nextCursor: null });
  /** Opens the list, and from there a page, on a clock that stands. So a kept answer is never too old to be shown. */
  const openBy = async (page: string, answers: Answers) => {
    stopClock(now);
    const app = await openConsole('/connections', answers);
    await app.goTo(page);
    await app.loaded();
    return app;
  };
  const goToList = (app: OpenConsole) => app.press('link', 'Connections', { page: '/console/connections' });

  test('a new connection', async () => {
    const lists = inTurn(list(), list(unconfigured()));
    const app = await openBy('/create', { 'GET /v1/connections': lists, 'POST /v1/connections': unconfigured() });
    await app.enter(/^Name/, 'shop');
    await app.choose(/^Provider/, 'Acme');
    await app.pressOnce('button', 'Create connection', {
      sent: ['POST /v1/connections {"name":"shop","provider":"acme","description":""}'],
      page: '/console/connections/shop',
    });
    await goToList(app);
    expect(app.rows).toEqual(['shop']);
  });

  test('a connection that was deleted', async () => {
    const app = await openBy('/connections/shop', {
      'GET /v1/connections': inTurn(list(unconfigured()), list()),
      'GET /v1/connections/{name}': inTurn(unconfigured(), new Refusal(404, 'There is no connection of this name.')),
      'DELETE /v1/connections/{name}': null,
    });
    await app.press('button', 'Delete connection', { dialog: 'Delete shop?' });
    const sent = ['DELETE /v1/connections/shop if-match "3"'];
    await app.pressOnce('button', 'Delete connection', { sent, dialog: null, page: '/console/connections' });
    await app.shows('No connections yet');
    await app.goTo('/connections/shop');
    await app.shows('There is no connection of this name.');
    expect(app.text.includes('Delete connection')).toBe(false);
  });

  const destinations = (...items: ReturnType<typeof aDestination>[]) => ({ items, nextCursor: null });
  const goToDestinations = (app: OpenConsole) =>
    app.press('link', 'Destinations', { page: '/console/destinations', shows: ['Destinations ('] });

  test('a new destination', async () => {
    const app = await openBy('/destinations', {
      'GET /v1/connections': list(),
      'GET /v1/destinations': inTurn(destinations(), destinations(aDestination())),
      'POST /v1/destinations': aDestination(),
      'GET /v1/destinations/{name}': aDestination(),
    });
    await app.goTo('/create-destination');
    await app.enter(/^Name/, 'shop');
    await app.enter('URL', 'https://shop.example/');
    await app.pressOnce('button', 'Create destination', {
      sent: ['POST /v1/destinations {"name":"shop","url":"https://shop.example/"}'],
      page: '/console/destinations/shop',
    });
    await goToDestinations(app);
    expect(app.rows).toEqual(['shop']);
  });

  test('a destination that was paused, and then deleted', async () => {
    const paused = aDestination({ status: 'paused', pausedSince: at });
    const line = { version: 3, verb: 'create' as const, at, by: 'Ada', requestId: 'r' };
    const app = await openBy('/destinations/shop/history', {
      'GET /v1/connections': list(),
      'GET /v1/destinations': inTurn(destinations(aDestination()), destinations(paused), destinations()),
      'GET /v1/destinations/{name}': inTurn(aDestination(), new Refusal(404, 'There is no destination of this name.')),
      'GET /v1/destinations/{name}/history': inTurn(
        { items: [line], nextCursor: null },
        { items: [{ ...line, version: 4, verb: 'pause' as const }, line], nextCursor: null },
      ),
      'POST /v1/destinations/{name}/pause': paused,
      'DELETE /v1/destinations/{name}': null,
    });
    expect(app.rows).toEqual(['Create']);
    await goToDestinations(app);
    expect(app.rows).toEqual(['shop']);
    expect(app.text.includes('Paused')).toBe(false);
    await app.goTo('/destinations/shop');
    await app.pressOnce('button', 'Pause', { sent: ['POST /v1/destinations/shop/pause'], shows: ['Resume'] });
    await app.press('tab', 'History', { page: '/console/destinations/shop/history', rows: ['Pause', 'Create'] });
    await goToDestinations(app);
    expect(app.cells.map(([name, health]) => [name, health])).toEqual([['shop', 'Paused']]);
    await app.goTo('/destinations/shop');
    await app.press('button', 'Delete destination', { dialog: 'Delete shop?' });
    const sent = ['DELETE /v1/destinations/shop if-match "4"'];
    await app.pressOnce('button', 'Delete destination', { sent, dialog: null, page: '/console/destinations' });
    await app.shows('No destinations yet');
  });

  test('another status', async () => {
    const line = {
      version: 1,
      verb: 'create',
      at,
      by: 'Ada',
      requestId: 'r',
      from: 'inactive',
      to: 'inactive',
    } as const;
    const app = await openBy('/connections/shop/history', {
      'GET /v1/connections': inTurn(list(inactive()), list(shop())),
      'GET /v1/connections/{name}': inactive(),
      'GET /v1/connections/{name}/history': inTurn(
        { items: [line], nextCursor: null },
        { items: [{ ...line, version: 2, verb: 'activate' as const, to: 'active' as const }, line], nextCursor: null },
      ),
      'POST /v1/connections/{name}/endpoint/activate': shop(),
    });
    expect(app.rows).toEqual(['Create']);
    await app.press('tab', 'Endpoint', { page: '/console/connections/shop', shows: ['Activate'] });
    await app.pressOnce('button', 'Activate', {
      sent: ['POST /v1/connections/shop/endpoint/activate'],
      shows: ['Deactivate'],
    });
    await app.press('tab', 'History', { page: '/console/connections/shop/history', rows: ['Activate', 'Create'] });
    await goToList(app);
    expect(app.text.match(/Active|Inactive/g)).toEqual(['Active']);
  });
});

describe('whoever has gone on meanwhile stays where they are, after', () => {
  const path = '/connections/shop';
  /** What leads to another page once it is done: where, how it begins, and the request that takes its time. */
  const goings: [done: string, page: string, record: ReturnType<typeof shop>, route: RouteKey, begin: Begin][] = [
    [
      'a new connection',
      '/create',
      unconfigured(),
      'POST /v1/connections',
      async (app) => {
        await app.enter(/^Name/, 'shop');
        await app.choose(/^Provider/, 'Acme');
        await app.user.click(app.control('button', 'Create connection'));
      },
    ],
    [
      'a deletion',
      path,
      unconfigured(),
      'DELETE /v1/connections/{name}',
      async (app) => {
        await app.user.click(app.control('button', 'Delete connection'));
        await app.user.click(app.control('button', 'Delete connection'));
      },
    ],
    [
      'an update',
      `${path}/configure`,
      shop(),
      'PUT /v1/connections/{name}/endpoint',
      async (app) => {
        await app.enter('Retention in days', '7');
        await app.user.click(app.control('button', 'Update'));
      },
    ],
    [
      'a new destination',
      '/create-destination',
      shop(),
      'POST /v1/destinations',
      async (app) => {
        await app.enter(/^Name/, 'shop');
        await app.enter('URL', 'https://shop.example/');
        await app.user.click(app.control('button', 'Create destination'));
      },
    ],
    [
      'a deletion of a destination',
      '/destinations/shop',
      shop(),
      'DELETE /v1/destinations/{name}',
      async (app) => {
        await app.user.click(app.control('button', 'Delete destination'));
        await app.user.click(app.control('button', 'Delete destination'));
      },
    ],
    [
      'an update of a destination',
      '/destinations/shop/edit',
      shop(),
      'PATCH /v1/destinations/{name}',
      async (app) => {
        await app.enter('Requests at once', '4');
        await app.user.click(app.control('button', 'Update'));
      },
    ],
    [
      'an activation',
      `${path}/configure`,
      inactive(),
      'POST /v1/connections/{name}/endpoint/activate',
      (app) => app.user.click(app.control('button', 'Activate')),
    ],
  ];
  type Begin = (app: OpenConsole) => Promise<void>;

  test.each(goings)('%s', async (_, page, record, route, begin) => {
    const done = Promise.withResolvers<never>();
    const app = await openConsole(page, {
      ...answers,
      'GET /v1/connections/{name}': record,
      'GET /v1/operators': { items: [], nextCursor: null, bootstrap: 'closed' },
      [route]: () => done.promise,
    });
    await app.loaded();
    await begin(app);
    await app.goTo('/operators');
    // Settings that are under way are not saved yet.
    if (app.text.includes('Leave without saving?')) await app.user.click(app.control('button', 'Discard'));
    const { length } = app.api.acts;
    done.resolve((route.startsWith('DELETE') ? null : record) as never);
    await app.settle();
    expect([length, location.pathname]).toEqual([1, '/console/operators']);
  });
});
