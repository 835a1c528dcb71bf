/** From nothing to the first webhook in one step, by the keyboard alone, and the jobs of all connections. */
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import { anActiveEndpoint, bearer, deliver, ok } from '../support/given.ts';
import { eventOf, focused, violations } from './given-browser.ts';
import { aConsole } from './given-console.ts';

const app = aConsole();

const read = (name: string) => ok(app.world, 'GET', `/v1/connections/${name}`) as unknown as Promise<ConnectionView>;

/** Moves the focus on until this has it, and presses a key. */
async function press(page: Page, name: string, key = 'Enter'): Promise<void> {
  for (let step = 0; step < 60 && (await focused(page)) !== name; step++) await page.keyboard.press('Tab');
  expect(await focused(page)).toBe(name);
  await page.keyboard.press(key);
}

/** Fills in the form of a new connection of any sender, and sends it with Enter. */
async function create(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').waitFor();
  await page.keyboard.type(name);
  await page.getByRole('button', { name: /^Provider/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByPlaceholder('Find a provider').waitFor();
  await page.keyboard.type('any other');
  // The providers may still be on their way.
  await page.getByRole('option', { name: 'Any other sender' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Provider.*Any other sender/ }).waitFor();
  await page.getByLabel('Name').focus();
  await page.keyboard.press('Enter');
}

test('one step leads to a URL that works; what is refused is explained, and what comes is greeted', async () => {
  const { page } = await app.signedIn('/create');
  await create(page, 'orders');
  await page.getByText('Waiting for the first webhook.').waitFor();
  await press(page, 'button Copy the URL');
  await page.getByText('Copied').waitFor();
  const url = await page.evaluate(() => navigator.clipboard.readText());
  expect(await read('orders')).toMatchObject({ status: 'active', endpoint: { tokens: [{}] } });

  const bare = (await read('orders')).endpoint?.url ?? '';
  await deliver(bare, { body: '{}' });
  await page.getByText('A webhook was refused: Token missing').waitFor();
  expect(await violations(page)).toEqual([]);

  const { id } = (await deliver(url, { body: '{"order": 1}' })).json();
  await page.getByText('has come. It was verified and stored.').waitFor();
  await press(page, 'link Show the event');
  await eventOf(page, String(id)).waitFor();
});

test('a step that fails is named, a reload hides nothing, and the second try goes on', async () => {
  const { page } = await app.signedIn('/create');
  await page.route('**/endpoint/token', (route) => route.fulfill({ status: 500, json: { detail: 'Not now.' } }));
  await create(page, 'parcels');
  await page.getByText('“Generate the token” did not work.').waitFor();
  expect(await read('parcels')).toMatchObject({ status: 'configured', endpoint: { tokens: [] } });
  expect(await violations(page)).toEqual([]);

  await page.unrouteAll();
  const again = await page.context().newPage();
  await again.goto(page.url());
  await again.getByText('Configure the endpoint: done').waitFor();
  expect(await read('parcels')).toMatchObject({ status: 'configured' });
  await again.close();

  await page.bringToFront();
  await press(page, 'button Go on');
  await page.getByText('The endpoint is active.').waitFor();
  const { endpoint } = await read('parcels');
  expect(await page.getByLabel('URL', { exact: true }).inputValue()).toBe(`${endpoint?.url}?token=••••••`);
});

test('the list of jobs shows a replay while it runs, and cancels it', async () => {
  const { name, path, url, token } = await anActiveEndpoint(app.world);
  for (const order of [1, 2, 3]) await deliver(url, { headers: bearer(token), body: `{"order": ${order}}` });
  app.world.clock.ahead += 60_000;
  const from = new Date(Date.now() - 3_600_000).toISOString();
  await ok(app.world, 'POST', `${path}/replays`, { from, ratePerSecond: 1 });
  const { page } = await app.signedIn(`/jobs#connection=${name}`);
  await page.getByText(/^Running: \d of 3 events/).waitFor();
  expect(await violations(page)).toEqual([]);
  await press(page, 'button Cancel');
  await page.getByText(/^Cancelled: \d of 3 events/).waitFor();
  expect(await ok(app.world, 'GET', `/v1/jobs?connection=${name}`)).toMatchObject({ items: [{ state: 'cancelled' }] });
});
