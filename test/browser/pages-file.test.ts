/**
 * The file of the later pages in an outage, and after an update of the console. Some versions of Chromium keep a failed import until the
 * document is loaded anew, and some do not. These tests hold in both.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page, Request } from 'playwright-core';
import { type ActiveEndpoint, anActiveEndpoint, bearer, deliver } from '../support/given.ts';
import { aWindow, openBrowser, signIn, type Window } from './given-browser.ts';
import { aConsole } from './given-console.ts';

const app = aConsole();
const file = /\/assets\/pages-/;
let endpoint: ActiveEndpoint;
let event: string;

beforeAll(async () => {
  endpoint = await anActiveEndpoint(app.world);
  const { id } = (await deliver(endpoint.url, { headers: bearer(endpoint.token), body: 'hello' })).json();
  event = String(id);
  await app.world.runtime.settled();
});

/** Says to the page that a person asked the browser to load little. */
const saveData = (page: Page) =>
  page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));

/** Makes a window keep failed imports, whatever its browser does. What is fetched, is not imported. */
async function keepFailures(page: Page): Promise<void> {
  const failed = new Set<string>();
  const isImport = (request: Request) => request.resourceType() !== 'fetch';
  page.on('requestfailed', (request) => isImport(request) && failed.add(request.url()));
  page.on('request', (request) => request.isNavigationRequest() && failed.clear());
  await page.route('**/assets/*', (route) =>
    isImport(route.request()) && failed.has(route.request().url()) ? route.abort() : route.fallback(),
  );
}

/** Goes from the list to the event as a link does. */
const openEvent = (page: Page) =>
  page.evaluate((path) => history.pushState(null, '', path), `/console/connections/${endpoint.name}/events/${event}`);

/** The event is there, with its styles. */
async function isWhole(page: Page): Promise<void> {
  const body = page.getByRole('region', { name: 'Body' });
  await body.waitFor();
  expect(await body.evaluate((element) => getComputedStyle(element).whiteSpace)).toBe('pre-wrap');
}

const isListed = (page: Page) => page.getByRole('link', { name: endpoint.name, exact: true }).waitFor();
const hasFailed = (page: Page) => page.getByText('This page could not be shown').waitFor();

const feature = 'ModuleMapDoNotCacheFailedFetch';

describe.each([
  ['that keeps a failed import', `--disable-features=${feature}`, async () => {}],
  ['that keeps no failed import', `--enable-features=${feature}`, async () => {}],
  ['of any version, made to keep a failed import', '--no-pings', keepFailures],
])('in a browser %s,', (_, flag, change) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(flag);
  });
  afterAll(() => browser?.close());

  /** Opens the list of connections in a window that loads nothing ahead. */
  async function theList(): Promise<Window> {
    const window = await aWindow(browser, app.world);
    await saveData(window.page);
    await change(window.page);
    await signIn(window, app.world, app.world.admin);
    await isListed(window.page);
    return window;
  }

  test('a page that is first opened without a network is whole once there is one', async () => {
    const { page, context } = await theList();
    await context.setOffline(true);
    await openEvent(page);
    await hasFailed(page);
    await page.getByText('Its file can’t be reached.').waitFor();
    await context.setOffline(false);
    await isWhole(page);
    await page.getByText('The API can’t be reached.').waitFor({ state: 'hidden' });
  });

  test('a page whose file alone was refused is whole once it is not', async () => {
    const { page } = await theList();
    await page.route(file, (route) => route.abort());
    await openEvent(page);
    await hasFailed(page);
    await page.unroute(file);
    await isWhole(page);
  });

  test('a page whose file an update removed says so, and a new tab shows it without a sign-in', async () => {
    const { page } = await theList();
    await page.route(file, (route) => route.fulfill({ status: 404 }));
    await openEvent(page);
    await page.getByText('The console was updated since you opened this tab').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Open in a new tab' }).click(),
    ]);
    await isWhole(tab);
    expect(new URL(tab.url()).pathname).toBe(new URL(page.url()).pathname);
  });

  test('every page can be opened without a network, because its file was loaded ahead', async () => {
    const window = await aWindow(browser, app.world);
    const { page, context } = window;
    await change(page);
    await Promise.all([
      page.waitForEvent('requestfinished', (request) => file.test(request.url())),
      signIn(window, app.world, app.world.admin),
    ]);
    await isListed(page);
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page.getByRole('link', { name: 'Operators' }).click();
    await page.getByRole('heading', { name: /^Operators/ }).waitFor();
    await page.getByText('This could not be loaded').waitFor();
    expect(await page.getByText('This page could not be shown').count()).toBe(0);
    await context.setOffline(false);
    await page.getByRole('row', { name: /bootstrap/ }).waitFor();
  });
});

/** Lets the browser do all that it does when it is idle. */
const beIdle = (page: Page) =>
  page.evaluate(async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => requestIdleCallback(resolve));
  });

const fileRequests = ({ requests }: Window) => requests.filter((request) => file.test(request)).length;

test('the pages are loaded while a person looks for the token', async () => {
  const { page } = await app.open();
  await Promise.all([page.waitForRequest(file), page.goto(`${app.world.runtime.url}/console/connections`)]);
  await page.getByLabel('Operator token').waitFor();
});

test('nothing is loaded ahead before the first page of a new tab is shown', async () => {
  const window = await app.open();
  await saveData(window.page);
  await signIn(window, app.world, app.world.admin);
  const tab = await window.context.newPage();
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
  await tab.route(/\/v1\/connections\?/, (route) => mayAnswer.then(() => route.fallback()));
  await tab.goto(`${app.world.runtime.url}/console/connections`);
  await tab.getByText('Loading connections').waitFor();
  await beIdle(tab);
  expect(fileRequests(window)).toBe(0);
  const [ahead] = await Promise.all([tab.waitForRequest(file), answer()]);
  expect(ahead.method()).toBe('GET');
  await isListed(tab);
});

test('nothing is loaded ahead for somebody who saves data', async () => {
  const window = await app.open();
  await saveData(window.page);
  await signIn(window, app.world, app.world.admin);
  await isListed(window.page);
  await beIdle(window.page);
  expect(fileRequests(window)).toBe(0);
  await openEvent(window.page);
  await isWhole(window.page);
});
