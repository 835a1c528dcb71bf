/** Each page of the console: accessible in light and dark, true for both roles, and safe with what senders send. */
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { tabs } from '../../clients/console/connection/connection-tab.ts';
import { destinationPath, destinationTabs } from '../../clients/console/destination/destination-tab.ts';
import { type ActiveEndpoint, anActiveEndpoint, bearer, deliver, ok } from '../support/given.ts';
import { requestsOfMinute, signIn } from './given-browser.ts';
import { aConsole } from './given-console.ts';
import { goTo } from './places.ts';

const app = aConsole();
let endpoint: ActiveEndpoint;

beforeAll(async () => {
  const { world } = app;
  endpoint = await anActiveEndpoint(world);
  await deliver(endpoint.url, { headers: bearer(endpoint.token), body: '{"hello": "world"}' });
  await deliver(endpoint.url, { body: 'no token' });
  await world.runtime.settled();
});

test('a flow designer sees no secret, and every button for a change is disabled and says why', async () => {
  const { token } = await ok(app.world, 'POST', '/v1/operators', { name: 'Fay', role: 'flow_designer' });
  const { page } = await app.signedIn(`/connections/${endpoint.name}`, String(token));
  await page.getByLabel('Endpoint URL').waitFor();
  expect(await page.getByRole('button', { name: /Reveal|Copy token|Copy endpoint/ }).count()).toBe(0);
  for (const name of ['Edit', 'Deactivate', 'Hold', 'Test', 'Deconfigure', 'Rotate token']) {
    const button = page.getByRole('button', { name, exact: true });
    expect([name, await button.getAttribute('aria-disabled')]).toEqual([name, 'true']);
  }
  await page.getByRole('button', { name: 'Deactivate', exact: true }).focus();
  await page.getByText('Only a connection admin can do this.').filter({ visible: true }).first().waitFor();
  await page.getByRole('button', { name: 'Copy without token' }).click();
  await page.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(endpoint.url);
  await page.getByRole('link', { name: 'Operators' }).click();
  await page.getByText('Only a connection admin can see the operators.').waitFor();
});

test('in a narrow window, the tab of an address is in view', async () => {
  await ok(app.world, 'POST', '/v1/destinations', { name: 'narrow', url: 'https://example.com/' });
  const { page } = await app.signedIn();
  await page.setViewportSize({ width: 390, height: 800 });
  const places = [
    ...tabs.map(([id, label]) => [`/connections/${endpoint.name}/${id === 'endpoint' ? '' : id}`, label] as const),
    ...destinationTabs.map(([id, label]) => [destinationPath('narrow', id), label] as const),
  ];
  const shown = [];
  for (const [path, label] of places) {
    await page.goto(`${app.world.runtime.url}/console${path}`);
    await page.getByLabel('Operator token').fill(app.world.admin);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const tab = page.getByRole('tab', { name: label, selected: true });
    await tab.waitFor();
    await page.waitForLoadState('networkidle');
    const isInView = await tab.evaluate((element) => {
      const [own, list] = [element, element.closest('[role=tablist]')].map((each) => each?.getBoundingClientRect());
      return own && list && own.left >= list.left && own.right <= list.right;
    });
    shown.push([path, isInView]);
  }
  expect(shown).toEqual(places.map(([path]) => [path, true]));
});

test('in a narrow window, each line of a form’s buttons ends where the form ends', async () => {
  const { page } = await app.signedIn('/create');
  await page.setViewportSize({ width: 390, height: 800 });
  const ends = ['Create connection', 'Create and activate'].map((name) =>
    page.getByRole('button', { name }).evaluate((button) => {
      const form = button.closest('form')?.getBoundingClientRect();
      return Math.round((form?.right ?? 0) - button.getBoundingClientRect().right);
    }),
  );
  expect(await Promise.all(ends)).toEqual([0, 0]);
});

test('a payload that is a script is shown as text, and its bytes are what was sent', async () => {
  const body = '<script>document.title = "owned"</script><img src=x onerror="document.title=\'owned\'">';
  const { id } = (await deliver(endpoint.url, { headers: bearer(endpoint.token), body })).json();
  const { page } = await app.signedIn(`/connections/${endpoint.name}/events/${id}`);
  await page.getByRole('tab', { name: 'Text' }).waitFor();
  await page.getByText('onerror=').first().waitFor();
  expect(await page.getByRole('region', { name: 'Body' }).locator('script, img').count()).toBe(0);
  expect(await page.title()).not.toContain('owned');
  await page.getByRole('button', { name: 'Copy body' }).click();
  await page.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(body);
});

test('of a body of 4 MiB a page is shown, and the download is whole', async () => {
  const body = 'x'.repeat(4 * 1024 * 1024);
  const { id } = (await deliver(endpoint.url, { headers: bearer(endpoint.token), body })).json();
  const { page } = await app.signedIn(`/connections/${endpoint.name}/events/${id}`);
  await page.getByText('Characters 1 to 32,768 of 4,194,304').waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download body' }).click(),
  ]);
  let size = 0;
  for await (const part of await file.createReadStream()) size += part.length;
  expect(size).toBe(4_194_304);
});

test('the browser’s way back asks too, as long as something is not saved', async () => {
  const { page } = await app.signedIn(`/connections/${endpoint.name}`);
  const form = `/connections/${endpoint.name}/configure`;
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'More settings' }).click();
  await page.getByLabel('Retention in days').fill('7');
  const goBack = () => page.evaluate(() => history.back());
  await goBack();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Keep editing' }).click();
  expect([new URL(page.url()).pathname, await page.getByLabel('Retention in days').inputValue()]).toEqual([
    `/console${form}`,
    '7',
  ]);
  await goBack();
  await question.getByRole('button', { name: 'Discard' }).click();
  await page.getByLabel('Endpoint URL').waitFor();
  expect(new URL(page.url()).pathname).toBe(`/console/connections/${endpoint.name}`);
});

test('a lost network says so and recovers, and a new event is announced without a jump', async () => {
  const { page, context } = await app.signedIn(`/connections/${endpoint.name}/events`);
  await page.getByRole('link', { name: /^evt_/ }).first().waitFor();
  const shown = await page.getByRole('link', { name: /^evt_/ }).allTextContents();
  await context.setOffline(true);
  await page.getByText('The API can’t be reached.').waitFor();
  await page.getByRole('tab', { name: 'Rejections' }).click();
  await page.getByText('This could not be loaded').waitFor();
  await context.setOffline(false);
  await page.getByText('Token missing').first().waitFor();
  await page.getByText('The API can’t be reached.').waitFor({ state: 'hidden' });
  // The list begins anew. An event that came before it was read would be in it, and not be announced.
  const read = page.waitForResponse((response) => /\/events(\?|$)/.test(response.url()) && response.status() < 400);
  await page.getByRole('tab', { name: 'Events' }).click();
  await read;
  await page.getByRole('link', { name: /^evt_/ }).first().waitFor();
  await deliver(endpoint.url, { headers: bearer(endpoint.token), body: 'new' });
  await page.getByRole('button', { name: 'Show 1 new event' }).waitFor();
  expect(shown).not.toEqual([]);
  expect(await page.getByRole('link', { name: /^evt_/ }).allTextContents()).toEqual(shown);
  await page.getByRole('button', { name: 'Show 1 new event' }).click();
  await page.getByRole('button', { name: 'Show 1 new event' }).waitFor({ state: 'hidden' });
});

/** What a browser can keep of an origin, and of a tab. */
const keptIn = (page: Page) =>
  page.evaluate(async () => [
    ...[localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length],
    ...[document.cookie, window.name, history.state, (await navigator.serviceWorker.getRegistrations()).length],
  ]);

test('a second tab gets the token of the first one, nothing is kept, and a sign-out ends both', async () => {
  const { page: first, context } = await app.signedIn(`/connections/${endpoint.name}`);
  await first.getByLabel('Endpoint URL').waitFor();
  const second = await context.newPage();
  const isOpen = () => second.getByRole('heading', { name: /^Operators/ }).waitFor();
  await second.goto(`${app.world.runtime.url}/console/operators`);
  await isOpen();
  // Each stays signed in over a reload as long as the other one is open.
  await first.reload();
  await first.getByLabel('Endpoint URL').waitFor();
  await second.reload();
  await isOpen();
  for (const tab of [first, second]) expect(await keptIn(tab)).toEqual([0, 0, 0, 0, '', '', null, 0]);
  await second.getByRole('button', { name: 'bootstrap' }).click();
  await second.getByRole('menuitem', { name: 'Sign out' }).click();
  await first.getByText('You signed out in another tab.').waitFor();
  await second.getByLabel('Operator token').waitFor();
  expect(await second.getByText('You signed out in another tab.').count()).toBe(0);
  await first.reload();
  await first.getByLabel('Operator token').waitFor();
  await first.getByLabel('Operator token').fill(app.world.admin);
  await first.getByRole('button', { name: 'Sign in' }).click();
  await first.getByLabel('Endpoint URL').waitFor();
});

test('what an endpoint answers with runs no script, although it is on the origin of the tabs that share a token', async () => {
  const script = `document.title = 'ran'; new BroadcastChannel('hooklatch ' + origin).postMessage({ kind: 'ask', api: origin })`;
  const answering = await anActiveEndpoint(app.world, {
    methods: ['GET'],
    answer: {
      ...{ status: 200, contentType: 'application/xml' },
      body: `<html xmlns="http://www.w3.org/1999/xhtml"><title>An answer</title><script>${script}</script></html>`,
    },
  });
  const { page: first, context, lines } = await app.signedIn();
  await first.evaluate(() => {
    const channel = new BroadcastChannel(`hooklatch ${origin}`);
    channel.onmessage = ({ data }) => document.body.setAttribute('data-heard', data.kind);
  });
  const second = await context.newPage();
  await second.setExtraHTTPHeaders(bearer(answering.token));
  await second.goto(answering.url);
  expect([await second.title(), await first.locator('body').getAttribute('data-heard')]).toEqual(['An answer', null]);
  // Chromium says why.
  expect(lines.join()).toContain('sandbox');
});

test('a tab that the browser kept while it showed something else does not outlive a sign-out', async () => {
  const { page: first, context } = await app.signedIn();
  const second = await context.newPage();
  await second.goto(`${app.world.runtime.url}/console/operators`);
  await second.getByRole('heading', { name: /^Operators/ }).waitFor();
  await first.goto(`${app.world.runtime.url}/docs/index.html`);
  await second.getByRole('button', { name: 'bootstrap' }).click();
  await second.getByRole('menuitem', { name: 'Sign out' }).click();
  await first.goBack();
  await first.getByLabel('Operator token').waitFor();
});

test('a token that is revoked leads back to the sign-in, and the place is kept', async () => {
  const { token, operator } = (await ok(app.world, 'POST', '/v1/operators', {
    name: 'Guest',
    role: 'flow_designer',
  })) as unknown as { token: string; operator: { id: string } };
  const { page } = await app.signedIn(`/connections/${endpoint.name}/history`, token);
  await page.getByText('generate token').first().waitFor();
  await ok(app.world, 'DELETE', `/v1/operators/${operator.id}`);
  await page.getByText('Your operator token is no longer accepted.').waitFor();
  await page.getByLabel('Operator token').fill(app.world.admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('generate token').first().waitFor();
  expect(new URL(page.url()).pathname).toBe(`/console/connections/${endpoint.name}/history`);
});

test('a wrong token says so, and a revealed one is hidden again', async () => {
  const { page } = await app.open();
  await page.goto(`${app.world.runtime.url}/`);
  await page.getByLabel('Operator token').fill('hlo_wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page
    .getByText('This operator token is unknown, expired or revoked, or it is a bootstrap token that is closed.')
    .waitFor();
  await page.getByLabel('Operator token').fill(app.world.admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Connections', exact: true }).first().click();
  await page.getByRole('link', { name: endpoint.name, exact: true }).click();
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByText(endpoint.token).waitFor();
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  await page.getByRole('button', { name: 'Hide' }).click();
});

test('two hundred connections: the first page needs at most 360 KB of files, and one is found by its name', async () => {
  const names = Array.from({ length: 200 }, (_, n) => `many-${n + 1}`);
  await Promise.all(names.map((name) => ok(app.world, 'POST', '/v1/connections', { name })));
  const { page } = await app.signedIn();
  await page.getByRole('heading', { name: /Connections/ }).waitFor();
  await page.getByRole('link', { name: 'many-1', exact: true }).waitFor();
  const transferred = await page.evaluate(() =>
    performance
      .getEntries()
      // The file of the later pages is loaded ahead, once this one is there.
      .filter(({ name }) => !name.includes('/v1/') && !name.includes('/assets/pages-'))
      .filter((entry) => 'transferSize' in entry)
      .map((entry) => (entry as PerformanceResourceTiming).transferSize),
  );
  expect(transferred.length).toBeGreaterThan(2);
  expect(transferred.reduce((sum, size) => sum + size, 0)).toBeLessThan(360_000);
  await page.getByPlaceholder('Find connections').fill('many-173');
  await page.getByText('1 found').first().waitFor();
  await page.getByRole('link', { name: 'many-173' }).waitFor();
  await page.getByPlaceholder('Find connections').fill('nothing like it');
  await page.getByText('No connection matches').waitFor();
});

test('a long list of connections is read less often than a short one', async () => {
  const window = await app.open();
  const { page } = window;
  await page.clock.install();
  const { items } = await ok(app.world, 'GET', '/v1/connections?include=stats&limit=1');
  const [item] = items as object[];
  const many = Array.from({ length: 200 }, (_, n) => ({ ...item, name: `row-${n + 1}` }));
  await page.route(/\/v1\/connections\?/, (route) => route.fulfill({ json: { items: many, nextCursor: null } }));
  await signIn(window, app.world, app.world.admin);
  await page.getByRole('link', { name: 'row-1', exact: true }).waitFor();
  const asked = await requestsOfMinute(window, 10_000);
  // Once in 40 seconds, and not once in 10.
  const reads = asked.filter((request) => request.includes('/v1/connections?')).length;
  expect([1, 2]).toContain(reads);
});

test('a list that could not be read does not say that it is empty, and is read again at a click', async () => {
  const { page } = await app.signedIn('/operators');
  await page.getByRole('heading', { name: /Operators/ }).waitFor();
  await page.route(/\/v1\/connections\?/, (route) => route.fulfill({ status: 500, body: '{}' }));
  await page.getByRole('link', { name: 'Connections' }).first().click();
  await page.getByText('This could not be loaded').waitFor();
  expect(await page.getByText('No connections yet').count()).toBe(0);
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: /Connections \(\d/ }).waitFor();
});

test('the events of a connection are gone when the page changes to another connection', async () => {
  await ok(app.world, 'POST', '/v1/connections', { name: 'quiet' });
  const { page } = await app.signedIn('/connections/quiet/events');
  await page.getByText('No events yet').waitFor();
  await goTo(page, {
    path: `/connections/${endpoint.name}/events`,
    ready: (there) => there.getByRole('link', { name: /^evt_/ }),
  });
  await page.goBack();
  await page.getByText('No events yet').waitFor();
});
