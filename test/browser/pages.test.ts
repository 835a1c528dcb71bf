/** Each page of the console: accessible in light and dark, true for both roles, and safe with what senders send. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type ActiveEndpoint, anActiveEndpoint, aRuntime, bearer, deliver, ok, type World } from '../given.ts';
import { aWindow, openBrowser, signIn, violations, type Window } from './given-browser.ts';

// A browser beside two busy cores is slow.
jest.setTimeout(300_000);

let world: World;
let browser: Browser;
let window: Window;
let endpoint: ActiveEndpoint;

beforeAll(async () => {
  [world, browser] = await Promise.all([aRuntime(), openBrowser()]);
  endpoint = await anActiveEndpoint(world);
  await deliver(endpoint.url, { headers: bearer(endpoint.token), body: '{"hello": "world"}' });
  await deliver(endpoint.url, { body: 'no token' });
  await world.runtime.settled();
});
afterAll(async () => {
  await browser.close();
  await world.end();
});
beforeEach(async () => {
  window = await aWindow(browser, world);
});
afterEach(async () => {
  await window.context.close();
  expect({ faults: window.faults, foreign: window.foreign }).toEqual({ faults: [], foreign: [] });
});

const nameOf = ({ name }: ActiveEndpoint): string => name;

test.each(['light', 'dark'] as const)(
  'no page and no dialog breaks a rule of accessibility: %s',
  async (colorScheme) => {
    await window.context.close();
    window = await aWindow(browser, world, { colorScheme });
    const { page } = window;
    const broken: string[] = [];
    const look = async (where: string) => {
      for (const rule of await violations(page)) broken.push(`${where}: ${rule}`);
    };
    await page.goto(`${world.runtime.url}/`);
    await page.getByLabel('Operator token').waitFor();
    await look('sign in');
    await signIn(window, world, world.admin);
    const name = nameOf(endpoint);
    await page.getByRole('link', { name, exact: true }).waitFor();
    await look('connections');
    await page.getByRole('link', { name: 'Create connection' }).first().click();
    await page.getByLabel('Name').waitFor();
    await look('create');
    await page.getByRole('link', { name: 'Connections' }).first().click();
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByLabel('Endpoint URL').waitFor();
    await look('endpoint');
    for (const question of ['Deactivate', 'Hold', 'Rotate token']) {
      await page.getByRole('button', { name: question, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await look(question);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByText('More settings').click();
    await look('configure');
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('tab', { name: 'Events' }).click();
    await page.getByRole('link', { name: /^evt_/ }).first().waitFor();
    await look('events');
    await page.getByRole('button', { name: 'Replay many' }).click();
    await look('replay');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('link', { name: /^evt_/ }).first().click();
    await page.getByRole('tab', { name: 'Formatted' }).waitFor();
    await look('event');
    await page.goBack();
    await page.getByRole('tab', { name: 'Rejections' }).click();
    await page.getByText('token missing').first().waitFor();
    await look('rejections');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('generate token').first().waitFor();
    await look('history');
    await page.getByRole('link', { name: 'Operators' }).click();
    await page.getByRole('button', { name: 'Add operator' }).click();
    await page.getByRole('dialog').waitFor();
    await look('add operator');
    expect(broken).toEqual([]);
  },
);

test('a flow designer sees no secret, and every button for a change is disabled and says why', async () => {
  const { token } = await ok(world, 'POST', '/v1/operators', { name: 'Fay', role: 'flow_designer' });
  const { page } = window;
  await signIn(window, world, String(token), `/connections/${nameOf(endpoint)}`);
  await page.getByLabel('Endpoint URL').waitFor();
  expect(await page.getByRole('button', { name: /Reveal|Copy token|Copy without token/ }).count()).toBe(0);
  for (const name of ['Edit', 'Deactivate', 'Hold', 'Test', 'Deconfigure', 'Rotate token']) {
    const button = page.getByRole('button', { name, exact: true });
    expect([name, await button.getAttribute('aria-disabled')]).toEqual([name, 'true']);
  }
  await page.getByRole('button', { name: 'Deactivate', exact: true }).focus();
  await page.getByText('Only a connection admin can do this.').filter({ visible: true }).first().waitFor();
  await page.getByRole('button', { name: 'Copy endpoint' }).click();
  await page.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(endpoint.url);
  await page.getByRole('link', { name: 'Operators' }).click();
  await page.getByText('Only a connection admin can see the operators.').waitFor();
});

test('a payload that is a script is shown as text, and its bytes are what was sent', async () => {
  const body = '<script>document.title = "owned"</script><img src=x onerror="document.title=\'owned\'">';
  const { id } = (await deliver(endpoint.url, { headers: bearer(endpoint.token), body })).json();
  const { page } = window;
  await signIn(window, world, world.admin, `/connections/${nameOf(endpoint)}/events/${id}`);
  await page.getByRole('tab', { name: 'Text' }).waitFor();
  await page.getByText('onerror=').first().waitFor();
  expect(await page.getByRole('region', { name: 'Body' }).locator('script, img').count()).toBe(0);
  expect(await page.title()).not.toContain('owned');
  await page.getByRole('button', { name: 'Copy body' }).click();
  await page.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(body);
});

test('of a body of 4 MiB a part is shown, and the download is whole', async () => {
  const body = 'x'.repeat(4 * 1024 * 1024);
  const { id } = (await deliver(endpoint.url, { headers: bearer(endpoint.token), body })).json();
  const { page } = window;
  await signIn(window, world, world.admin, `/connections/${nameOf(endpoint)}/events/${id}`);
  await page.getByText('The first 131,072 of 4,194,304 bytes are shown.').waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download body' }).click(),
  ]);
  let size = 0;
  for await (const part of await file.createReadStream()) size += part.length;
  expect(size).toBe(4_194_304);
});

test('a lost network says so and recovers, and a new event is announced without a jump', async () => {
  const { page, context } = window;
  await signIn(window, world, world.admin, `/connections/${nameOf(endpoint)}/events`);
  await page.getByRole('link', { name: /^evt_/ }).first().waitFor();
  const shown = await page.getByRole('link', { name: /^evt_/ }).count();
  await context.setOffline(true);
  await page.getByText('The API can’t be reached.').waitFor();
  await context.setOffline(false);
  await page.getByText('The API can’t be reached.').waitFor({ state: 'hidden' });
  await deliver(endpoint.url, { headers: bearer(endpoint.token), body: 'new' });
  await page.getByRole('button', { name: 'Show 1 new event' }).waitFor();
  expect(await page.getByRole('link', { name: /^evt_/ }).count()).toBe(shown);
  await page.getByRole('button', { name: 'Show 1 new event' }).click();
  await page.getByRole('button', { name: 'Show 1 new event' }).waitFor({ state: 'hidden' });
});

test('a token that is revoked leads back to the sign-in, and the place is kept', async () => {
  const { token, operator } = (await ok(world, 'POST', '/v1/operators', {
    name: 'Guest',
    role: 'flow_designer',
  })) as unknown as { token: string; operator: { id: string } };
  const { page } = window;
  await signIn(window, world, token, `/connections/${nameOf(endpoint)}/history`);
  await page.getByText('generate token').first().waitFor();
  await ok(world, 'DELETE', `/v1/operators/${operator.id}`);
  await page.getByText('Your operator token is no longer accepted.').waitFor();
  await page.getByLabel('Operator token').fill(world.admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('generate token').first().waitFor();
  expect(new URL(page.url()).pathname).toBe(`/console/connections/${nameOf(endpoint)}/history`);
});

test('a wrong token says so, and no token is in the URL, the browser console or its storage', async () => {
  const { page, lines } = window;
  await page.goto(`${world.runtime.url}/`);
  await page.getByLabel('Operator token').fill('hlo_wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This operator token is unknown, expired or revoked.').waitFor();
  await page.getByLabel('Operator token').fill(world.admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: nameOf(endpoint), exact: true }).click();
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByText(endpoint.token).waitFor();
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(stored).toBe('[{},{},""]');
  const places = [page.url(), lines.join('\n')];
  expect(places[0]).toContain('/console/connections/');
  for (const secret of [world.admin, endpoint.token])
    expect(places.filter((each) => each.includes(secret))).toEqual([]);
});

test('the token stays in the tab only if the operator ticks the box, and signing out forgets it', async () => {
  const { page } = window;
  await page.goto(`${world.runtime.url}/`);
  await page.getByLabel('Operator token').fill(world.admin);
  await page.getByLabel('Keep me signed in').check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: nameOf(endpoint), exact: true }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: nameOf(endpoint), exact: true }).waitFor();
  await page.getByRole('button', { name: 'bootstrap' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Operator token').waitFor();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test('two hundred connections: the first page transfers at most 500 KB, and one is found by its name', async () => {
  for (let n = 1; n <= 200; n++) await ok(world, 'POST', '/v1/connections', { name: `many-${n}` });
  const { page } = window;
  await signIn(window, world, world.admin);
  await page.getByRole('heading', { name: /Connections/ }).waitFor();
  await page.getByRole('link', { name: 'many-1', exact: true }).waitFor();
  const transferred = await page.evaluate(() =>
    performance
      .getEntries()
      .filter((entry) => !entry.name.includes('/v1/') && 'transferSize' in entry)
      .map((entry) => (entry as PerformanceResourceTiming).transferSize),
  );
  expect(transferred.length).toBeGreaterThan(3);
  expect(transferred.reduce((sum, size) => sum + size, 0)).toBeLessThan(500_000);
  await page.getByPlaceholder('Find connections').fill('many-173');
  await page.getByText('1 found').first().waitFor();
  await page.getByRole('link', { name: 'many-173' }).waitFor();
  await page.getByPlaceholder('Find connections').fill('nothing like it');
  await page.getByText('No connection matches').waitFor();
});
