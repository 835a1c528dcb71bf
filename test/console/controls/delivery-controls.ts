/** Deliveries: those of an event, those to a destination, and the page of one. */
import { expect, test } from '@jest/globals';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { openConsole } from './given-console.ts';
import { aDelivery, aDestination, anEvent, designer } from './given-records.ts';

const list = '/destinations/shop/deliveries';
const page = '/console/destinations/shop/deliveries/dlv_1';
const api = '/v1/destinations/shop/deliveries';
const record: Answers = { 'GET /v1/destinations/{name}': aDestination() };
const notNow = new Refusal(500, 'Not now.');

/** Deliveries by these rules. */
const listOf = (rules: string[], nextCursor: string | null = null) => ({
  items: rules.map((rule) => aDelivery({ id: `dlv_${rule}`, rule })),
  nextCursor,
});

/** The last cell of each row of the list, which is the rule. */
const rules = (cells: string[][]) => cells.map((row) => row.at(-1));

test('an event leads to its deliveries and to their destinations', async () => {
  const app = await openConsole('/connections/orders/events/evt_1', {
    ...record,
    'GET /v1/connections/{name}/events/{id}': anEvent('evt_1'),
    'GET /v1/connections/{name}/events/{id}/deliveries': { items: [aDelivery()] },
    'GET /v1/deliveries/{id}': aDelivery(),
  });
  await app.press('link', 'to-shop', { page, shows: ['Duration'] });
  await app.press('link', 'evt_1', { page: '/console/connections/orders/events/evt_1', shows: ['Delivery by rule'] });
  await app.press('link', 'shop', { page: '/console/destinations/shop', shows: ['Signing secret'] });
});

test('the deliveries of an event that could not be read are read again', async () => {
  const app = await openConsole('/connections/orders/events/evt_1', {
    'GET /v1/connections/{name}/events/{id}': anEvent('evt_1'),
    'GET /v1/connections/{name}/events/{id}/deliveries': inTurn(notNow, { items: [] }),
  });
  await app.press('button', 'Try again', {
    hides: ['Not now.'],
    shows: ['This event went to no destination: the connection had no routes when it came.'],
  });
});

test('the health of a destination that could not be read is read again', async () => {
  const app = await openConsole('/destinations/shop', {
    ...record,
    'GET /v1/destinations/{name}/health': inTurn(notNow, {
      state: 'slow' as const,
      waiting: { count: 0, isMore: false },
    }),
  });
  await app.press('button', 'Try again', {
    hides: ['Not now.'],
    shows: ['Slow: what is for it waits apart from the others'],
  });
});

test('the deliveries to a destination are on a tab, page by page, and lead to one and back', async () => {
  const app = await openConsole('/destinations/shop', {
    ...record,
    'GET /v1/destinations/{name}/deliveries': ({ query }) =>
      query.has('cursor') ? listOf(['c']) : listOf(['a', 'b'], 'n1'),
    'GET /v1/deliveries/{id}': aDelivery(),
  });
  await app.press('tab', 'Deliveries', { page: `/console${list}`, turns: 'on', shows: ['Load older deliveries'] });
  await app.press('button', 'Load older deliveries', { hides: ['Load older deliveries'] });
  expect(rules(app.cells)).toEqual(['a', 'b', 'c']);
  const first = document.querySelector('tbody a') as Element;
  await app.does({ page: page.replace('dlv_1', 'dlv_a'), shows: ['Duration'] }, () => app.user.click(first));
  await app.pressCrumb('Deliveries', { page: `/console${list}`, hides: ['Duration'] });
});

test('the deliveries to a destination are narrowed to a status, which stays on the way back', async () => {
  const app = await openConsole(list, {
    ...record,
    'GET /v1/destinations/{name}/deliveries': ({ query }) =>
      query.get('status') === 'given_up' ? listOf(['a']) : listOf(query.has('status') ? [] : ['a', 'b']),
  });
  expect(rules(app.cells)).toEqual(['a', 'b']);
  await app.choose(/^Status/, 'Given up');
  await app.settle();
  expect([rules(app.cells), app.api.reads.at(-1)]).toEqual([['a'], `GET ${api}?limit=50&status=given_up`]);
  for (const status of ['Waiting', 'Parked', 'Failed', 'Cancelled', 'Expired']) await app.choose(/^Status/, status);
  await app.shows('No delivery has this status');
  await app.goTo('/destinations/shop');
  await app.goTo(list);
  await app.shows('No delivery has this status');
  await app.choose(/^Status/, 'Every status');
  await app.settle();
  expect(rules(app.cells)).toEqual(['a', 'b']);
});

test('an older page that could not be read is read again', async () => {
  const older = inTurn(notNow, listOf(['b']));
  const app = await openConsole(list, {
    ...record,
    'GET /v1/destinations/{name}/deliveries': ({ query }) => (query.has('cursor') ? older() : listOf(['a'], 'n1')),
  });
  await app.press('button', 'Load older deliveries', { shows: ['Not now.'] });
  await app.press('button', 'Load older deliveries', { hides: ['Not now.'] });
  expect(rules(app.cells)).toEqual(['a', 'b']);
});

test.each([['an admin', {}] as const, ['a flow designer', { 'GET /v1/me': designer }] as const])(
  '%s redelivers what has ended, and then waits for it',
  async (_, me) => {
    let delivery = aDelivery();
    const app = await openConsole('/destinations/shop/deliveries/dlv_1', {
      ...me,
      'GET /v1/deliveries/{id}': () => delivery,
      'POST /v1/deliveries/{id}/redeliver': () => {
        delivery = aDelivery({ status: 'waiting', redelivered: { times: 1, by: 'op_0' } });
        return delivery;
      },
    });
    await app.press('button', 'Redeliver', {
      sent: ['POST /v1/deliveries/dlv_1/redeliver'],
      shows: ['It is sent again now.', '1 time, last by Zoe'],
      hides: ['Given up'],
    });
    expect(app.isOffered('button', /^Redeliver/)).toBe(false);
  },
);

test('a delivery that could not be read is read again, and one that is not there leads to the destinations', async () => {
  const app = await openConsole('/destinations/shop/deliveries/dlv_1', {
    'GET /v1/deliveries/{id}': inTurn(notNow, aDelivery({ status: 'parked' })),
    'GET /v1/destinations': { items: [aDestination()], nextCursor: null },
  });
  await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['When the destination takes it'] });
  app.api.answer({ 'GET /v1/deliveries/{id}': new Refusal(404, 'There is no delivery with this id.') });
  await app.goTo('/destinations/shop/deliveries/dlv_2');
  await app.shows('There is no delivery with this id.');
  await app.press('link', 'Go to the destinations', { page: '/console/destinations', rows: ['shop'] });
});
