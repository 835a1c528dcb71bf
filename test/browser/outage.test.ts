/**
 * Two outages, as a person sees them who reads only the screen: a receiver that is down while twenty events a minute come, and one event
 * that fails among a hundred that do not. What each page says, from the first sign to the end.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aReceiver, type Receiver } from '../e2e/given-receiver.ts';
import { anActiveEndpoint, bearer, deliver, ok } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aConsole } from './given-console.ts';

const app = aConsole();
let receiver: Receiver;
beforeAll(async () => {
  receiver = await aReceiver();
});
afterAll(() => receiver.close());

/** A destination, and a connection that routes everything there. @returns what delivers a webhook to it */
async function aRoute(destination: string): Promise<(body: object) => Promise<unknown>> {
  const { world } = app;
  await ok(world, 'POST', '/v1/destinations', { name: destination, url: `${receiver.origin}/${destination}` });
  const { path, url, token } = await anActiveEndpoint(world);
  await ok(world, 'PUT', `${path}/routes`, { rules: [{ id: 'all', to: destination }] });
  const headers = { ...bearer(token), 'content-type': 'application/json' };
  return (body) => deliver(url, { headers, body: JSON.stringify(body) });
}

/** A minute goes by, at the end of which the schedule runs. */
async function aMinute(): Promise<void> {
  const { clock, runtime } = app.world;
  clock.ahead += 60_000;
  await runtime.runSchedule('EveryMinute', 'sweepdeliveries');
  await runtime.settled();
}

/** The request of a test has another body. */
const isOrder = (body: Buffer): boolean => /order|minute|poison/.test(body.toString());

/** What came to a destination, without the requests of tests. */
const ordersAt = (destination: string): string[] =>
  receiver.got
    .filter(({ path, body, manner }) => path === `/${destination}` && isOrder(body) && manner === 'well')
    .map(({ body }) => body.toString());

async function aPerson(): Promise<Page> {
  const { page } = await app.signedIn();
  await page.clock.setSystemTime(Date.now() + app.world.clock.ahead);
  return page;
}

/** Goes to the overview, and waits until it says what needs somebody. */
async function overview(page: Page, count: number): Promise<void> {
  await page.clock.setSystemTime(Date.now() + app.world.clock.ahead);
  await page.getByRole('link', { name: 'Operators' }).first().click();
  await page.getByRole('link', { name: 'Overview' }).first().click();
  await page.getByText(`What needs somebody (${count})`).first().waitFor();
}

const fact = (page: Page, text: RegExp | string) => page.getByText(text).first().waitFor();

test('a receiver is down: who looks sees since when, why and what waits, and ends it with two buttons', async () => {
  const send = await aRoute('crm');
  receiver.manner['/crm'] = 'failing';
  for (let order = 0; order < 20; order += 1) {
    await send({ order });
    app.world.clock.ahead += 3_000;
  }
  await app.world.runtime.settled();
  await aMinute();

  const page = await aPerson();
  await overview(page, 1);
  const row = page.getByRole('row', { name: /Destination fails/ });
  await row
    .getByText(
      /Its attempts fail, and none has succeeded since\. Answered 500 at .+\. 20 deliveries wait, the oldest of .+\. Next attempt: /,
    )
    .waitFor();
  await page.getByRole('link', { name: 'Destinations' }).first().click();
  await fact(page, /^Failing since .+, 20 waiting$/);
  await page.getByRole('link', { name: 'crm' }).first().click();
  await fact(page, 'Failing: no attempt has succeeded since then');
  await fact(page, /^answered 500, /);
  await fact(page, /^20 deliveries; the event of the oldest came /);

  // The receiver is well again, and a test says so.
  receiver.manner = {};
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await fact(page, 'The destination took the request: it answered 200.');
  await fact(page, 'it gets what waits, faster and faster');
  await page.getByRole('button', { name: 'Attempt what waits' }).click();
  await waitUntil('all have come', async () => {
    await aMinute();
    return new Set(ordersAt('crm')).size === 20;
  });
  // Each came once.
  expect(ordersAt('crm')).toHaveLength(20);

  await page.clock.setSystemTime(Date.now() + app.world.clock.ahead);
  await fact(page, /^Well$/);
  await fact(page, 'Failed last');
  await overview(page, 0);
});

test('one event fails among a hundred: it has a row of its own, nobody else waits, and one button sends it', async () => {
  const send = await aRoute('shop');
  let isPoison = true;
  receiver.onRequest = (got) => {
    if (isPoison && got.path === '/shop' && got.body.includes('poison')) got.manner = 'failing';
  };
  await send({ poison: true });
  for (let order = 0; order < 100; order += 1) await send({ order });
  await app.world.runtime.settled();
  for (let minute = 0; minute < 5; minute += 1) {
    await send({ minute });
    await aMinute();
  }
  expect(new Set(ordersAt('shop')).size).toBe(105);

  const page = await aPerson();
  await overview(page, 1);
  await page
    .getByRole('row', { name: /Delivery fails/ })
    .getByText(/^One delivery fails although others succeed\. It was attempted \d+ times: answered 500 at /)
    .waitFor();
  await page.getByRole('link', { name: 'Destinations' }).first().click();
  await fact(page, /1 failing since .+, 1 waiting$/);
  await page.getByRole('link', { name: 'Overview' }).first().click();
  // The row leads to the delivery itself.
  await page
    .getByRole('row', { name: /Delivery fails/ })
    .getByRole('link', { name: 'shop' })
    .click();
  await fact(page, 'Answered 500');
  isPoison = false;
  await page.getByRole('button', { name: 'Attempt now' }).click();
  await waitUntil('it has come', async () => {
    await aMinute();
    return ordersAt('shop').includes('{"poison":true}');
  });
  await page.clock.setSystemTime(Date.now() + app.world.clock.ahead);
  await fact(page, 'Delivered');
  await overview(page, 0);
});
