/** A person looks for the order of a customer that never arrived, among 5,000 events of 12 connections, with what the screen says alone. */
import { createHmac } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { copyOf } from '../../tools/bench/stored-events.ts';
import { itemOf, put } from '../e2e/given-events.ts';
import { deliver, ok } from '../support/given.ts';
import { aConsole } from './given-console.ts';

const app = aConsole();

const names = Array.from({ length: 12 }, (_, n) => `shop-${String(n + 1).padStart(2, '0')}`);
const [ill = ''] = names.slice(6);
const count = 5_000;
const customer = 'cus_Tq7Yd2Wm';
/** The id of the customer's order that arrived. */
let arrived = '';

/** Makes an endpoint for GitHub's signatures. Returns a function that delivers an order to it, and returns the answer. */
async function aShop(name: string) {
  const path = `/v1/connections/${name}`;
  await ok(app.world, 'POST', '/v1/connections', { name, provider: 'github' });
  await ok(app.world, 'PUT', `${path}/endpoint`, {});
  const { token } = await ok(app.world, 'POST', `${path}/endpoint/token`, {});
  const { endpoint } = await ok(app.world, 'POST', `${path}/endpoint/activate`, {});
  return (order: object, change: (secret: string) => string = (secret) => secret) => {
    const body = JSON.stringify(order);
    const digest = createHmac('sha256', change(String(token)))
      .update(body)
      .digest('hex');
    const headers = {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${digest}`,
      'x-github-event': 'order',
    };
    return deliver((endpoint as { url: string }).url, { headers, body });
  };
}

/** Delivers one order of another customer to a shop, and stores so many copies of it. */
async function fill(send: Awaited<ReturnType<typeof aShop>>, copies: number): Promise<void> {
  const { id } = (await send({ order: 1, customer: 'cus_Ab3Kf9Zp' })).json();
  const item = await itemOf(app.world, String(id));
  if (!item) throw new Error('there is no event');
  const last = Date.now() - 60_000;
  await put(
    app.world,
    Array.from({ length: copies }, (_, n) => copyOf(item, new Date(last - n * 2_000))),
  );
}

beforeAll(async () => {
  const shops = new Map<string, Awaited<ReturnType<typeof aShop>>>();
  for (const name of names) shops.set(name, await aShop(name));
  // One of each shop comes by itself, and one more is the order that arrived.
  const copies = count - names.length - 1;
  const each = Math.floor(copies / names.length);
  for (const [name, send] of shops) await fill(send, name === ill ? copies - each * (names.length - 1) : each);
  const send = shops.get(ill);
  arrived = String((await send?.({ order: 1001, customer }))?.json()['id']);
  expect((await send?.({ order: 1002, customer }, (secret) => `${secret}\n`))?.status).toBe(403);
  await app.world.runtime.settled();
});

test('in twelve actions the refusal is explained, the mistake named, and the order beside it published again', async () => {
  const { page } = await app.open();
  let actions = 0;
  const does = async (act: () => Promise<unknown>) => {
    actions += 1;
    await act();
  };
  await page.goto(`${app.world.runtime.url}/console/index.html`);
  await page.getByLabel('Operator token').fill(app.world.admin);
  await does(() => page.keyboard.press('Enter'));

  // Which connection needs somebody, and why.
  await page
    .getByRole('row', { name: /Refuses webhooks/ })
    .getByRole('link', { name: ill })
    .waitFor();

  // What came of this customer, in any connection.
  await does(() => page.getByRole('link', { name: 'Search events' }).click());
  await does(() => page.getByRole('combobox', { name: 'Filter' }).fill(customer));
  await does(() => page.keyboard.press('Enter'));
  await page.getByText('Searched 12 of 12 connections').first().waitFor();
  expect(await page.getByRole('link', { name: /^evt_/ }).allTextContents()).toEqual([arrived]);

  // The neighbour is published again, and the page shows its way.
  await does(() => page.getByRole('link', { name: arrived }).click());
  await page.getByText('1001').first().waitFor();
  await does(() => page.getByRole('button', { name: 'Replay' }).click());
  await does(() => page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click());
  await page.getByText('Published again: replay 1').first().waitFor();
  await page.getByText('Replay 1', { exact: true }).waitFor();
  await page.getByText('by bootstrap').first().waitFor();

  // The missing one was refused: why, and what the sender has to change.
  await does(() => page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: ill }).click());
  await does(() => page.getByRole('tab', { name: 'Rejections' }).click());
  await page
    .getByText('The signature is valid if the sender has a space or a line break before or after the secret.')
    .first()
    .waitFor();
  expect(actions).toBeLessThanOrEqual(12);
});
