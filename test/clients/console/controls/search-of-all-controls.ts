/** The search of the events of all connections. */
import { expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { type Answers, Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { type OpenConsole, openConsole } from './given-console.ts';
import { anEvent, eventsOf, shop } from './given-records.ts';

type SearchPage = ApiAnswer<'POST /v1/connections/{name}/events/search'>;
type Asked = { params: Record<string, string>; body?: unknown };

const search = 'POST /v1/connections/{name}/events/search';
const page = (ids: string[], more: Partial<SearchPage> = {}): SearchPage => ({
  ...eventsOf(ids),
  ...{ examined: 500, skipped: {}, upTo: '2026-11-26T11:59:45.000Z', backTo: '2026-11-26T09:00:00.000Z' },
  ...more,
});
const asked = (name: string, body: object) => `POST /v1/connections/${name}/events/search ${JSON.stringify(body)}`;

const named = (name: string) => ({ ...shop(), name });
const connections = { items: [named('crm'), named('shop'), named('till')], nextCursor: null };

/** Three connections, and what is found in each. */
const open = (answer: (name: string, asked: Asked) => unknown, at = '/search'): Promise<OpenConsole> => {
  stopClock('2026-11-26T12:00:00.000Z');
  const answers = {
    'GET /v1/connections': connections,
    'GET /v1/connections/{name}': named('shop'),
    'GET /v1/connections/{name}/events': eventsOf(['evt_01']),
    'GET /v1/connections/{name}/events/{id}': anEvent('evt_07'),
    [search]: (request: Asked) => answer(String(request.params['name']), request),
  };
  return openConsole(at, answers as Answers);
};

const blue = { contains: 'blue' };
const all = ['crm', 'shop', 'till'].map((name) => asked(name, blue));

test('each connection is searched for the same, one after another, and says what it has', async () => {
  const found: Record<string, SearchPage> = {
    crm: page([]),
    shop: page(['evt_07', 'evt_08'], { skipped: { large: 2 } }),
    till: page(['evt_09']),
  };
  const app = await open((name) => found[name]);
  expect(app.text).toContain('Nothing searched for yet');
  await app.filter('blue', {
    sent: all,
    shows: ['Searched 3 of 3 connections', 'Events found (3)', 'Skipped 2: their'],
  });
  expect(location.hash).toBe('#contains=blue');
  await app.pressOnce('button', 'Search again', { sent: all, shows: [] });
  await app.press('link', 'evt_07', {
    page: '/console/connections/shop/events/evt_07',
    shows: ['SHA-256 of the body'],
  });
  await app.does({ page: '/console/search', shows: ['Searched 3 of 3 connections'] }, () =>
    app.goTo('/search#contains=blue'),
  );
  expect(app.api.acts).toHaveLength(6);
});

test('a connection that can’t be searched says so, and the others are searched', async () => {
  const app = await open((name) => (name === 'crm' ? new Refusal(500, 'Not now.') : page(['evt_07'])));
  await app.filter('blue', {
    sent: all,
    shows: ['Searched 3 of 3 connections', 'One of them could not', 'Not searched to the endNot now.'],
  });
});

test('if the connections can’t be read, it is begun again', async () => {
  const app = await open(() => page(['evt_07']));
  app.api.answer({ 'GET /v1/connections': new Refusal(500, 'Not now.') });
  await app.filter('blue', { shows: ['Not now.', 'Not loaded'] });
  app.api.answer({ 'GET /v1/connections': connections });
  await app.pressOnce('button', 'Search again', {
    sent: all,
    hides: ['Not now.'],
    shows: ['Searched 3 of 3 connections'],
  });
});

test('a mistake is one of the search, and no other connection is asked', async () => {
  const wrong = new Refusal(422, 'Its own text.', {
    code: 'invalid_request',
    errors: [{ path: 'contains', pointer: '/contains', message: 'is too long' }],
  });
  const app = await open(() => wrong);
  await app.filter('blue', { sent: all.slice(0, 1), shows: ['The text is too long.'] });
  expect(app.text).toContain('Not searched');
});

test('without a connection, it says where to create one', async () => {
  const none = { items: [], nextCursor: null };
  const app = await openConsole('/search#contains=blue', { 'GET /v1/connections': none });
  expect(app.text).toContain('There is no connection to search');
  expect(app.text).toContain('Create one on the page “Connections”.');
});

test('it looks at four pages of a connection at most, and leads to the search of that connection', async () => {
  const app = await open(
    (name) => (name === 'crm' ? page([], { nextCursor: 'more' }) : page([], { nextCursor: null })),
    '/search#contains=blue',
  );
  const more = asked('crm', { ...blue, cursor: 'more' });
  expect(app.api.acts).toEqual([all[0], more, more, more, all[1], all[2]]);
  expect(app.text).toContain('No event found');
  await app.does(
    { page: '/console/connections/shop/events', sent: [asked('shop', blue)], hides: ['By connection'] },
    () => app.user.click(app.control('link', 'shop')),
  );
  expect(location.hash).toBe('#contains=blue');
  await app.press('link', 'Search all connections', {
    page: '/console/search',
    shows: ['Searched 3 of 3 connections'],
  });
});

test('it can be stopped, and goes on where it was', async () => {
  let go = (_: SearchPage) => {};
  const slow = () => new Promise<SearchPage>((resolve) => (go = resolve));
  let count = 0;
  const app = await open((name) => (name === 'shop' && ++count === 1 ? slow() : page([`evt_${name}`])));
  await app.filter('blue', { sent: all.slice(0, 2), shows: ['Searching: looked at 1 of 3 connections'] });
  await app.pressOnce('button', 'Stop', {
    shows: ['Searched 1 of 3 connections'],
    hides: ['Stop'],
  });
  go(page(['evt_late']));
  await app.settle();
  await app.pressOnce('button', 'Go on', {
    sent: all.slice(1),
    shows: ['Searched 3 of 3 connections', 'evt_shop', 'evt_till'],
  });
  expect(['evt_shop', 'evt_late'].map((each) => app.text.includes(each))).toEqual([true, false]);
});

test('what was found has pages, and each event its connection', async () => {
  const many = Array.from({ length: 40 }, (_, index) => `${index + 10}`);
  const app = await open((name) => page(many.map((each) => `evt_${name}_${each}`)), '/search#contains=blue');
  expect(app.text).toContain('Events found (120)');
  await app.press('button', /^Next page/, { shows: ['evt_till_10'] });
});

test('the overview leads to it', async () => {
  const app = await open(() => page([]), '/overview');
  await app.press('link', 'Search events', { page: '/console/search', shows: ['Nothing searched for yet'] });
});
