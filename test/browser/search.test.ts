/** The search of the events of a connection, by the keyboard alone, in a narrow window and in a wide one. */
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type ActiveEndpoint, anActiveEndpoint, bearer, deliver } from '../support/given.ts';
import { eventOf, focused, signIn, violations } from './given-browser.ts';
import { aConsole } from './given-console.ts';

const app = aConsole();
let endpoint: ActiveEndpoint;
/** The ids of the events, the oldest first. */
const ids: string[] = [];

const wanted = 'Zoe of 4711';

beforeAll(async () => {
  endpoint = await anActiveEndpoint(app.world);
  for (const customer of [wanted, 'Ada', 'Bob']) {
    const headers = { ...bearer(endpoint.token), 'content-type': 'application/json' };
    const body = JSON.stringify({ customer, total: customer === 'Bob' ? 200 : 50 });
    ids.push(String((await deliver(endpoint.url, { headers, body })).json()['id']));
  }
  // More than a body in a row of the table has room for.
  const large = JSON.stringify({ customer: wanted, notes: 'x'.repeat(300_000) });
  ids.push(String((await deliver(endpoint.url, { headers: bearer(endpoint.token), body: large })).json()['id']));
});

const rows = (page: Page) => page.getByRole('link', { name: /^evt_/ }).allTextContents();

/** Moves the focus on until this has it. */
async function reach(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 60 && (await focused(page)) !== name; step++) await page.keyboard.press('Tab');
  expect(await focused(page)).toBe(name);
}

/** What breaks a rule of accessibility, light and dark, or needs a look to the side. */
async function wrongIn(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      found.push(...(await violations(page)).map((rule) => `${width} px, ${colorScheme}: ${rule}`));
    }
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
      found.push(`${width} px: too wide`);
  }
  return found;
}

test('a text is found by the keyboard alone, an event opened, and the link shows a colleague the same', async () => {
  const window = await app.signedIn(`/connections/${endpoint.name}/events`);
  const { page, requests, lines } = window;
  await page.getByRole('link', { name: ids[0] ?? '' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type(wanted.toUpperCase());
  await page.keyboard.press('Enter');
  await page.getByText('Looked at all events of this time: 4 events').waitFor();
  expect(await rows(page)).toEqual([ids[0]]);
  await page.getByText('Skipped 1: their body is large.').waitFor();
  expect(await wrongIn(page)).toEqual([]);

  await reach(page, 'checkbox Read large bodies too');
  await page.keyboard.press('Space');
  await page.getByRole('link', { name: ids[3] ?? '' }).waitFor();
  expect(await rows(page)).toEqual([ids[3], ids[0]]);
  const { url, colleague } = { url: page.url(), colleague: await app.open() };

  await reach(page, `link ${ids[0]}`);
  await page.keyboard.press('Enter');
  await eventOf(page, ids[0] ?? '').waitFor();
  await page.goBack();
  await page.getByRole('link', { name: ids[3] ?? '' }).waitFor();
  expect(await focused(page)).toBe(`link ${ids[0]}`);

  await signIn(colleague, app.world, app.world.admin, url.slice(`${app.world.runtime.url}/console`.length));
  await colleague.page.getByRole('link', { name: ids[3] ?? '' }).waitFor();
  expect(await rows(colleague.page)).toEqual([ids[3], ids[0]]);
  // Only the part of the address that no server sees has what was searched for.
  const seen = [...requests, ...lines, ...colleague.requests, ...colleague.lines].filter((each) =>
    /zoe|4711/i.test(each.replace(/#.*/, '')),
  );
  expect([url.split('#')[1], seen]).toEqual(['contains=ZOE+OF+4711&large=true', []]);
});

test('a pattern finds by a field of the body, its mistake is shown at the field, and nothing found says so', async () => {
  const { page } = await app.signedIn(`/connections/${endpoint.name}/events`);
  await page.getByLabel('By an event pattern').check();
  const field = page.getByRole('textbox', { name: 'Event pattern' });
  const find = page.getByRole('button', { name: 'Find' });
  await field.fill('{"data": {"total": [{"numeric": [">"]}]}}');
  await find.click();
  await page
    .getByText(/^data\.total\.0.*numeric/)
    .first()
    .waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await wrongIn(page)).toEqual([]);
  await field.fill('{"data": {"total": [{"numeric": [">", 100]}]}}');
  await find.click();
  await page.getByText('Looked at all events of this time: 4 events').waitFor();
  expect(await rows(page)).toEqual([ids[2]]);
  await field.fill('{"data": {"total": [1]}}');
  await find.click();
  await page.getByText('No event found').waitFor();
  expect(await wrongIn(page)).toEqual([]);
  await page.getByLabel('By an event pattern').uncheck();
  await page.getByRole('link', { name: ids[1] ?? '' }).waitFor();
  expect(new URL(page.url()).hash).toBe('');
});
