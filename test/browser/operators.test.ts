/** Operators, their sessions, and what they see of refusals and of each other. */
import { expect, test } from '@jest/globals';
import { anActiveEndpoint, anOperator, deliver, ok } from '../support/given.ts';
import { aConsole } from './given-console.ts';

const hourMs = 3_600_000;
/** The milliseconds by which the functions' clock is ahead. It never goes back, because what a function caches would then last too long. */
const skew = new Float64Array(new SharedArrayBuffer(8));
const app = aConsole({ skew });

test('an operator with an expiry: the token is shown once, works, and is revoked', async () => {
  const { page } = await app.signedIn('/operators');
  await page.getByRole('button', { name: 'Add operator' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add operator' }).click();
  await dialog.getByText('Enter a name.').waitFor();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Ada');
  await dialog.getByRole('radio', { name: 'Connection admin' }).check();
  await dialog.getByRole('button', { name: /^Expiry/ }).click();
  await page.getByRole('option', { name: 'In 7 days' }).click();
  await dialog.getByRole('button', { name: 'Add operator' }).dblclick();
  await dialog.getByText('The token is shown only now.').waitFor();
  const token = await dialog.getByLabel(/^Token of /).inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Revoke Ada' }).waitFor();
  const { items } = await ok(app.world, 'GET', '/v1/operators');
  expect(items).toMatchObject([{ name: 'Ada', role: 'connection_admin', expiresAt: expect.any(String) }]);
  expect((await app.world.api('GET', '/v1/me', undefined, { token })).status).toBe(200);
  await page.getByRole('button', { name: 'Revoke Ada' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke Ada' }).waitFor({ state: 'detached' });
  expect((await app.world.api('GET', '/v1/me', undefined, { token })).status).toBe(403);
});

test('an admin that expires is offered no expiry that is later', async () => {
  const expiresAt = new Date(Date.now() + 8 * 24 * hourMs).toISOString();
  const { token } = await anOperator(app.world, 'connection_admin', { expiresAt });
  const { page } = await app.signedIn('/operators', token);
  await page.getByRole('button', { name: 'Add operator' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('You can’t add operators that stay longer.').waitFor();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Grace');
  await dialog.getByRole('button', { name: /^Expiry/ }).click();
  await page.getByRole('option', { name: 'In 7 days' }).waitFor();
  expect(await page.getByRole('option').allTextContents()).toEqual([
    ...[expect.stringMatching(/^At the latest time that you may give: /), 'In 7 days'],
  ]);
  await page.getByRole('option', { name: 'In 7 days' }).click();
  await dialog.getByRole('button', { name: 'Add operator' }).click();
  await dialog.getByText('The token is shown only now.').waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  const { items } = (await ok(app.world, 'GET', '/v1/operators')) as { items: { name: string; expiresAt: string }[] };
  const grace = items.find(({ name }) => name === 'Grace');
  expect([grace?.expiresAt, expiresAt].toSorted()).toEqual([grace?.expiresAt, expiresAt]);
});

test('a busy API is waited out in silence', async () => {
  const { name } = await anActiveEndpoint(app.world);
  await app.world.runtime.settled();
  const { page } = await app.signedIn(`/connections/${name}`);
  await page.getByLabel('Endpoint URL').waitFor();
  let refused = 0;
  await page.route('**/v1/**/history*', async (route) => {
    refused += 1;
    const busy = { status: 429, headers: { 'retry-after': '0' }, json: { message: 'Too Many Requests' } };
    await (refused <= 8 ? route.fulfill(busy) : route.continue());
  });
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByText('generate token').first().waitFor();
  expect(refused).toBe(9);
  expect(await page.getByText('That did not work').count()).toBe(0);
});

test('rejections: a chart, a sample, and what to do for each reason', async () => {
  const { name, url } = await anActiveEndpoint(app.world);
  await deliver(url, { body: '{}', headers: { 'user-agent': 'Wrong/1.0' } });
  await deliver(url, { body: '{}', headers: { authorization: 'Bearer wrong' } });
  await app.world.runtime.settled();
  const { page } = await app.signedIn(`/connections/${name}/rejections`);
  await page
    .getByRole('row', { name: /token missing/i })
    .getByText('Wrong/1.0')
    .waitFor();
  await page.getByText('No token was found in the accepted placements.').waitFor();
  await page.getByText('The token that was sent is not live.').waitFor();
  await page.getByRole('application', { name: 'Rejections over time' }).waitFor();
  await page
    .getByRole('radio', { name: 'Last week' })
    .or(page.getByRole('button', { name: 'Last week' }))
    .first()
    .click();
  await page.getByRole('row', { name: /token missing/i }).waitFor();
});

test('the history says who did what', async () => {
  const { name } = await anActiveEndpoint(app.world);
  const { page } = await app.signedIn(`/connections/${name}`);
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByRole('button', { name: 'Hide' }).click();
  await app.world.runtime.settled();
  await page.getByRole('tab', { name: 'History' }).click();
  for (const verb of ['reveal token', 'activate', 'generate token', 'configure'])
    await page
      .getByRole('row', { name: new RegExp(verb, 'i') })
      .getByText('bootstrap')
      .first()
      .waitFor();
});

test('an expired token in the middle of a change leads to the sign-in, and back to the same place', async () => {
  const { name: operator, token } = await anOperator(app.world, 'connection_admin', {
    expiresAt: new Date(Date.now() + hourMs).toISOString(),
  });
  const { name, path } = await anActiveEndpoint(app.world);
  const { page } = await app.signedIn(`/connections/${name}/configure`, token);
  await page.getByText('More settings').click();
  await page.getByLabel('Retention in days').fill('7');
  skew[0] = 2 * hourMs;
  await page.getByRole('button', { name: 'Update' }).click();
  await page.getByText('Your operator token is no longer accepted.').waitFor();
  await page.getByLabel('Operator token').fill(app.world.admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: `Edit endpoint: ${name}` }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/console/connections/${name}/configure`);
  const { items } = await ok(app.world, 'GET', '/v1/operators');
  expect(items).toContainEqual(expect.objectContaining({ name: operator, expired: true }));
  expect(await ok(app.world, 'GET', path)).toMatchObject({ endpoint: { retentionDays: 30 } });
});

test('the last admin without an expiry stays, and the page says why', async () => {
  const { name, token } = await anOperator(app.world, 'connection_admin');
  const { page } = await app.signedIn('/operators', token);
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByText('That did not work').waitFor();
  await page.getByRole('dialog').getByText(/last/).first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: `Revoke ${name}` }).waitFor();
});
