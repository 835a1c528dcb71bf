/** No page and no dialog breaks a rule of accessibility: light and dark, wide and narrow. */
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ok } from '../support/given.ts';
import { signIn, violations, wideTables } from './given-browser.ts';
import { aConsole } from './given-console.ts';
import { dialogsOf, type Furniture, furnish, goTo, pagesOf } from './places.ts';

const app = aConsole();
let furniture: Furniture;
beforeAll(async () => {
  furniture = await furnish(app.world);
});

const height = 900;

/** Waits until what has changed is on the screen: the rules look at colours as they are drawn. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Looks at what is shown now in each appearance. */
async function violationsOf(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of [390, 768, 1280]) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await drawn(page);
      found.push(...(await violations(page)).map((rule) => `${name}, ${width} px, ${colorScheme}: ${rule}`));
    }
  }
  return found;
}

/** Looks in each window for tables that have to be looked at sideways. */
async function sidewaysOf(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of [390, 768, 1024, 1280]) {
    await page.setViewportSize({ width, height });
    await drawn(page);
    found.push(...(await wideTables(page)).map((table) => `${name}, ${width} px: ${table}`));
  }
  return found;
}

test('the sign-in', async () => {
  const { page } = await app.open();
  await page.goto(`${app.world.runtime.url}/`);
  await page.getByLabel('Operator token').waitFor();
  const found = await violationsOf(page, 'sign in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Enter an operator token.').waitFor();
  expect([...found, ...(await violationsOf(page, 'sign in, wrong'))]).toEqual([]);
});

test('every page', async () => {
  const { page } = await app.signedIn();
  const found: string[] = [];
  for (const place of pagesOf(furniture)) {
    await goTo(page, place);
    found.push(...(await violationsOf(page, place.name)), ...(await sidewaysOf(page, place.name)));
  }
  expect(found).toEqual([]);
});

test('a page with the reason of a disabled button', async () => {
  const { page } = await app.signedIn(`/connections/${furniture.busy}`);
  await page.getByRole('button', { name: 'Deconfigure' }).focus();
  await page.locator('[role=tooltip]').getByText('Deactivate the endpoint first.').waitFor();
  expect(await violationsOf(page, 'reason')).toEqual([]);
});

test('a page whose file did not load', async () => {
  const window = await app.open();
  const { page } = window;
  await page.route('**/assets/pages-*', (route) => route.abort());
  await signIn(window, app.world, app.world.admin, '/operators');
  await page.getByText('This page could not be shown').waitFor();
  expect(await violationsOf(page, 'not loaded')).toEqual([]);
});

test('a page with folded settings, unfolded', async () => {
  const { page } = await app.signedIn(`/connections/${furniture.busy}/configure`);
  await page.getByText('More settings').click();
  expect(await violationsOf(page, 'settings')).toEqual([]);
});

test('a form of a destination with mistakes, each kind of credentials', async () => {
  const { page } = await app.signedIn('/create-destination');
  await page.getByText('More settings').click();
  const found: string[] = [];
  for (const kind of [
    'Bearer token',
    'User name and password',
    'A header of its own',
    'OAuth 2 (client credentials)',
  ]) {
    await page.getByRole('button', { name: /^Credentials/ }).click();
    await page.getByRole('option', { name: kind }).click();
    await page.getByRole('button', { name: 'Create destination' }).click();
    await page.getByText('Enter a value.').first().waitFor();
    found.push(...(await violationsOf(page, kind)));
  }
  expect(found).toEqual([]);
});

test('a form of routes: conditions, JSON, mistakes, a dry run, and what somebody else saved meanwhile', async () => {
  const { busy, receiver } = furniture;
  const { page } = await app.signedIn(`/connections/${busy}/routes/edit`);
  await page.getByRole('button', { name: 'Try the rules' }).click();
  await page.getByText('Matches', { exact: true }).waitFor();
  const found = await violationsOf(page, 'dry run');
  await page.getByRole('button', { name: 'Add condition' }).click();
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('button', { name: 'Write as JSON' }).last().click();
  await page.getByLabel('Event pattern as JSON').fill('{');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Enter a value.').waitFor();
  found.push(...(await violationsOf(page, 'mistakes')));
  await page.getByRole('button', { name: 'Remove condition 1' }).click();
  await page.getByRole('button', { name: 'Remove rule-1' }).click();
  await ok(app.world, 'PUT', `/v1/connections/${busy}/routes`, { rules: [{ id: 'theirs', to: receiver }] });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody else changed the routes in the meantime').waitFor();
  await page.getByText('The routes as they are now').click();
  found.push(...(await violationsOf(page, 'changed meanwhile')));
  await ok(app.world, 'PUT', `/v1/connections/${busy}/routes`, { rules: [{ id: 'to-depot', to: receiver }] });
  expect(found).toEqual([]);
});

test('every dialog', async () => {
  const { page } = await app.signedIn();
  const found: string[] = [];
  for (const dialog of dialogsOf(furniture)) {
    await goTo(page, dialog);
    await dialog.before?.(page);
    await dialog.opener(page).click();
    await dialog.onward?.(page);
    await page.getByRole('dialog').waitFor();
    found.push(...(await violationsOf(page, dialog.name)));
    if (dialog.done) {
      await dialog.enter?.(page);
      await page.getByRole('dialog').getByRole('button', { name: dialog.action, exact: true }).click();
      await dialog.done(page).waitFor();
      found.push(...(await violationsOf(page, `${dialog.name}, done`)));
    }
    await (dialog.leave?.(page).click() ?? page.keyboard.press('Escape'));
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  expect(found).toEqual([]);
});
