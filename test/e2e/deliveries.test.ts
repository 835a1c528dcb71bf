/** Webhooks on their way to destinations: from the sender to a receiver on this machine. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { aName, anActiveEndpoint, aSharedRuntime, bearer, deliver, ok, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';

interface Got {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

let world: World;
let receiver: Server;
let origin: string;
/** What the receiver got, and what it answers to a path. By default 200. */
let got: Got[];
let answers: Record<string, (() => number) | undefined>;

beforeAll(async () => {
  world = await aSharedRuntime();
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    got.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(answers[path]?.() ?? 200).end(`answer to attempt ${request.headers['hooklatch-attempt']}`);
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await world.end();
  receiver.close();
});
beforeEach(() => {
  got = [];
  answers = {};
});

/** A destination at a path of the receiver. @returns its name */
async function aDestination(path: string, more: object = {}): Promise<string> {
  const name = aName();
  await ok(world, 'POST', '/v1/destinations', { name, url: `${origin}${path}`, ...more });
  return name;
}

/** A connection with these rules. @returns what delivers to it, and its path */
async function aRoutedConnection(rules: object[], mode = 'all') {
  const { path, url, token } = await anActiveEndpoint(world);
  await ok(world, 'PUT', `${path}/routes`, { mode, rules });
  const send = async (body: string, headers: Record<string, string> = {}) =>
    String((await deliver(url, { headers: { ...bearer(token), ...headers }, body })).json()['id']);
  return { path, send };
}

interface Delivery {
  id: string;
  rule: string;
  status: string;
  attempts: number;
}

const deliveriesOf = async (path: string, event: string) =>
  ((await ok(world, 'GET', `${path}/events/${event}/deliveries`)) as { items: Delivery[] }).items;

/** Waits until the only delivery of an event has this status. */
async function untilIs(status: string, path: string, event: string): Promise<Delivery> {
  let found: Delivery[] = [];
  await waitUntil(`the delivery is ${status}`, async () => {
    found = await deliveriesOf(path, event);
    return found[0]?.status === status;
  });
  return found[0] as Delivery;
}

test('a webhook reaches its destination with its bytes and headers, and a signature that verifies', async () => {
  const to = await aDestination('/in');
  const { path, send } = await aRoutedConnection([{ id: 'all', to }]);
  const body = '{"n": 1.0, "n": 2}\n';
  const event = await send(body, {
    'content-type': 'application/json; charset=utf-8',
    'x-sender': 'one',
    'x-forwarded-proto': 'https',
  });
  const { id, attempts } = await untilIs('delivered', path, event);
  expect(attempts).toBe(1);
  const [{ headers, body: bytes }] = got as [Got];
  expect(bytes.toString()).toBe(body);
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-sender': 'one',
    'webhook-id': id,
    'hooklatch-event': event,
    'hooklatch-attempt': '1',
    'hooklatch-hops': '1',
  });
  expect(headers).not.toHaveProperty('x-forwarded-proto');
  expect(headers).not.toHaveProperty('authorization');
  const { secret } = await ok(world, 'GET', `/v1/destinations/${to}/secret`);
  expect(() => new Webhook(String(secret)).verify(body, headers as Record<string, string>)).not.toThrow();
});

test('each rule that matches sends its own, and the others are shown as not matched', async () => {
  const [paid, every] = [await aDestination('/paid'), await aDestination('/every')];
  const { path, send } = await aRoutedConnection([
    { id: 'paid', when: { data: { status: ['paid'] } }, transform: '{ "total": data.amount * 2 }', to: paid },
    { id: 'every', to: every },
  ]);
  const [first, second] = [await send('{"status":"paid","amount":21}'), await send('{"status":"open"}')];
  await waitUntil('all are there', () => got.length === 3);
  expect(got.map((each) => [each.path, each.body.toString()]).sort()).toEqual([
    ['/every', '{"status":"open"}'],
    ['/every', '{"status":"paid","amount":21}'],
    ['/paid', '{"total":42}'],
  ]);
  const statusesOf = async (event: string) =>
    (await deliveriesOf(path, event)).map(({ rule, status }) => `${rule} ${status}`).sort();
  await waitUntil('both are written down', async () =>
    (await statusesOf(first)).every((each) => each.endsWith('delivered')),
  );
  expect(await statusesOf(second)).toEqual(['every delivered', 'paid not_matched']);
});

test('what was sent is made again as the receiver got it, without the values of its destination', async () => {
  const secrets = { headers: { 'X-Shop': 'key-of-the-shop' }, auth: { kind: 'bearer', token: 'token-of-the-shop' } };
  const to = await aDestination('/again', { method: 'PUT', ...secrets });
  const { path, send } = await aRoutedConnection([{ id: 'half', transform: '{ "half": data.amount / 2 }', to }]);
  const event = await send('{"amount":84}', { 'x-sender': 'one', 'x-shop': 'of the sender' });
  const { id } = await untilIs('delivered', path, event);
  const { message } = (await ok(world, 'GET', `/v1/deliveries/${id}?include=message`)) as {
    message: { sent: { method: string; headers: Record<string, string>; hidden: string[]; body: string } };
  };
  const [{ headers, body }] = got as [Got];
  expect(message).toMatchObject({ sent: { method: 'PUT', body: '{"half":42}', headers: { 'x-sender': 'one' } } });
  expect(body.toString()).toBe(message.sent.body);
  expect(headers).toMatchObject(message.sent.headers);
  expect(message.sent.hidden).toEqual(['x-shop', 'authorization', 'webhook-timestamp', 'webhook-signature']);
  const ofHttp = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'];
  const all = [...Object.keys(message.sent.headers), ...message.sent.hidden];
  expect(
    Object.keys(headers)
      .filter((name) => !ofHttp.includes(name))
      .toSorted(),
  ).toEqual(all.toSorted());
  expect(JSON.stringify(message)).not.toMatch(/of-the-shop|of the sender/);
});

test('a failing receiver gets the same delivery again, and each attempt can be read', async () => {
  const to = await aDestination('/failing');
  const statuses = [503, 200];
  answers['/failing'] = () => statuses.shift() ?? 200;
  const { path, send } = await aRoutedConnection([{ id: 'all', to }]);
  const event = await send('{}');
  const { id } = await untilIs('delivered', path, event);
  expect(got.map(({ headers }) => [headers['webhook-id'], headers['hooklatch-attempt']])).toEqual([
    [id, '1'],
    [id, '2'],
  ]);
  const { history, attempts } = await ok(world, 'GET', `/v1/deliveries/${id}`);
  expect(attempts).toBe(2);
  expect(history).toMatchObject([
    { attempt: 1, outcome: 'answered', status: 503, answer: 'answer to attempt 1' },
    { attempt: 2, outcome: 'answered', status: 200 },
  ]);
});

test('410 ends a delivery, which can be sent again', async () => {
  const to = await aDestination('/gone');
  answers['/gone'] = () => 410;
  const { path, send } = await aRoutedConnection([{ id: 'all', to }]);
  const event = await send('{"a":1}');
  const { id } = await untilIs('failed', path, event);
  expect(await ok(world, 'GET', `/v1/deliveries/${id}`)).toMatchObject({ reason: 'gone', attempts: 1 });
  answers['/gone'] = () => 200;
  expect(await ok(world, 'POST', `/v1/deliveries/${id}/redeliver`, {})).toMatchObject({ status: 'waiting' });
  await untilIs('delivered', path, event);
  expect(got.map(({ body }) => body.toString())).toEqual(['{"a":1}', '{"a":1}']);
});

test('a paused destination gets nothing until it is resumed, and then all', async () => {
  const to = await aDestination('/paused');
  const { path, send } = await aRoutedConnection([{ id: 'all', to }]);
  await ok(world, 'POST', `/v1/destinations/${to}/pause`, {});
  const events = [await send('{"n":1}'), await send('{"n":2}')];
  for (const event of events) await untilIs('parked', path, event);
  expect(await ok(world, 'GET', `/v1/destinations/${to}/health`)).toMatchObject({
    state: 'paused',
    waiting: { count: 2 },
  });
  expect(got).toEqual([]);
  await ok(world, 'POST', `/v1/destinations/${to}/resume`, {});
  for (const event of events) await untilIs('delivered', path, event);
  expect(got.map(({ body }) => body.toString())).toEqual(['{"n":1}', '{"n":2}']);
});

test('a destination that is deleted by force cancels what waits for it', async () => {
  const to = await aDestination('/deleted');
  const { path, send } = await aRoutedConnection([{ id: 'all', to }]);
  await ok(world, 'POST', `/v1/destinations/${to}/pause`, {});
  const event = await send('{}');
  const { id } = await untilIs('parked', path, event);
  const refused = await world.api('DELETE', `/v1/destinations/${to}`);
  expect([refused.status, refused.json()['code']]).toEqual([409, 'destination_in_use']);
  await ok(world, 'DELETE', `/v1/destinations/${to}?force=true`);
  await untilIs('cancelled', path, event);
  expect(await ok(world, 'GET', `/v1/deliveries/${id}`)).toMatchObject({ reason: 'destination_deleted', attempts: 0 });
  const again = await world.api('POST', `/v1/deliveries/${id}/redeliver`, {});
  expect(again.json()['code']).toBe('destination_not_found');
  expect(got).toEqual([]);
});

test('a large body goes as it came', async () => {
  const to = await aDestination('/large');
  const { path, send } = await aRoutedConnection([{ id: 'big', when: { data: { kind: ['big'] } }, to }]);
  const body = JSON.stringify({ kind: 'big', text: 'x'.repeat(700_000) });
  await untilIs('delivered', path, await send(body));
  expect(got.map((each) => each.body.equals(Buffer.from(body)))).toEqual([true]);
});
