/** The page of an endpoint: its test, its handshake, its hold and the rotation of its token. */
import { expect, test } from '@jest/globals';
import { anActiveEndpoint, bearer, deliver, ok } from '../support/given.ts';
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
  for (const announced of ['The endpoint works.', 'Store the event'])
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

/** Sends some webhooks at once. */
const deliverMany = ({ url, token }: { url: string; token: string }, count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => deliver(url, { headers: bearer(token), body: `{"n": ${n}}` })));

test('a hold says how many events wait, and the release shows how far it is', async () => {
  const endpoint = await anActiveEndpoint(app.world);
  const { page } = await app.signedIn(`/connections/${endpoint.name}`);
  await page.getByRole('button', { name: 'Hold', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hold', exact: true }).click();
  await page.getByText('New events wait until the endpoint is released.').waitFor();
  await deliverMany(endpoint, 12);
  await page.getByText('12 events wait until the endpoint is released.').waitFor();
  await page.getByRole('button', { name: 'Release', exact: true }).dblclick();
  await page.getByText('Release of the held events, the oldest first').first().waitFor();
  expect(await ok(app.world, 'GET', endpoint.path)).toMatchObject({ endpoint: { held: false } });
  await page.getByRole('button', { name: 'Hold', exact: true }).waitFor();
});

test('two slots: the previous token that is in use discourages its end, which then ends it', async () => {
  const endpoint = await anActiveEndpoint(app.world);
  const { page } = await app.signedIn(`/connections/${endpoint.name}`);
  await page.getByRole('button', { name: 'Rotate token' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate token' }).click();
  const previous = page.getByRole('heading', { name: 'Previous token' });
  await previous.waitFor();
  for (const shown of ['Current token', 'Accepted until', 'Never since the rotation'])
    await page.getByText(shown).first().waitFor();
  await deliverMany(endpoint, 1);
  await app.world.runtime.settled();
  await page.getByText('Never since the rotation').nth(1).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'End grace now' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The previous token was used in the last day').waitFor();
  await dialog.getByText(/ago|just now/).waitFor();
  await dialog.getByRole('button', { name: 'End grace now' }).click();
  await previous.waitFor({ state: 'detached' });
  expect((await deliverMany(endpoint, 1)).map(({ status }) => status)).toEqual([403]);
});

test('a handshake is opened, its secret confirmed, and its window closed', async () => {
  const tasks = '/v1/connections/tasks';
  await ok(app.world, 'POST', '/v1/connections', { name: 'tasks', provider: 'asana' });
  await ok(app.world, 'PUT', `${tasks}/endpoint`, {});
  await ok(app.world, 'POST', `${tasks}/endpoint/token`, { value: 'the-secret-of-the-sender' });
  const { endpoint } = await ok(app.world, 'POST', `${tasks}/endpoint/activate`);
  const { page } = await app.signedIn('/connections/tasks');
  const open = page.getByRole('button', { name: 'Open handshake' });
  const close = page.getByRole('button', { name: 'Close handshake' });
  await close.focus();
  await page.getByText('No handshake is open.').filter({ visible: true }).waitFor();
  await open.dblclick();
  await page.getByText('The sender can deliver its secret until').waitFor();
  await deliver((endpoint as { url: string }).url, { headers: { 'x-hook-secret': 'the-next-secret' } });
  await page.getByText('A secret was delivered').waitFor();
  await page.getByRole('button', { name: 'Confirm the secret' }).click();
  await page.getByText('A secret was delivered').waitFor({ state: 'detached' });
  expect(await ok(app.world, 'GET', `${tasks}/endpoint/token`)).toMatchObject({ token: 'the-next-secret' });
  await open.click();
  await page.getByText('The sender can deliver its secret until').waitFor();
  await close.click();
  await page.getByText('The sender can deliver its secret until').waitFor({ state: 'detached' });
});

test('a replay of many events: counted first, slowly begun, its progress shown, and cancelled', async () => {
  const endpoint = await anActiveEndpoint(app.world);
  await deliverMany(endpoint, 30);
  await app.world.runtime.settled();
  const { page } = await app.signedIn(`/connections/${endpoint.name}/events`);
  await page.getByRole('button', { name: 'Replay many' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Events per second').fill('0');
  await dialog.getByText('Enter a whole number from 1.').waitFor();
  await dialog.getByLabel('Events per second').fill('1');
  await dialog.getByRole('button', { name: 'Count first' }).click();
  await dialog
    .getByText(/\d+ events would be published again/)
    .first()
    .waitFor();
  await dialog.getByRole('button', { name: 'Start the replay' }).click();
  await dialog.getByRole('progressbar').waitFor();
  await dialog
    .getByText(/Running: [1-9]\d* of \d+ events/)
    .first()
    .waitFor();
  await dialog.getByRole('button', { name: 'Cancel the replay' }).click();
  await dialog
    .getByText(/^Cancelled: /)
    .first()
    .waitFor();
});
