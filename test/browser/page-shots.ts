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
  /** The answer if there is nothing. */
  empty?: object;
  /** What is there once the picture can be taken. */
  ready?: string | RegExp;
  /** What the page says while it waits. */
  waits?: string;
}

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();
const list = { items: [], nextCursor: null };

/** The pages with data, in the states that data makes. */
const filled = ({ event }: PictureData): Shot[] => [
  { name: 'connections', path: '/index.html', ready: 'events' },
  {
    name: 'connections, none found',
    path: '/index.html',
    act: (page) => page.getByPlaceholder('Find connections').fill('nothing like it'),
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
  { name: 'events', path: '/connections/code/events' },
  { name: 'events held', path: '/connections/warehouse/events' },
  {
    name: 'events, none found',
    path: '/connections/code/events',
    act: async (page) => {
      await page.getByLabel('Type').first().fill('issues');
      await press('Find')(page);
      await page.getByText('No event matches').waitFor();
    },
  },
  { name: 'event', path: `/connections/code/events/${event}` },
  { name: 'rejections', path: '/connections/code/rejections' },
  { name: 'history', path: '/connections/code/history' },
  { name: 'operators', path: '/operators' },
  { name: 'not found', path: '/nowhere' },
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
  { name: 'add operator', path: '/operators', act: press('Add operator') },
  { name: 'revoke', path: '/operators', act: press('Revoke Ada') },
];

const dialogs = openDialogs.map((shot): Shot => ({ ...shot, name: `dialog, ${shot.name}`, isDialog: true }));

/** The pages that read something: each is looked at while it waits, after a failure, and with nothing to show. */
const reading = ({ event }: PictureData): Shot[] => [
  { name: 'connections', path: '/index.html', waits: 'Loading connections', reads: /\/v1\/connections\?/, empty: list },
  { name: 'create', path: '/create', waits: 'Loading providers', reads: /\/v1\/providers$/, empty: list },
  { name: 'connection', path: '/connections/code', waits: 'Loading the connection', reads: /\/v1\/connections\/code$/ },
  {
    name: 'configure',
    path: '/connections/code/configure',
    waits: 'Loading the connection',
    reads: /\/v1\/connections\/code$/,
  },
  {
    name: 'events',
    path: '/connections/code/events',
    waits: 'Loading events',
    reads: /\/v1\/connections\/code\/events\?/,
    empty: list,
  },
  {
    name: 'event',
    path: `/connections/code/events/${event}`,
    waits: 'Loading the event',
    reads: /\/v1\/.*\/events\/evt_/,
  },
  {
    name: 'rejections',
    path: '/connections/code/rejections',
    waits: 'Loading rejections',
    reads: /\/v1\/connections\/code\/rejections/,
    empty: list,
  },
  {
    name: 'history',
    path: '/connections/code/history',
    waits: 'Loading the history',
    reads: /\/v1\/connections\/code\/history/,
    empty: list,
  },
  {
    name: 'operators',
    path: '/operators',
    waits: 'Loading operators',
    reads: /\/v1\/operators/,
    empty: { ...list, bootstrap: 'open' },
  },
];

const openProviders = (page: Page) => page.getByRole('button', { name: /^Provider/ }).click();

/** An answer as API Gateway gives it when the function has failed. */
const fail = (route: Route) =>
  route.fulfill({
    status: 500,
    headers: { 'apigw-requestid': 'JKJaXmPLvHcESHA=', 'content-type': 'application/json' },
    body: '{"message":"Internal Server Error"}',
  });

/** The same pages in the states that only an answer makes. */
const answered = (data: PictureData): Shot[] =>
  reading(data).flatMap(({ waits = '', empty, ...shot }) => {
    const act = shot.name === 'create' ? { act: openProviders } : {};
    const states: Pick<Shot, 'name' | 'answer' | 'waits'>[] = [
      { name: `${shot.name}, loading`, answer: () => undefined, waits },
      { name: `${shot.name}, error`, answer: fail },
      ...(empty ? [{ name: `${shot.name}, empty`, answer: (route: Route) => route.fulfill({ json: empty }) }] : []),
    ];
    return states.map((state) => ({ ...shot, ...act, ...state }));
  });

/** All pictures behind the sign-in. */
export const shotsOf = (data: PictureData): Shot[] => [...filled(data), ...dialogs, ...answered(data)];
