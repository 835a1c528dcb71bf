/** Made-up connections for the pictures of the console: one in each state that a page can show. */
import { createHmac, randomUUID } from 'node:crypto';
import { bearer, deliver, ok, type World } from '../support/given.ts';
import { bodyPayloads } from './body-payloads.ts';

interface Connection {
  path: string;
  url: string;
  token: string;
}

type Steps = 'configured' | 'active';

/** Makes a connection, and takes its endpoint that far. @param secret adopts this; without it, a token is generated */
async function connection(
  world: World,
  [name, provider, description]: readonly [string, string, string],
  until?: Steps,
  secret: { value?: string } | 'none' = {},
): Promise<Connection> {
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name, provider, description });
  if (until) await ok(world, 'PUT', `${path}/endpoint`, {});
  const { token } = until && secret !== 'none' ? await ok(world, 'POST', `${path}/endpoint/token`, secret) : {};
  const view = until === 'active' ? await ok(world, 'POST', `${path}/endpoint/activate`, {}) : {};
  return { path, token: String(token), url: String((view['endpoint'] as { url?: string } | undefined)?.url) };
}

/** A webhook as GitHub sends it. */
function push({ url, token }: Connection, secret = token): Promise<unknown> {
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    repository: { full_name: 'acme/shop', private: true },
    pusher: { name: 'ada' },
    commits: [{ message: 'Round prices to whole cents', modified: ['src/price.ts'] }],
  });
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-event': 'push',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  return deliver(url, { headers, body });
}

/** The names that the pictures lead to. */
export interface PictureData {
  /** The id of an event of the connection `code`. */
  event: string;
  /** The id of the last event of the connection `shop-orders`, whose body differs from the one before. */
  order: string;
  /** The id of a delivery of the event, to the destination `crm`. */
  delivery: string;
  /** The events of the connection `bodies`, by what their bodies are. */
  bodies: Record<string, string>;
  /** A connection of which every text is as long as it may be, and an event of it. */
  long: { connection: string; event: string };
}

/** Sends a body of each kind, and notes the ids of the events. */
async function bodiesOfEachKind(world: World): Promise<Record<string, string>> {
  const { url, token } = await connection(world, ['bodies', 'generic', 'A body of each kind'], 'active');
  const ids: Record<string, string> = {};
  for (const [kind, [contentType, body]] of Object.entries(bodyPayloads)) {
    const { id } = (await deliver(url, { headers: { ...bearer(token), 'content-type': contentType }, body })).json();
    ids[kind] = String(id);
  }
  return ids;
}

/** Texts without a space, where a line can't end, are the hardest for a layout. */
async function longTexts(world: World): Promise<PictureData['long']> {
  const name = 'orders-of-the-shop-in-the-north-of-the-country-x';
  const { path, url, token } = await connection(
    world,
    [name, 'generic', 'A long description. '.repeat(12).trim()],
    'active',
  );
  await ok(world, 'PUT', `${path}/endpoint`, {
    type: { in: 'body', path: '/type' },
    dedupe: { by: 'body', path: '/id' },
  });
  const body = JSON.stringify({
    type: 'order.'.repeat(21),
    id: 'd'.repeat(200),
    note: 'n'.repeat(2_000),
    ['k'.repeat(90)]: [],
  });
  const headers = { ...bearer(token), 'content-type': 'application/json', 'x-long': 'v'.repeat(1_500) };
  const { id } = (await deliver(`${url}/${'path/'.repeat(30)}?q=${'v'.repeat(600)}`, { headers, body })).json();
  return { connection: name, event: String(id) };
}

export async function pictureData(world: World): Promise<PictureData> {
  const code = await connection(world, ['code', 'github', 'Pushes and pull requests of acme/shop'], 'active');
  for (let n = 0; n < 7; n++) await push(code);
  for (let n = 0; n < 3; n++) await push(code, 'another-secret');
  await deliver(code.url, { body: '{}' });
  await ok(world, 'POST', `${code.path}/endpoint/token/rotate`, {});

  const shop = await connection(world, ['shop-orders', 'generic', 'Orders of the shop'], 'active');
  for (let order = 1; order <= 12; order++) {
    const body = JSON.stringify({ order, total: { amount: order * 1250, currency: 'EUR' } });
    await deliver(shop.url, { headers: { ...bearer(shop.token), 'content-type': 'application/json' }, body });
  }
  for (let n = 0; n < 2; n++) await deliver(shop.url, { body: '{}' });

  const warehouse = await connection(world, ['warehouse', 'generic', ''], 'active');
  await ok(world, 'POST', `${warehouse.path}/endpoint/hold`);
  await deliver(warehouse.url, { headers: bearer(warehouse.token), body: '{"parcel": 1}' });

  const parcels = await connection(world, ['parcels', 'generic', 'Tracking of parcels'], 'active');
  await ok(world, 'POST', `${parcels.path}/endpoint/deactivate`);
  await connection(world, ['payments', 'stripe', 'Payments'], 'active', 'none');
  await connection(world, ['chat', 'slack', ''], 'configured', 'none');
  await connection(world, ['campaigns', 'meta', ''], 'active', 'none');
  await connection(world, ['invoices', 'xero', 'Invoices'], undefined);
  await connection(world, ['quiet', 'gitlab', ''], 'active', {
    value: 'whsec_bWFkZS11cC1zZWNyZXQtb2YtdGhlLXBpY3R1cmVz',
  });

  const tasks = await connection(world, ['tasks', 'asana', ''], 'active', { value: 'the-secret-of-the-sender' });
  await ok(world, 'POST', `${tasks.path}/endpoint/handshake`, {});
  await deliver(tasks.url, { headers: { 'x-hook-secret': 'the-next-secret-of-the-sender' } });

  const shopUrl = 'https://hooks.slack.com/services/T000/B000/made-up';
  await ok(world, 'POST', '/v1/destinations', { name: 'team-chat', url: shopUrl, description: 'Alerts for the team' });
  await ok(world, 'POST', '/v1/destinations', {
    ...{ name: 'crm', url: 'https://crm.example.com/in', headers: { 'x-team': 'sales' }, rate: { perSecond: 10 } },
    auth: { kind: 'bearer', token: 'a-made-up-token' },
  });
  for (const verb of ['secret/rotate', 'pause']) await ok(world, 'POST', `/v1/destinations/crm/${verb}`, {});

  await ok(world, 'PUT', `${code.path}/routes`, {
    rules: [
      { id: 'pushes-to-crm', when: { type: ['push'], data: { ref: ['refs/heads/main'] } }, to: 'crm' },
      { id: 'issues', when: { type: ['issues'] }, transform: '{ "text": data.issue.title }', to: 'team-chat' },
      // It leaves nothing, so its deliveries are cancelled.
      { id: 'notes', transform: 'data.note', to: 'team-chat' },
    ],
  });

  const expiresAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
  await ok(world, 'POST', '/v1/operators', { name: 'Ada', role: 'connection_admin' });
  await ok(world, 'POST', '/v1/operators', { name: 'deploy pipeline', role: 'flow_designer', expiresAt });
  await world.runtime.settled();
  const { items } = await ok(world, 'GET', `${code.path}/events`);
  const event = String((items as { id: string }[])[0]?.id);
  await ok(world, 'POST', `${code.path}/events/${event}/replay`);
  await world.runtime.settled();
  const { items: deliveries } = await ok(world, 'GET', `${code.path}/events/${event}/deliveries`);
  const { items: orders } = await ok(world, 'GET', `${shop.path}/events`);
  const [order, made] = [orders, deliveries].map((items) => String((items as { id: string }[])[0]?.id));
  return {
    ...{ event, order: String(order), delivery: String(made) },
    bodies: await bodiesOfEachKind(world),
    long: await longTexts(world),
  };
}
