/** The page of an endpoint: its test, its handshake, its hold and the rotation of its token. */
import { expect, test } from '@jest/globals';
import { anActiveEndpoint, ok } from '../given.ts';
import { aConsole } from './given-console.ts';

const app = aConsole();

test('a test shows its steps while it runs, and then the result of each', async () => {
  const { name } = await anActiveEndpoint(app.world);
  const { page } = await app.signedIn(`/connections/${name}`);
  const { promise: gate, resolve: answer } = Promise.withResolvers<void>();
  await page.route('**/endpoint/test', async (route) => {
    await gate;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  const steps = page.getByRole('list', { name: 'Test of the endpoint' }).getByRole('listitem');
  await steps.first().waitFor();
  const outcome = (label: string) => steps.filter({ has: page.getByRole('img', { name: label }) }).count();
  expect([await steps.count(), await outcome('Waiting')]).toEqual([6, 6]);
  answer();
  for (const announced of ['The endpoint works.', 'The event is stored'])
    await page.locator('[aria-live]').filter({ hasText: announced }).first().waitFor({ state: 'attached' });
  expect([await outcome('Passed'), await outcome('Skipped'), await outcome('Waiting')]).toEqual([5, 1, 0]);
});

test('after a test, the settings can be changed at once', async () => {
  const { name, path } = await anActiveEndpoint(app.world);
  const { page } = await app.signedIn(`/connections/${name}`);
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByText('The endpoint works.').first().waitFor();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByText('More settings').click();
  await page.getByLabel('Retention in days').fill('7');
  await page.getByRole('button', { name: 'Update' }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
  expect(await ok(app.world, 'GET', path)).toMatchObject({ endpoint: { retentionDays: 7 } });
});

test('after a rotation, the revealed token is the new one', async () => {
  const { name, path, token } = await anActiveEndpoint(app.world);
  const { page } = await app.signedIn(`/connections/${name}`);
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByText(token).waitFor();
  await page.getByRole('button', { name: 'Rotate token' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate token' }).click();
  await page.getByRole('heading', { name: 'Previous token' }).waitFor();
  await page.getByRole('button', { name: 'Reveal' }).click();
  const { token: current } = await ok(app.world, 'GET', `${path}/endpoint/token`);
  await page.getByText(String(current)).waitFor();
  expect(await page.getByText(token).count()).toBe(0);
  await page.getByRole('button', { name: 'Hide' }).click();
});

test('a pasted secret is saved by “Activate”, and what is wrong with it is said at its field', async () => {
  await ok(app.world, 'POST', '/v1/connections', { name: 'pay', provider: 'stripe' });
  const { page } = await app.signedIn('/connections/pay/configure');
  const field = page.getByLabel('Paste the secret that Stripe shows');
  await field.fill('too short');
  await page.getByRole('button', { name: 'Activate' }).click();
  await page.getByText('The secret must be 12 to 512 printable ASCII characters').waitFor();
  expect(await ok(app.world, 'GET', '/v1/connections/pay')).toMatchObject({
    status: 'configured',
    endpoint: { tokens: [] },
  });
  await field.fill('whsec_bWFkZS11cC1zZWNyZXQ');
  await page.getByRole('button', { name: 'Activate' }).click();
  await page.getByLabel('Endpoint URL').waitFor();
  expect(await ok(app.world, 'GET', '/v1/connections/pay')).toMatchObject({
    status: 'active',
    endpoint: { tokens: [{ createdBy: 'bootstrap' }] },
  });
});

test('a secret that the sender makes is rotated by pasting the new one', async () => {
  const path = '/v1/connections/rotated';
  await ok(app.world, 'POST', '/v1/connections', { name: 'rotated', provider: 'stripe' });
  await ok(app.world, 'PUT', `${path}/endpoint`, {});
  await ok(app.world, 'POST', `${path}/endpoint/token`, { value: 'whsec_bWFkZS11cC1zZWNyZXQ' });
  const { page } = await app.signedIn('/connections/rotated');
  await page.getByRole('button', { name: 'Rotate token' }).click();
  const dialog = page.getByRole('dialog');
  const rotate = dialog.getByRole('button', { name: 'Rotate token' });
  expect(await rotate.isDisabled()).toBe(true);
  await dialog.getByLabel('New secret of Stripe').fill('whsec_dGhlLW5leHQtc2VjcmV0');
  await rotate.click();
  await page.getByRole('heading', { name: 'Previous token' }).waitFor();
  expect(await ok(app.world, 'GET', `${path}/endpoint/token`)).toMatchObject({ token: 'whsec_dGhlLW5leHQtc2VjcmV0' });
});
