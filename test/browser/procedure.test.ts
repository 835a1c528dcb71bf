/** The procedure as a person does it, from an empty list to an endpoint that is gone. After each step, the API agrees. */
import { expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import { ok } from '../support/given.ts';
import { aConsole } from './given-console.ts';

const app = aConsole();

const read = (name: string) => ok(app.world, 'GET', `/v1/connections/${name}`) as unknown as Promise<ConnectionView>;

test('by mouse: from the empty list to a deconfigured endpoint', async () => {
  const { page } = await app.signedIn();
  await page.getByText('No connections yet').waitFor();

  await page.getByRole('link', { name: 'Create connection' }).first().click();
  await page.getByLabel('Name').fill('code');
  await page.getByRole('button', { name: /^Provider/ }).click();
  await page.getByPlaceholder('Find a provider').fill('github');
  await page.getByRole('option', { name: 'GitHub' }).click();
  await page.getByRole('button', { name: 'Create connection' }).click();
  await page.getByRole('heading', { name: 'code', exact: true }).waitFor();
  expect(await read('code')).toMatchObject({ provider: 'github', status: 'unconfigured' });

  await page.getByRole('link', { name: 'Configure' }).click();
  await page.getByRole('heading', { name: 'Configure endpoint: code' }).waitFor();
  expect(await read('code')).toMatchObject({ status: 'unconfigured' });
  await page.getByRole('button', { name: 'Generate token' }).click();
  await page.getByRole('button', { name: 'Reveal' }).waitFor();
  const configured = await read('code');
  expect([configured.status, configured.endpoint?.tokens.length]).toEqual(['configured', 1]);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Configure endpoint: code');

  await page.getByRole('button', { name: 'Activate' }).click();
  await page.getByLabel('Endpoint URL').waitFor();
  const { endpoint, status } = await read('code');
  expect(status).toBe('active');
  expect(await page.getByLabel('Endpoint URL').inputValue()).toBe(endpoint?.url);
  await page.getByRole('button', { name: 'Copy endpoint' }).click();
  await page.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(endpoint?.url);

  await page.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
  await page.getByText('Inactive').waitFor();
  expect(await read('code')).toMatchObject({ status: 'inactive' });
  await page.getByRole('button', { name: 'Activate' }).click();
  await page.getByRole('button', { name: 'Deactivate' }).waitFor();
  expect(await read('code')).toMatchObject({ status: 'active', endpoint: { url: endpoint?.url } });

  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('heading', { name: 'Edit endpoint: code' }).waitFor();
  await page.getByLabel('Remove the token').check();
  await page.getByRole('button', { name: 'Update' }).click();
  await page.getByText('also deactivates the endpoint').waitFor();
  expect(await read('code')).toMatchObject({ status: 'active' });
  await page.getByRole('dialog').getByRole('button', { name: 'Update' }).click();
  await page.getByText('The endpoint needs one before it can be activated.').waitFor();
  expect(await read('code')).toMatchObject({ status: 'inactive', endpoint: { tokens: [] } });

  await page.getByRole('button', { name: 'Deconfigure' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('button', { name: 'Deconfigure' }).isDisabled()).toBe(true);
  await dialog.getByLabel(/enter the name/).fill('code');
  await dialog.getByRole('button', { name: 'Deconfigure' }).click();
  await page.getByText('The endpoint is deconfigured').waitFor();
  expect(await read('code')).toMatchObject({ status: 'unconfigured', endpoint: null });

  await page.getByRole('button', { name: 'Delete connection' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete connection' }).click();
  await page.getByText('No connections yet').waitFor();
  expect((await app.world.api('GET', '/v1/connections/code')).status).toBe(404);
});

test('by keyboard alone: a connection with a token in its URL, copied, deactivated', async () => {
  const { page } = await app.open();
  /** Moves the focus on until it is on this element, and fails if it never is. */
  async function focus(name: string, role: 'button' | 'link' | 'textbox', place: Page | Locator = page): Promise<void> {
    const wanted = place.getByRole(role, { name }).first();
    await wanted.waitFor();
    for (let step = 0; step < 60; step++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${name}`);
  }
  await page.goto(`${app.world.runtime.url}/`);
  await page.getByLabel('Operator token').waitFor();
  await page.keyboard.type(app.world.admin);
  await page.keyboard.press('Enter');
  await focus('Go to the connections', 'link');
  await page.keyboard.press('Enter');
  await focus('Create connection', 'link');
  await page.keyboard.press('Enter');
  await page.getByLabel('Name').waitFor();
  await focus('Name', 'textbox');
  await page.keyboard.type('keys');
  await focus('Provider', 'button');
  await page.keyboard.press('Enter');
  await page.getByPlaceholder('Find a provider').waitFor();
  await page.keyboard.type('any other');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await focus('Create connection', 'button');
  await page.keyboard.press('Enter');
  await focus('Configure', 'link');
  await page.keyboard.press('Enter');
  await focus('Generate token', 'button');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Reveal' }).waitFor();
  await focus('Activate', 'button');
  await page.keyboard.press('Enter');
  await focus('Copy endpoint', 'button');
  await page.keyboard.press('Enter');
  await page.getByText('Copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const { endpoint } = await read('keys');
  expect(copied).toMatch(/\?token=hle_\w{49}$/);
  expect(copied.split('?')[0]).toBe(endpoint?.url);
  expect((await fetch(copied, { method: 'POST', body: '{}' })).status).toBe(202);
  await page.getByRole('button', { name: 'Copy a curl command' }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith('curl '));
  // The token that was copied is nowhere on the page.
  expect(await page.content()).not.toContain(copied.slice(-49));
  await focus('Deactivate', 'button');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await read('keys')).toMatchObject({ status: 'active' });
  // The focus is back on the button that asked.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Deactivate');
  await page.keyboard.press('Enter');
  await focus('Deactivate', 'button', page.getByRole('dialog'));
  await page.keyboard.press('Enter');
  await page.getByText('Inactive').waitFor();
  expect(await read('keys')).toMatchObject({ status: 'inactive' });
});

test('two windows: the second is told that the first was faster, and nothing is overwritten', async () => {
  await ok(app.world, 'POST', '/v1/connections', { name: 'race' });
  await ok(app.world, 'PUT', '/v1/connections/race/endpoint', {});
  const [first, second] = [
    await app.signedIn('/connections/race/configure'),
    await app.signedIn('/connections/race/configure'),
  ];
  for (const { page } of [first, second]) await page.getByText('More settings').click();
  await first.page.getByLabel('Retention in days').fill('7');
  await second.page.getByLabel('Retention in days').fill('9');
  await first.page.getByRole('button', { name: 'Update' }).click();
  await first.page.getByRole('heading', { name: 'race', exact: true }).waitFor();
  await second.page.getByRole('button', { name: 'Update' }).click();
  await second.page.getByText('The endpoint was changed in the meantime').waitFor();
  expect(await read('race')).toMatchObject({ endpoint: { retentionDays: 7 } });
  // The form has the newer record now, and keeps what was entered: the second try says what the person wants.
  await second.page.getByRole('button', { name: 'Update' }).click();
  await second.page.getByRole('heading', { name: 'race', exact: true }).waitFor();
  expect(await read('race')).toMatchObject({ endpoint: { retentionDays: 9 } });
});

test('an answer that comes late does not move a person who has gone elsewhere, and a second click sends nothing', async () => {
  const { page } = await app.signedIn('/create');
  await page.getByLabel('Name').fill('slow');
  await page.getByRole('button', { name: /^Provider/ }).click();
  await page.getByRole('option').last().click();
  const { promise: gate, resolve: answer } = Promise.withResolvers<void>();
  let sent = 0;
  await page.route('**/v1/connections', async (route) => {
    if (route.request().method() === 'POST') {
      sent += 1;
      await gate;
    }
    await route.continue();
  });
  const create = page.getByRole('button', { name: 'Create connection' });
  await create.dblclick();
  await page.getByLabel('Name').press('Enter');
  await page.getByRole('link', { name: 'Operators' }).click();
  await page.getByRole('heading', { name: /^Operators/ }).waitFor();
  const answered = page.waitForResponse('**/v1/connections');
  answer();
  await answered;
  await page.getByRole('link', { name: 'Connections' }).first().click();
  await page.getByRole('link', { name: 'slow', exact: true }).waitFor();
  expect(sent).toBe(1);
  expect(new URL(page.url()).pathname).toBe('/console/connections');
});
