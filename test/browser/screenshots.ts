/** `npm run screenshots`: takes the pictures of the README from the real console, with made-up webhooks. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../local/cloudformation/synthesis.ts';
import { aRuntime, bearer, deliver, ok } from '../given.ts';
import { aWindow, openBrowser, signIn } from './given-browser.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/images');
mkdirSync(folder, { recursive: true });

const assembly = mkdtempSync(join(tmpdir(), 'hooklatch-assembly-'));
await synthesize(root, assembly);
const world = await aRuntime({ assembly });
const browser = await openBrowser();

/** A connection with an active endpoint. */
async function connection(name: string, provider: string, description: string) {
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name, provider, description });
  await ok(world, 'PUT', `${path}/endpoint`, {});
  const { token } = await ok(world, 'POST', `${path}/endpoint/token`, {});
  const view = await ok(world, 'POST', `${path}/endpoint/activate`, {});
  return { path, token: String(token), url: (view['endpoint'] as { url: string }).url };
}

const shop = await connection('shop-orders', 'generic', 'Orders of the shop');
await connection('code', 'github', 'Pushes and pull requests');
await ok(world, 'POST', '/v1/connections', { name: 'payments', provider: 'stripe', description: 'Payments' });
for (let order = 1; order <= 12; order++) {
  const body = JSON.stringify({
    order,
    total: { amount: order * 1250, currency: 'EUR' },
    items: [{ sku: 'A-7', count: 2 }],
  });
  await deliver(shop.url, { headers: { ...bearer(shop.token), 'content-type': 'application/json' }, body });
}
for (let n = 0; n < 3; n++) await deliver(shop.url, { body: '{}' });
await world.runtime.settled();

const window = await aWindow(browser, world, { viewport: { width: 1200, height: 720 } });
const { page } = window;
const picture = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) });
await signIn(window, world, world.admin);
await page.getByText('12 events').waitFor();
await picture('connections');
await page.getByRole('link', { name: 'shop-orders' }).click();
await page.getByLabel('Endpoint URL').waitFor();
await page.getByText('The sender’s documentation').waitFor();
await picture('endpoint');
await page.getByRole('tab', { name: 'Events' }).click();
await page.getByRole('link', { name: /^evt_/ }).first().click();
await page.getByRole('tab', { name: 'Formatted' }).waitFor();
await picture('event');
await browser.close();
await world.end();
rmSync(assembly, { recursive: true });
