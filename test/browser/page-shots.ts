/** What the pictures of the console show: every page, dialog and state. */
import type { Page, Route } from 'playwright-core';
import type { PictureData } from './picture-data.ts';

export interface Shot {
  name: string;
  /** Behind `/console`. */
  path: string;
  /** Does something on the page first. */
  act?: (page: Page) => Promise<unknown>;
  isDialog?: boolean;
  /** What the page reads, and how that is answered here. */
  reads?: RegExp;
  answer?: (route: Route) => unknown;
  /** What is there before something is done. */
  ready?: string;
  /** What the page says once the picture can be taken. */
  says?: string;
  /** Whether the page still waits for an answer then. */
  isWaiting?: boolean;
}

/** A page that reads something, and what it says while it waits, after a failure, and if there is nothing. */
interface Reading extends Pick<Shot, 'name' | 'path' | 'act'> {
  reads: RegExp;
  waiting: string;
  failed?: string;
  empty?: { answer: object; says: string };
}

/** A redelivery of many that has not ended. */
const redelivery = {
  ...{ id: 'rdl_0', destination: 'crm', state: 'running', statuses: ['given_up'], by: 'op_0', rate: 50 },
  ...{ from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T13:00:00.000Z', startedAt: '2026-03-01T14:00:00.000Z' },
  ...{ begunAt: '2026-03-01T14:00:01.000Z' },
  ...{ count: 1200, done: 340, failed: 2, skipped: 11, skippedBecause: { expired: 11 }, etaSeconds: 17 },
};

/** Jobs of each kind and state, and one that waits. */
const times = { from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T13:00:00.000Z' };
const aReplay = {
  ...{
    ...times,
    id: 'run_0',
    kind: 'replay',
    connection: 'code',
    state: 'running',
    rate: 2,
    by: 'op_0',
    type: 'invoice.*',
  },
  ...{ startedAt: '2026-03-01T14:00:00.000Z', begunAt: '2026-03-01T14:00:01.000Z' },
  ...{ count: 5000, done: 1200, failed: 0, skipped: 40, skippedBecause: { held: 40 }, etaSeconds: 1900 },
};
const jobs = [
  aReplay,
  { ...redelivery, kind: 'redelivery' },
  { ...aReplay, id: 'run_1', connection: 'shop-orders', done: 0, skipped: 0, skippedBecause: {}, begunAt: undefined },
  { ...aReplay, id: 'release_0', kind: 'release', type: undefined, etaSeconds: null, skippedBecause: {}, skipped: 0 },
  ...['done', 'cancelled', 'failed'].map((state) => ({
    ...{ ...aReplay, id: `run_${state}`, state, etaSeconds: null, skipped: 0, skippedBecause: {} },
    ...{ done: state === 'done' ? 5000 : 1200, failed: state === 'failed' ? 7 : 0 },
  })),
];

/** Rejections of one reason. */
const refused = {
  ...{ nextCursor: null, asOf: times.to },
  items: [
    {
      ...{
        minute: '2026-03-01T12:00Z',
        reason: 'signature_mismatch',
        count: 3,
        explanation: 'The signature does not match.',
      },
      facts: [{ code: 'signature_mismatch' }],
    },
  ],
};

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();
const list = { items: [], nextCursor: null };

/** The pages with data, in the states that data makes. */
const filled = ({ event, order, delivery }: PictureData): Shot[] => [
  { name: 'connections', path: '/index.html', ready: 'events' },
  {
    name: 'connections, none found',
    path: '/index.html',
    act: (page) => page.getByPlaceholder('Find connections').fill('nothing like it'),
  },
  { name: 'overview', path: '/overview', says: 'Refuses webhooks' },
  { name: 'overview, 30 days as a table', path: '/overview#range=30d&as=table', says: 'so far' },
  {
    name: 'overview, a bar',
    path: '/overview#as=table',
    act: async (page) => {
      await page
        .getByRole('link', { name: /accepted/ })
        .first()
        .click();
      await page.getByText('Show the whole time').waitFor();
    },
  },
  {
    name: 'overview, a time that is not kept',
    path: '/overview#range=1h&from=2026-01-01T10:00:00.000Z&to=2026-01-01T10:01:00.000Z',
    says: 'no longer kept',
  },
  { name: 'create', path: '/create' },
  {
    name: 'create, mistakes',
    path: '/create',
    act: async (page) => {
      await page.getByLabel('Name').fill('GitHub Repo');
      await page.getByRole('button', { name: 'Create connection' }).click();
    },
  },
  {
    name: 'create, providers',
    path: '/create',
    act: (page) => page.getByRole('button', { name: /^Provider/ }).click(),
  },
  ...['code', 'shop-orders', 'warehouse', 'parcels', 'payments', 'chat', 'campaigns', 'invoices', 'tasks'].map(
    (name): Shot => ({ name: `connection ${name}`, path: `/connections/${name}` }),
  ),
  ...['code', 'invoices', 'chat', 'shop-orders'].map(
    (name): Shot => ({ name: `configure ${name}`, path: `/connections/${name}/configure` }),
  ),
  { name: 'set up', path: '/connections/invoices/setup', says: 'What is done stays.' },
  { name: 'set up, half done', path: '/connections/chat/setup', says: 'Configure the endpoint: done' },
  {
    name: 'set up, failed',
    path: '/connections/invoices/setup',
    act: press('Go on'),
    reads: /invoices\/endpoint/,
    answer: (route) => route.fulfill({ status: 500, json: { detail: 'The request failed.', requestId: 'r1' } }),
    says: 'did not work. What was done',
  },
  { name: 'set up, first webhook', path: '/connections/code/setup', says: 'It was verified and stored.' },
  {
    name: 'set up, refused',
    path: '/connections/code/setup',
    reads: /code\/(events|rejections)/,
    answer: (route) =>
      route.fulfill({ json: route.request().url().includes('/events') ? { ...list, upTo: times.to } : refused }),
    says: 'were refused',
  },
  { name: 'set up, secret of the sender', path: '/connections/payments/setup', says: 'Paste the secret' },
  { name: 'set up, handshake', path: '/connections/tasks/setup', says: 'Handshake' },
  {
    name: 'configure, all settings',
    path: '/connections/code/configure',
    act: (page) => page.getByText('More settings').click(),
  },
  {
    name: 'test passed',
    path: '/connections/shop-orders',
    act: async (page) => {
      await press('Test')(page);
      await page.getByText('The endpoint works.').waitFor();
    },
  },
  {
    name: 'test failed',
    path: '/connections/payments',
    act: async (page) => {
      await press('Test')(page);
      await page.getByText('The endpoint does not work yet.').waitFor();
    },
  },
  { name: 'traffic', path: '/connections/code/traffic', says: 'Counted until' },
  { name: 'traffic, 30 days', path: '/connections/code/traffic#range=30d', says: 'Counted until' },
  {
    name: 'traffic, a bar',
    path: '/connections/code/traffic',
    act: async (page) => {
      await page.getByRole('application').first().focus();
      for (const key of ['ArrowLeft', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
      await page.getByRole('link', { name: /accepted/ }).waitFor();
    },
  },
  { name: 'traffic, table', path: '/connections/code/traffic#as=table', says: 'so far' },
  { name: 'events', path: '/connections/code/events' },
  {
    name: 'events, one beside the list',
    path: '/connections/code/events',
    act: (page) => page.locator('tbody tr').first().locator('td').last().click(),
    ready: 'push',
  },
  { name: 'events held', path: '/connections/warehouse/events' },
  {
    name: 'events, none found',
    path: '/connections/code/events',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Filter' }).fill('Type = issues');
      await page.keyboard.press('Enter');
      await page.getByText('No event matches').waitFor();
    },
  },
  {
    name: 'events, search',
    path: '/connections/code/events#contains=refs&large=true',
    says: 'Looked at all events of this time',
  },
  { name: 'events, search without a find', path: '/connections/code/events#contains=nothing', says: 'No event found' },
  { name: 'search, all connections', path: '/search#contains=refs', says: 'Searched' },
  { name: 'search, nothing yet', path: '/search' },
  { name: 'events, search by a mistake', path: '/connections/code/events#match=%7B', says: 'This is not JSON' },
  { name: 'event', path: `/connections/code/events/${event}` },
  {
    name: 'event, body searched',
    path: `/connections/code/events/${event}`,
    act: (page) => page.getByLabel('Search in the body').fill('main'),
    says: '1 of 1',
  },
  {
    name: 'event, compared',
    path: `/connections/shop-orders/events/${order}`,
    act: press('Compare'),
    says: 'Compared with',
  },
  { name: 'routes', path: '/connections/code/routes' },
  { name: 'routes, dry run', path: `/connections/code/routes?event=${event}`, says: 'Matches' },
  { name: 'no routes', path: '/connections/shop-orders/routes', ready: 'Add a route' },
  { name: 'edit routes', path: '/connections/code/routes/edit' },
  { name: 'new route', path: '/connections/shop-orders/routes/edit?to=crm' },
  {
    name: 'edit routes, mistakes',
    path: '/connections/code/routes/edit',
    act: async (page) => {
      await page.getByLabel('Value').first().fill('');
      await page.getByRole('button', { name: 'Add condition' }).last().click();
      await page
        .getByLabel(/^Transform/)
        .last()
        .fill('{ "text": ');
      await press('Save')(page);
    },
  },
  { name: 'rejections', path: '/connections/code/rejections' },
  {
    name: 'rejections, of a time',
    path: '/connections/code/rejections#from=2026-03-01T12:00:00.000Z&to=2026-03-01T13:00:00.000Z',
    says: 'No rejections in this time',
  },
  { name: 'history', path: '/connections/code/history' },
  { name: 'destinations', path: '/destinations' },
  { name: 'destination', path: '/destinations/team-chat' },
  { name: 'destination paused', path: '/destinations/crm' },
  { name: 'destination attempts', path: '/destinations/team-chat/attempts', says: 'Counted until' },
  { name: 'destination history', path: '/destinations/crm/history' },
  { name: 'destination deliveries', path: '/destinations/crm/deliveries' },
  {
    name: 'destination deliveries, redelivery',
    path: '/destinations/crm/deliveries',
    reads: /\/redeliveries/,
    answer: (route) =>
      route.fulfill({ json: route.request().url().endsWith('rdl_0') ? redelivery : { ...list, items: [redelivery] } }),
    says: 'what is redelivered waits',
  },
  { name: 'delivery', path: `/destinations/crm/deliveries/${delivery}` },
  {
    name: 'jobs',
    path: '/jobs',
    reads: /\/v1\/jobs/,
    answer: (route) => route.fulfill({ json: { ...list, items: jobs } }),
    says: 'It should have begun by now.',
  },
  { name: 'jobs, none found', path: '/jobs#kind=release&state=failed', says: 'No job matches' },
  { name: 'create destination', path: '/create-destination' },
  {
    name: 'create destination, mistakes',
    path: '/create-destination',
    act: async (page) => {
      await page.getByText('More settings').click();
      await page.getByRole('button', { name: /^Credentials/ }).click();
      await page.getByRole('option', { name: 'OAuth 2 (client credentials)' }).click();
      await press('Create destination')(page);
    },
  },
  {
    name: 'edit destination',
    path: '/destinations/crm/edit',
    act: (page) => page.getByText('More settings').click(),
  },
  { name: 'operators', path: '/operators' },
  { name: 'not found', path: '/nowhere' },
  {
    name: 'page not loaded',
    path: '/operators',
    reads: /\/assets\/operators-page-/,
    answer: (route) => route.abort(),
    says: 'This page could not be shown',
  },
  { name: 'connection not found', path: '/connections/no-such-name' },
];

/** Each dialog, open. */
const openDialogs: Shot[] = [
  { name: 'rotate', path: '/connections/code', act: press('Rotate token') },
  { name: 'rotate, pasted', path: '/connections/quiet', act: press('Rotate token') },
  { name: 'end grace', path: '/connections/code', act: press('End grace now') },
  { name: 'hold', path: '/connections/code', act: press('Hold') },
  { name: 'deactivate', path: '/connections/code', act: press('Deactivate') },
  { name: 'deconfigure', path: '/connections/parcels', act: press('Deconfigure') },
  { name: 'delete', path: '/connections/invoices', act: press('Delete connection') },
  {
    name: 'replay',
    path: '/connections/code/events',
    act: async (page) => {
      await press('Replay many')(page);
      await press('Count first')(page);
      await page.getByText('would be published again').waitFor();
    },
  },
  {
    name: 'redeliver',
    path: '/destinations/team-chat/deliveries',
    act: async (page) => {
      await press('Redeliver these')(page);
      await press('Count first')(page);
      await page.getByText('would be sent again').waitFor();
    },
  },
  { name: 'rotate secret', path: '/destinations/crm', act: press('Rotate secret') },
  { name: 'delete destination', path: '/destinations/crm', act: press('Delete destination') },
  { name: 'add operator', path: '/operators', act: press('Add operator') },
  { name: 'revoke', path: '/operators', act: press('Revoke Ada') },
];

const dialogs = openDialogs.map((shot): Shot => ({ ...shot, name: `dialog, ${shot.name}`, isDialog: true }));

const openProviders = (page: Page) => page.getByRole('button', { name: /^Provider/ }).click();

/** The pages that read something: each is looked at while it waits, after a failure, and with nothing to show. */
const reading = ({ event, delivery }: PictureData): Reading[] => [
  {
    name: 'connections',
    path: '/index.html',
    reads: /\/v1\/connections\?/,
    waiting: 'Loading connections',
    empty: { answer: list, says: 'No connections yet' },
  },
  {
    name: 'overview',
    path: '/overview',
    reads: /\/v1\/(connections|destinations|stats)/,
    waiting: 'Loading what needs somebody',
    empty: { answer: list, says: 'Nothing needs you' },
  },
  {
    name: 'create',
    path: '/create',
    act: openProviders,
    reads: /\/v1\/providers$/,
    waiting: 'Loading providers',
    failed: 'The providers could not be loaded.',
    empty: { answer: list, says: 'No provider matches' },
  },
  {
    name: 'connection',
    path: '/connections/code',
    reads: /\/v1\/connections\/code$/,
    waiting: 'Loading the connection',
  },
  {
    name: 'configure',
    path: '/connections/code/configure',
    reads: /\/v1\/connections\/code$/,
    waiting: 'Loading the connection',
  },
  {
    name: 'overview, traffic',
    path: '/overview',
    reads: /\/stats\?by=hour/,
    waiting: 'Loading the traffic',
    empty: { answer: { items: [] }, says: 'No connection had anything in this time' },
  },
  {
    name: 'traffic',
    path: '/connections/code/traffic',
    reads: /\/v1\/connections\/code\/stats/,
    waiting: 'Loading the traffic',
    empty: { answer: { items: [] }, says: 'Nothing came in this time' },
  },
  {
    name: 'events',
    path: '/connections/code/events',
    reads: /\/v1\/connections\/code\/events\?/,
    waiting: 'Loading events',
    empty: { answer: list, says: 'No events yet' },
  },
  {
    name: 'events, search',
    path: '/connections/code/events#contains=refs',
    reads: /\/events\/search$/,
    waiting: 'Searching the events',
    failed: 'That did not work',
    empty: {
      answer: { ...list, examined: 0, skipped: {}, upTo: '2026-03-01T12:00:00.000Z' },
      says: 'There are no events in this time',
    },
  },
  {
    name: 'event',
    path: `/connections/code/events/${event}`,
    reads: /\/v1\/.*\/events\/evt_/,
    waiting: 'Loading the event',
  },
  {
    name: 'routes',
    path: '/connections/code/routes',
    reads: /\/v1\/connections\/code\/routes/,
    waiting: 'Loading the routes',
    empty: { answer: { version: 1, mode: 'all', rules: [] }, says: 'No routes' },
  },
  {
    name: 'rejections',
    path: '/connections/code/rejections',
    reads: /\/v1\/connections\/code\/rejections/,
    waiting: 'Loading rejections',
    empty: { answer: list, says: 'No rejections in this time' },
  },
  {
    name: 'history',
    path: '/connections/code/history',
    reads: /\/v1\/connections\/code\/history/,
    waiting: 'Loading the history',
    empty: { answer: list, says: 'Nothing has happened yet' },
  },
  {
    name: 'destinations',
    path: '/destinations',
    reads: /\/v1\/destinations\?/,
    waiting: 'Loading destinations',
    empty: { answer: list, says: 'No destinations yet' },
  },
  {
    name: 'destination',
    path: '/destinations/crm',
    reads: /\/v1\/destinations\/crm$/,
    waiting: 'Loading the destination',
  },
  {
    name: 'edit destination',
    path: '/destinations/crm/edit',
    reads: /\/v1\/destinations\/crm$/,
    waiting: 'Loading the destination',
  },
  {
    name: 'destination attempts',
    path: '/destinations/crm/attempts',
    reads: /\/v1\/stats/,
    waiting: 'Loading the traffic',
    empty: { answer: { items: [] }, says: 'No attempt in this time' },
  },
  {
    name: 'destination history',
    path: '/destinations/crm/history',
    reads: /\/v1\/destinations\/crm\/history/,
    waiting: 'Loading the history',
    empty: { answer: list, says: 'Nothing has happened yet' },
  },
  {
    name: 'destination deliveries',
    path: '/destinations/crm/deliveries',
    reads: /\/v1\/destinations\/crm\/deliveries/,
    waiting: 'Loading deliveries',
    empty: { answer: list, says: 'No deliveries' },
  },
  {
    name: 'delivery',
    path: `/destinations/crm/deliveries/${delivery}`,
    reads: /\/v1\/deliveries\//,
    waiting: 'Loading the delivery',
  },
  {
    name: 'jobs',
    path: '/jobs',
    reads: /\/v1\/jobs/,
    waiting: 'Loading the jobs',
    empty: { answer: list, says: 'No jobs' },
  },
  {
    name: 'operators',
    path: '/operators',
    reads: /\/v1\/operators/,
    waiting: 'Loading operators',
    empty: { answer: { ...list, bootstrap: 'open' }, says: 'No operators yet' },
  },
];

/** An answer as API Gateway gives it when the function has failed. */
const fail = (route: Route) =>
  route.fulfill({
    status: 500,
    headers: { 'apigw-requestid': 'JKJaXmPLvHcESHA=', 'content-type': 'application/json' },
    body: '{"message":"Internal Server Error"}',
  });

/** The same pages in the states that only an answer makes. */
const answered = (data: PictureData): Shot[] =>
  reading(data).flatMap(({ waiting, failed = 'This could not be loaded', empty, ...shot }) => [
    { ...shot, name: `${shot.name}, loading`, answer: () => undefined, says: waiting, isWaiting: true },
    { ...shot, name: `${shot.name}, error`, answer: fail, says: failed },
    ...(empty
      ? [
          {
            ...shot,
            name: `${shot.name}, empty`,
            says: empty.says,
            answer: (route: Route) => route.fulfill({ json: empty.answer }),
          },
        ]
      : []),
  ]);

/** All pictures behind the sign-in. */
export const shotsOf = (data: PictureData): Shot[] => [...filled(data), ...dialogs, ...answered(data)];
