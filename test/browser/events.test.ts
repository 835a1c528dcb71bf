/** The events of a connection with 10,000 of them, and of a sender that wishes the console ill. */
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { copyOf, type Item } from '../../tools/bench/stored-events.ts';
import { aStoredItem, put } from '../e2e/given-events.ts';
import { type ActiveEndpoint, anActiveEndpoint, bearer, deliver, ok, withoutStreams } from '../support/given.ts';
import { eventOf, requestsOfMinute } from './given-browser.ts';
import { aConsole } from './given-console.ts';
import { goTo } from './places.ts';

const app = aConsole({ transformTemplate: withoutStreams });
let endpoint: ActiveEndpoint;
let item: Item;

const count = 10_000;
const rare = 'order.refunded';

beforeAll(async () => {
  const { world } = app;
  endpoint = await anActiveEndpoint(world, { dedupe: { by: 'header', name: 'x-delivery' } });
  item = await aStoredItem(world, endpoint);
  await deliver(endpoint.url, { headers: { ...bearer(endpoint.token), 'x-delivery': 'order-7777' }, body: '{}' });
  const now = Date.now();
  // One a second. Every 1,000th has another type.
  const copy = (n: number) =>
    copyOf(item, new Date(now - 60_000 - n * 1_000), { type: { S: n % 1_000 === 0 ? rare : 'order.paid' } });
  await put(
    world,
    Array.from({ length: count }, (_, n) => copy(n)),
  );
});

const rows = (page: Page) => page.getByRole('link', { name: /^evt_/ });
const idsOn = (page: Page) => rows(page).allTextContents();
/** The ids that the API lists, the newest first. */
async function idsOf(query: string): Promise<string[]> {
  const { items } = await ok(app.world, 'GET', `${endpoint.path}/events?${query}`);
  return (items as { id: string }[]).map(({ id }) => id);
}
/** Waits until the list has these events. */
async function expectIds(page: Page, ids: string[]): Promise<void> {
  await page.getByRole('link', { name: ids[0] ?? '' }).waitFor();
  expect(await idsOn(page)).toEqual(ids);
}

/** Adds to the filter. */
async function narrow(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Filter' }).fill(text);
  await page.keyboard.press('Enter');
}

test('10,000 events: pages of 50, a filter, one delivery, and the way back to the same place', async () => {
  const { page } = await app.signedIn(`/connections/${endpoint.name}/events`);
  await rows(page).first().waitFor();
  const newest = await idsOf('limit=150');
  expect(newest).toHaveLength(150);
  expect(await idsOn(page)).toEqual(newest.slice(0, 50));

  await narrow(page, `Type = ${rare}`);
  await rows(page).first().waitFor();
  const found = await idsOf(`type=${rare}`);
  expect([
    await page
      .getByRole('cell', { name: rare })
      .or(page.getByRole('rowheader', { name: rare }))
      .count(),
    found.length,
  ]).toEqual([10, 10]);
  expect(await idsOn(page)).toEqual(found);
  await page.getByRole('button', { name: /^Received/ }).click();
  await page.getByRole('radio', { name: 'Last hour' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expectIds(page, found.slice(0, 4));
  await page.getByRole('button', { name: /^Received/ }).click();
  await page.getByRole('button', { name: 'Clear and dismiss' }).click();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await narrow(page, 'Delivery id = order-7777');
  await expectIds(page, await idsOf('deliveryId=order-7777'));

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expectIds(page, newest.slice(0, 50));
  for (const next of ['2', '3']) {
    await page.getByRole('button', { name: 'Next page' }).click();
    await page
      .getByRole('button', { name: `Page ${next} of all pages`, pressed: true })
      .or(page.locator(`[aria-current=true]`, { hasText: next }))
      .first()
      .waitFor();
  }
  expect(await idsOn(page)).toEqual(newest.slice(100, 150));
  const opened = await rows(page).nth(30).textContent();
  await rows(page).nth(30).click();
  await eventOf(page, opened ?? '').waitFor();
  await page.goBack();
  const link = page.getByRole('link', { name: opened ?? '' });
  await link.waitFor();
  expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await idsOn(page)).toEqual(newest.slice(100, 150));
});

test('a live list asks a bounded number of times, and a hidden page or another page asks for nothing of it', async () => {
  const window = await app.open();
  const { page } = window;
  await page.clock.install();
  await page.goto(`${app.world.runtime.url}/console/connections/${endpoint.name}/events`);
  await page.getByLabel('Operator token').fill(app.world.admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await rows(page).first().waitFor();
  const asked = await requestsOfMinute(window);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(30);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  expect(await requestsOfMinute(window)).toEqual([]);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await goTo(page, { path: '/nowhere', ready: (there) => there.getByText('There is no such page') });
  await page.waitForLoadState('networkidle');
  expect(await requestsOfMinute(window)).toEqual([]);
});

const evil = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';

const form = 'multipart/form-data; boundary=x';

const payloads: [what: string, body: string | Buffer, contentType?: string][] = [
  ['markup', evil],
  ['bidirectional controls', JSON.stringify({ file: 'invoice\u202excod.exe', note: '\u2066\u2067right\u2069' })],
  ['1 MB of JSON in one line', JSON.stringify({ text: 'x'.repeat(1_000_000) })],
  ['100 KB of JSON in one line', JSON.stringify({ text: 'x'.repeat(100_000) })],
  ['10,000 levels', '['.repeat(10_000) + ']'.repeat(10_000)],
  ['60,000 levels', '['.repeat(60_000) + ']'.repeat(60_000)],
  ['NUL bytes', '{"a":"\u0000\u0000"}\u0000'],
  ['invalid UTF-8', Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0x3c, 0x62, 0x3e])],
  [
    'SVG with a script',
    `<svg xmlns="http://www.w3.org/2000/svg">${evil.replace('x on', '"x" on').replace('>', '/>')}</svg>`,
    'image/svg+xml',
  ],
  ['a tag of 1 MB', `<a b="${'x'.repeat(1_000_000)}"/>`, 'text/xml'],
  ['records', `{"a":"${'x'.repeat(10_000)}"}\n`.repeat(50), 'application/x-ndjson'],
  ['markup in a form', `a=${encodeURIComponent(evil)}&${'b'.repeat(10_000)}=1`, 'application/x-www-form-urlencoded'],
  ['markup in a part', `--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n${evil}\r\n--x--\r\n`, form],
];

/** What would show that a payload did more than be text. After a change of the width, the layout takes a moment. */
async function harm(page: Page) {
  const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
  const isWide = await page.waitForFunction(fits, undefined, { timeout: 5_000 }).then(
    () => false,
    () => true,
  );
  const [title, markup] = await page.evaluate(() => [
    document.title.includes('owned'),
    document.querySelectorAll('main img, main script, main iframe').length,
  ]);
  return { title, markup, isWide };
}
const none = { title: false, markup: 0, isWide: false };

test('no payload becomes markup, breaks the layout or stops the page', async () => {
  const { page } = await app.signedIn();
  const seen: [string, object][] = [];
  for (const [what, body, contentType = 'application/json'] of payloads) {
    const headers = { ...bearer(endpoint.token), 'content-type': contentType, 'x-evil': evil };
    const { id } = (await deliver(endpoint.url, { headers, body })).json();
    const ready = (there: Page) => eventOf(there, String(id));
    await goTo(page, { path: `/connections/${endpoint.name}/events/${id}`, ready });
    await page.getByText('onerror=').first().waitFor();
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      // The fields of a form are a table.
      await page
        .getByRole('region', { name: 'Body' })
        .or(page.getByRole('columnheader', { name: 'Value' }))
        .first()
        .waitFor();
    }
    await page.setViewportSize({ width: 390, height: 900 });
    seen.push([what, await harm(page)]);
    await page.setViewportSize({ width: 1280, height: 900 });
  }
  expect(seen).toEqual(payloads.map(([what]) => [what, none]));
});

test('in a narrow window, an event is opened without a look to the side', async () => {
  const { page } = await app.signedIn(`/connections/${endpoint.name}/events`);
  await page.setViewportSize({ width: 390, height: 800 });
  const link = page.getByRole('link', { name: /^evt_/ }).first();
  await link.waitFor();
  const seen = await link.evaluate((each) => {
    const { left, right } = each.getBoundingClientRect();
    return { isWhole: left >= 0 && right <= window.innerWidth };
  });
  expect(seen).toEqual({ isWhole: true });
  await link.click();
  await page.getByRole('tab', { name: 'Bytes' }).waitFor();
  expect(await harm(page)).toEqual(none);
});

test('in a narrow window, the picker of a time is whole, with its zone and its buttons', async () => {
  const { page } = await app.signedIn(`/connections/${endpoint.name}/events`);
  await page.setViewportSize({ width: 390, height: 800 });
  await rows(page).first().waitFor();
  await page.getByRole('button', { name: /^Received/ }).click();
  await page.getByRole('button', { name: 'Relative mode' }).click();
  await page.getByRole('option', { name: 'Absolute mode' }).click();
  await page.getByText(/in the time zone \w+/).waitFor();
  const isCut = await page.getByRole('button', { name: 'Apply' }).evaluate((button) => {
    const place = button.closest('[role=dialog]');
    const around = (each: Element | null): Element[] =>
      each && each !== place ? [each, ...around(each.parentElement)] : [];
    return [...around(button), ...(place ? [place] : [])].map((each) => each.scrollHeight > each.clientHeight + 2);
  });
  expect(new Set(isCut)).toEqual(new Set([false]));
  expect(await harm(page)).toEqual(none);
});

/** Opens the page of an event with this body. */
async function openBody(page: Page, body: string | Buffer, contentType: string): Promise<void> {
  const headers = { ...bearer(endpoint.token), 'content-type': contentType };
  const { id } = (await deliver(endpoint.url, { headers, body })).json();
  const ready = (there: Page) => eventOf(there, String(id));
  await goTo(page, { path: `/connections/${endpoint.name}/events/${id}`, ready });
}

test('1 MB of JSON is read by a worker, searched, folded and scrolled, with few elements', async () => {
  const { page, requests } = await app.signedIn();
  const orders = Array.from({ length: 20_000 }, (_, id) => ({ id, total: id / 4, note: `order ${id}` }));
  await openBody(page, JSON.stringify({ orders }), 'application/json');
  const lines = page.getByRole('treeitem');
  await lines.first().waitFor();
  const asked = requests.filter((each) => each.includes('body-worker'));
  expect(asked).toHaveLength(1);
  await page.getByLabel('Search in the body').fill('ORDER 19999');
  await page.getByText('1 of 1', { exact: true }).waitFor();
  await page.getByRole('treeitem', { name: 'order 19999' }).waitFor();
  await page.getByLabel('Lines of the body').press('Home');
  await page.getByRole('treeitem', { name: '"orders": [' }).waitFor();
  await page.getByLabel('Lines of the body').evaluate((tree) => tree.scrollTo(0, tree.scrollHeight / 2));
  await page.getByRole('treeitem', { name: '"order 9999"' }).waitFor();
  expect(await lines.count()).toBeLessThan(100);
  await page.getByRole('button', { name: 'Fold all', exact: true }).click();
  await page.getByRole('treeitem', { name: '"orders": [ … ]' }).waitFor();
  expect(await lines.count()).toBe(3);
});

test('an image is drawn, and one that is broken says so', async () => {
  const { page } = await app.signedIn();
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await openBody(page, Buffer.from(png, 'base64'), 'image/png');
  const image = page.getByRole('img', { name: 'The body, as an image' });
  await image.waitFor();
  expect(await image.evaluate((each: HTMLImageElement) => [each.naturalWidth, each.naturalHeight])).toEqual([1, 1]);
  await openBody(page, Buffer.from('GIF89a'), 'image/gif');
  await page.getByText('The image could not be drawn.').waitFor();
  await page.getByRole('tab', { name: 'Text' }).click();
  await page.getByText('GIF89a').waitFor();
});

test('the longest name and the longest type keep the layout', async () => {
  const long = { ...item, type: { S: evil.padEnd(256, 'W') } };
  await put(app.world, [copyOf(long, new Date())]);
  const name = 'w'.repeat(48);
  await app.world.api('POST', '/v1/connections', { name, description: 'W'.repeat(256) });
  const { page } = await app.signedIn();
  const seen: [string, object][] = [];
  const places: [string, (there: Page) => ReturnType<Page['getByText']>][] = [
    ['/connections', (there) => there.getByRole('link', { name })],
    [`/connections/${name}`, (there) => there.getByRole('heading', { name })],
    [`/connections/${endpoint.name}/events`, (there) => there.getByText('WWWW').first()],
  ];
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const [path, ready] of places) {
      await goTo(page, { path, ready });
      seen.push([`${path}, ${width} px`, await harm(page)]);
    }
  }
  expect(seen.map(([, found]) => found)).toEqual(seen.map(() => none));
});
