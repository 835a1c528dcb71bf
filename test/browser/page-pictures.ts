/** Pictures of every page in every state, for a person to look at: `npm run screenshots -- --all`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import type { World } from '../given.ts';
import { aWindow } from './given-browser.ts';
import type { PictureData } from './picture-data.ts';

const looks: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1200, height: 800 }, colorScheme: 'light' },
  dark: { viewport: { width: 1200, height: 800 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 420, height: 800 }, colorScheme: 'light' },
};

interface Shot {
  name: string;
  /** Behind `/console`. */
  path: string;
  /** Does something on the page first. */
  act?: (page: Page) => Promise<unknown>;
  /** The requests that are held, fail, or answer with nothing. */
  reads?: RegExp;
  /** What the requests answer if there is nothing. */
  empty?: unknown;
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
const dialogs: Shot[] = [
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

const answers: Record<string, (shot: Shot) => ((route: Route) => unknown) | undefined> = {
  loading: () => () => undefined,
  error: () => fail,
  empty: ({ empty }) => (empty === undefined ? undefined : (route) => route.fulfill({ json: empty })),
};

/** The same pages in the states that only an answer makes. */
const answered = (data: PictureData) =>
  Object.entries(answers).flatMap(([state, answerOf]) =>
    reading(data).flatMap((shot) => {
      const answer = answerOf(shot);
      const act = shot.name === 'create' ? openProviders : undefined;
      return answer ? [{ ...shot, name: `${shot.name}, ${state}`, state, answer, ...(act && { act }) }] : [];
    }),
  );

/** Takes all pictures, as `folder/light/connections.png`. */
export async function pagePictures(world: World, browser: Browser, data: PictureData, folder: string): Promise<number> {
  let count = 0;
  for (const [look, options] of Object.entries(looks)) {
    const into = join(folder, look);
    mkdirSync(into, { recursive: true });
    const window = await aWindow(browser, world, options);
    const { page } = window;
    const save = async (name: string, isWhole: boolean) => {
      const path = join(into, `${name.replaceAll(/[ ,]+/g, '-')}.png`);
      await page.screenshot({ path, fullPage: isWhole, animations: 'disabled' });
      count++;
    };
    await page.goto(`${world.runtime.url}/console/index.html`);
    await page.getByLabel('Operator token').fill('hlo_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Check that you copied all of it.').waitFor();
    await save('sign-in', true);
    await page.getByLabel('Keep me signed in').check();
    await signInHere(page, world);
    const open = async ({ path, act, ready }: Shot, isWaiting = false) => {
      await page.goto(`${world.runtime.url}/console${path}`);
      await page.getByRole('link', { name: 'Hooklatch' }).waitFor();
      if (!isWaiting) await page.waitForLoadState('networkidle');
      if (ready) await page.getByText(ready).first().waitFor();
      await act?.(page);
    };
    for (const shot of filled(data)) {
      await open(shot);
      await save(shot.name, true);
    }
    for (const shot of dialogs) {
      await open(shot);
      await page.getByRole('dialog').waitFor();
      await save(`dialog-${shot.name}`, false);
    }
    for (const { reads = /^$/, answer, state, waits = '', ...shot } of answered(data)) {
      await page.route(reads, answer);
      await open(shot, true);
      await page.waitForLoadState(state === 'loading' ? 'load' : 'networkidle');
      if (state === 'loading')
        await page
          .getByText(/^Loading/)
          .filter({ visible: true })
          .first()
          .waitFor();
      await save(shot.name, true);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    }
    await window.context.close();
  }
  return count;
}

async function signInHere(page: Page, world: World): Promise<void> {
  await page.getByLabel('Operator token').fill(world.admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Hooklatch' }).waitFor();
}
