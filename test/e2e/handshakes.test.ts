/** Handshakes as senders make them, through the public URL. */
import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import type { Preset } from '../../shared/endpoints/provider/preset.ts';
import { type ProviderId, presetOf, presets, providerIds } from '../../shared/endpoints/provider/presets.ts';
import { samples } from '../../shared/endpoints/provider/samples.ts';
import type { Scheme } from '../../shared/endpoints/signature/scheme.ts';
import { sign } from '../../shared/endpoints/signature/signing.ts';
import type { Received, Sent } from '../local/http-client.ts';
import { fakeSecret } from '../shared/endpoints/provider/provider-samples.ts';
import { every, testInFull } from '../support/full-counts.ts';
import { aName, aSharedRuntime, deliver, forbidden, ok, seen, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

interface Given {
  path: string;
  url: string;
  token: string;
}

const view = async (path: string) => (await ok(world, 'GET', path)) as unknown as ConnectionView;

/** An active endpoint of this provider. `value` is the secret, if the sender has one before the handshake. */
async function given(provider: string, value?: string, settings: object = {}): Promise<Given> {
  const name = aName();
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name, provider });
  await ok(world, 'PUT', `${path}/endpoint`, settings);
  if (value !== undefined) await ok(world, 'POST', `${path}/endpoint/token`, { value });
  const { endpoint } = (await ok(world, 'POST', `${path}/endpoint/activate`)) as unknown as ConnectionView;
  return { path, url: endpoint?.url ?? '', token: value ?? '' };
}

const secret = 'the-secret-of-the-sender';
const json = (body: unknown): Sent => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** A request that is signed as its sender signs. */
function signed(provider: ProviderId, url: string, { body = '', headers = {} }: Sent, by = secret): Sent {
  const { scheme } = presets[provider] as { scheme: Scheme };
  const request = { method: 'POST', url, headers: headers as Record<string, string>, body: Buffer.from(body) };
  const made = sign(scheme, by, { ...request, now: new Date() });
  return { method: 'POST', headers: made?.headers as Record<string, string>, body: made?.body ?? '' };
}

const discord = generateKeyPairSync('ed25519');
const discordKey = discord.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');

function discordPing(body: string): Sent {
  const time = String(Math.floor(Date.now() / 1000));
  const signature = signWith(null, Buffer.from(time + body), discord.privateKey).toString('hex');
  return { method: 'POST', headers: { 'x-signature-ed25519': signature, 'x-signature-timestamp': time }, body };
}

const hmac = (encoding: 'hex' | 'base64', text: string) => createHmac('sha256', secret).update(text).digest(encoding);

interface Example {
  provider: ProviderId;
  value?: string;
  /** The part after the URL. */
  query?(given: Given): Promise<string> | string;
  sent(url: string): Sent;
  /** The answer that the sender expects, with status 200. */
  body?: string;
  headers?: Record<string, string>;
  isWindow?: true;
}

const text = { 'content-type': 'text/plain' };
const asJson = { 'content-type': 'application/json' };
const pasted = ({ token }: Given): string => `?token=${token}`;
const get = (): Sent => ({ method: 'GET' });

/** Handshakes whose proof or answer must be computed, as each sender documents them. */
const computed: Example[] = [
  {
    provider: 'meta',
    query: async ({ path }) => {
      const { verifyToken = '' } = (await view(path)).endpoint?.handshake ?? {};
      return `?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${encodeURIComponent(verifyToken)}`;
    },
    sent: get,
    body: '1158201444',
    headers: text,
  },
  {
    provider: 'x',
    value: secret,
    query: () => '?crc_token=challenge_string',
    sent: get,
    body: `{"response_token":"sha256=${hmac('base64', 'challenge_string')}"}`,
    headers: asJson,
  },
  {
    provider: 'zoom',
    value: secret,
    sent: (url) =>
      signed(
        'zoom',
        url,
        json({ event: 'endpoint.url_validation', payload: { plainToken: 'qgg8vlvZRS6UYooatFL8Aw' } }),
      ),
    body: `{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"${hmac('hex', 'qgg8vlvZRS6UYooatFL8Aw')}"}`,
    headers: asJson,
  },
  {
    provider: 'discord',
    value: discordKey,
    sent: () => discordPing('{"type":1}'),
    body: '{"type":1}',
    headers: asJson,
  },
  {
    provider: 'asana',
    isWindow: true,
    sent: () => ({ ...json({}), headers: { 'x-hook-secret': secret } }),
    headers: { 'x-hook-secret': secret },
  },
  { provider: 'notion', isWindow: true, sent: () => json({ verification_token: secret }) },
];

/**
 * The handshakes from the samples of the senders' presets. If the preset requires it, each is authenticated as a
 * delivery is.
 */
const sampled = providerIds.flatMap((provider): Example[] => {
  const { kind, handshakes = [] } = presetOf(provider);
  return (samples[provider].handshakes ?? []).map(({ method, query = '', headers = {}, body = '', answer }) => {
    const isProved = handshakes.some((one) => one.method === method && one.proof === 'delivery');
    const plain = { method, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
    const value = kind === 'both' ? undefined : fakeSecret(provider);
    return {
      provider,
      ...(value !== undefined && { value }),
      query: (endpoint) => (isProved && kind === 'token' ? pasted(endpoint) + query.replace('?', '&') : query),
      sent: (url) => (isProved && kind === 'signature' ? signed(provider, url, plain, value) : plain),
      ...answer,
    };
  });
});

const examples = [...computed, ...sampled];

const openWindow = (path: string, minutes = 10) => ok(world, 'POST', `${path}/endpoint/handshake`, { minutes });

async function shake({ query = () => '', sent }: Example, endpoint: Given): Promise<Received> {
  return deliver(endpoint.url + (await query(endpoint)), sent(endpoint.url));
}

const reasonsOf = async (path: string) =>
  ((await ok(world, 'GET', `${path}/rejections`)) as { items: { reason: string }[] }).items.map(({ reason }) => reason);

const eventsOf = async (path: string) => ((await ok(world, 'GET', `${path}/events`)) as { items: object[] }).items;

describe('handshakes', () => {
  test('each handshake of a preset has an example in this test', () => {
    const told = Object.entries(presets as Record<string, Preset>).flatMap(([id, { handshakes = [] }]) =>
      handshakes.flatMap(({ method, answer }) => (answer.with === 'confirmation' ? [] : [`${method} ${id}`])),
    );
    const tried = examples.map(({ provider, sent }) => `${sent('https://hooks.example.com').method} ${provider}`);
    expect(tried.sort()).toEqual(told.sort());
  });

  // test/shared/events/arrival/handshake.test.ts has the handshakes of all senders without a runtime.
  test.each(every(5, examples))(
    '$provider gets the answer that it expects; the handshake is counted, and no event is stored',
    async (example) => {
      const endpoint = await given(example.provider, example.value);
      if (example.isWindow) await openWindow(endpoint.path);
      const answer = await shake(example, endpoint);
      expect({ status: answer.status, body: answer.text }).toEqual({ status: 200, body: example.body ?? '' });
      expect(answer.headers).toMatchObject({
        ...example.headers,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
      });
      expect(await eventsOf(endpoint.path)).toEqual([]);
      // A count that is not written within its second is lost, so on a busy machine a handshake may have to come again.
      const counted = async () => (await view(endpoint.path)).endpoint?.handshake;
      let sent = 1;
      for (; !(await counted())?.lastAt && sent < 20; sent += 1) {
        world.clock.ahead += 1_000;
        await shake(example, endpoint);
      }
      const { count, lastAt } = (await counted()) ?? {};
      expect([count, lastAt]).toEqual([expect.any(Number), expect.any(String)]);
      expect([Number(count) >= 1, Number(count) <= sent]).toEqual([true, true]);
      expect(await reasonsOf(endpoint.path)).toEqual([]);
    },
  );
});

describe('an invalid handshake is refused like any unauthenticated request, and counted as a rejection', () => {
  const slack = { type: 'url_verification', challenge: 'abc' };
  const validation = { event: 'endpoint.url_validation', payload: { plainToken: 'abc' } };
  const invalid: [string, ProviderId, string, string, (url: string) => Sent][] = [
    [
      'a wrong verify token',
      'meta',
      'handshake_refused',
      '?hub.mode=subscribe&hub.challenge=1&hub.verify_token=a',
      get,
    ],
    ['no verify token', 'meta', 'handshake_refused', '?hub.mode=subscribe&hub.challenge=1', get],
    ['a challenge that could be a JSON body', 'x', 'handshake_refused', '?crc_token=%7B%7D', get],
    ['a challenge with a colon', 'x', 'handshake_refused', '?crc_token=v0:1:', get],
    ['no challenge', 'dropbox', 'handshake_refused', '?challenge=', get],
    ['an unsigned handshake of Zoom', 'zoom', 'signature_missing', '', () => json(validation)],
    [
      'a handshake of Zoom that is signed with another secret',
      'zoom',
      'signature_mismatch',
      '',
      (url) => signed('zoom', url, json(validation), 'another'),
    ],
    ['an unsigned handshake of Slack', 'slack', 'signature_missing', '', () => json(slack)],
    [
      'a delivered secret without an open handshake window',
      'asana',
      'handshake_window_closed',
      '',
      () => ({ method: 'POST', headers: { 'x-hook-secret': secret } }),
    ],
    [
      'a signed body that is not a JSON object',
      'zoom',
      'body_not_json_object',
      '',
      (url) => signed('zoom', url, { body: '[]' }),
    ],
  ];

  test.each(every(3, invalid))('%s', async (_, provider, reason, query, sent) => {
    const endpoint = await given(provider, secret);
    expect(seen(await deliver(endpoint.url + query, sent(endpoint.url)))).toBe(forbidden);
    expect(await reasonsOf(endpoint.path)).toEqual([reason]);
    expect((await view(endpoint.path)).endpoint?.handshake ?? {}).not.toHaveProperty('count');
    expect(await eventsOf(endpoint.path)).toEqual([]);
  });

  testInFull('a handshake that is answered with an HMAC, if the endpoint has no secret', async () => {
    const endpoint = await given('x');
    expect(seen(await deliver(`${endpoint.url}?crc_token=abc`, { method: 'GET' }))).toBe(forbidden);
    expect(seen(await deliver(endpoint.url, json({})))).toBe(forbidden);
    expect(await reasonsOf(endpoint.path)).toEqual(['secret_missing']);
  });

  test('a delivery whose signature is the answer to a handshake', async () => {
    const { path, url } = await given('x', secret);
    const answer = (await deliver(`${url}?crc_token=forged`, { method: 'GET' })).json();
    const headers = { 'x-twitter-webhooks-signature': String(answer['response_token']) };
    expect(seen(await deliver(url, { headers, body: 'forged' }))).toBe(forbidden);
    expect(await reasonsOf(path)).toEqual(['body_not_json_object']);
    expect((await deliver(url, signed('x', url, json({ for_user_id: '1' })))).status).toBe(202);
  });

  testInFull('a handshake of a provider, if the endpoint has a custom scheme', async () => {
    const { scheme } = presets.x;
    const { path, url } = await given('x', secret, { auth: { kind: 'signature', scheme } });
    expect(seen(await deliver(`${url}?crc_token=abc`, { method: 'GET' }))).toBe(forbidden);
    expect(await reasonsOf(path)).toEqual(['signature_missing']);
  });
});

describe('WooCommerce', () => {
  const body = { webhook_id: 1, name: 'a delivery with a webhook_id field' };

  testInFull(
    'the ping is a form with webhook_id alone; a signed delivery with webhook_id is stored as an event',
    async () => {
      const { path, url } = await given('woocommerce', secret);
      expect((await deliver(url, signed('woocommerce', url, json(body)))).status).toBe(202);
      const form = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
      const inForm = signed('woocommerce', url, { headers: form, body: 'webhook_id=1&more=2' });
      expect((await deliver(url, inForm)).status).toBe(202);
      expect((await eventsOf(path)).map((event) => (event as { size: number }).size).sort()).toEqual([19, 60]);
      const ping = { method: 'POST', headers: form, body: 'webhook_id=1' };
      expect([(await deliver(url, ping)).status, (await eventsOf(path)).length]).toEqual([200, 2]);
    },
  );

  testInFull(
    'the ping is never JSON; a JSON body with webhook_id and a valid token is stored as an event',
    async () => {
      const { path, url } = await given('woocommerce', secret, { auth: { kind: 'token' } });
      const authorization = `Bearer ${secret}`;
      const { headers, ...sent } = json(body);
      expect((await deliver(url, { ...sent, headers: { ...headers, authorization } })).status).toBe(202);
      expect(await eventsOf(path)).toHaveLength(1);
    },
  );

  testInFull('two deliveries with the same delivery id in the same second are stored as two events', async () => {
    const { path, url } = await given('woocommerce', secret);
    const { headers, ...sent } = signed('woocommerce', url, json({ action: 'woocommerce_add_to_cart', arg: 'a' }));
    const delivery = {
      ...sent,
      headers: { ...headers, 'x-wc-webhook-delivery-id': '27fcde6d5ed88139d07a62e0aa86a11c' },
    };
    await Promise.all([deliver(url, delivery), deliver(url, delivery)]);
    expect(await eventsOf(path)).toHaveLength(2);
  });
});

testInFull(
  'a subscription confirmation of SNS with a token but no signature is stored as an event, and its SubscribeURL is not called',
  async () => {
    const { path, url } = await given('aws-sns', secret, { auth: { kind: 'token' } });
    const { headers, ...message } = json({ Type: 'SubscriptionConfirmation', SubscribeURL: 'http://127.0.0.1:1/' });
    const sent = { ...message, headers: { ...headers, 'x-amz-sns-message-type': 'SubscriptionConfirmation' } };
    expect((await deliver(`${url}?token=${secret}`, sent)).status).toBe(202);
    expect(await eventsOf(path)).toHaveLength(1);
  },
);

describe('the verify token', () => {
  test('is generated by the first configuration, never changes, and is different for each endpoint', async () => {
    const { path } = await given('meta');
    const tokenOf = async () => (await view(path)).endpoint?.handshake?.verifyToken;
    const made = await tokenOf();
    expect(made).toMatch(/^[0-9A-Za-z_-]{22}$/);
    await ok(world, 'PUT', `${path}/endpoint`, { retentionDays: 7 });
    expect(await tokenOf()).toBe(made);
    const other = (await view((await given('meta')).path)).endpoint?.handshake?.verifyToken;
    expect(other).toMatch(/^[0-9A-Za-z_-]{22}$/);
    expect(other).not.toBe(made);
    expect((await view((await given('slack')).path)).endpoint).not.toHaveProperty('handshake');
    expect(world.logs.join('\n')).toContain('"route":"PUT /v1/connections/{name}/endpoint"');
    expect(world.logs.join('\n')).not.toContain(made);
  });
});

describe('a secret that a sender delivers', () => {
  const deliverSecret = ({ url }: Given, value = secret) => deliver(url, { headers: { 'x-hook-secret': value } });
  const deliverEvent = ({ url }: Given, by = secret) => deliver(url, signed('asana', url, json({ events: [] }), by));
  /** Asana gets 200 for accepted deliveries. */
  const statusesFor = async (endpoint: Given, ...secrets: string[]) =>
    Promise.all(secrets.map(async (by) => (await deliverEvent(endpoint, by)).status));

  test('is live at once if the endpoint has no secret, and closes the handshake window', async () => {
    const endpoint = await given('asana');
    expect(await statusesFor(endpoint, secret)).toEqual([403]);
    await openWindow(endpoint.path);
    expect((await view(endpoint.path)).endpoint?.handshake).toEqual({ openUntil: expect.any(String) });
    expect((await deliverSecret(endpoint)).status).toBe(200);
    expect(await statusesFor(endpoint, secret)).toEqual([200]);
    expect(await ok(world, 'GET', `${endpoint.path}/endpoint/token`)).toMatchObject({ token: secret });
    const { endpoint: after } = await view(endpoint.path);
    expect(after?.tokens).toMatchObject([{ createdBy: 'handshake' }]);
    expect(after?.handshake).not.toHaveProperty('openUntil');
    expect(seen(await deliverSecret(endpoint, 'another-secret'))).toBe(forbidden);
    expect((await reasonsOf(endpoint.path)).sort()).toEqual(['handshake_window_closed', 'secret_missing']);
    expect(await statusesFor(endpoint, secret, 'another-secret')).toEqual([200, 403]);
  });

  test('waits for confirmation if the endpoint has a live secret, which then stays valid until the grace period ends', async () => {
    const endpoint = await given('asana', secret);
    await openWindow(endpoint.path);
    const next = 'the-next-secret';
    expect((await deliverSecret(endpoint, next)).headers['x-hook-secret']).toBe(next);
    const { tokens, handshake } = (await view(endpoint.path)).endpoint ?? {};
    expect(tokens).toHaveLength(1);
    expect(handshake).toMatchObject({ delivered: { at: expect.any(String), sourceIp: '127.0.0.1' } });
    expect(await statusesFor(endpoint, secret, next)).toEqual([200, 403]);
    await ok(world, 'POST', `${endpoint.path}/endpoint/handshake/confirm`, {});
    expect(await statusesFor(endpoint, secret, next)).toEqual([200, 200]);
    await ok(world, 'DELETE', `${endpoint.path}/endpoint/token/previous`);
    expect(await statusesFor(endpoint, secret, next)).toEqual([403, 200]);
    expect((await view(endpoint.path)).endpoint?.handshake).not.toHaveProperty('delivered');
    const value = 'a-third-secret-of-asana';
    await ok(world, 'POST', `${endpoint.path}/endpoint/token/rotate`, { value });
    expect(await statusesFor(endpoint, next, value)).toEqual([200, 200]);
  });

  testInFull.each([
    ['the closing of the handshake window', ({ path }: Given) => ok(world, 'DELETE', `${path}/endpoint/handshake`)],
    [
      'a rotation',
      ({ path }: Given) => ok(world, 'POST', `${path}/endpoint/token/rotate`, { value: 'a-third-secret-of-asana' }),
    ],
    ['the removal of the tokens', ({ path }: Given) => ok(world, 'DELETE', `${path}/endpoint/token`)],
  ])('is dropped by %s while it waits for confirmation', async (_, drop) => {
    const endpoint = await given('asana', secret);
    await openWindow(endpoint.path);
    await deliverSecret(endpoint, 'the-next-secret');
    await drop(endpoint);
    expect((await view(endpoint.path)).endpoint?.handshake).not.toHaveProperty('delivered');
    const confirmed = await world.api('POST', `${endpoint.path}/endpoint/handshake/confirm`, {});
    expect([confirmed.status, confirmed.json()['code']]).toEqual([409, 'nothing_delivered']);
    expect((await deliverEvent(endpoint, 'the-next-secret')).status).toBe(403);
  });

  testInFull('is accepted only once if several arrive at the same time', async () => {
    const endpoint = await given('asana');
    await openWindow(endpoint.path);
    const values = Array.from({ length: 8 }, (_, at) => `one-of-many-secrets-${at}`);
    const answers = await Promise.all(values.map((value) => deliverSecret(endpoint, value)));
    const taken = values.filter((_, at) => answers[at]?.status === 200);
    expect(taken).toHaveLength(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(403)]);
    expect(await ok(world, 'GET', `${endpoint.path}/endpoint/token`)).toMatchObject({ token: taken[0] });
    expect((await view(endpoint.path)).endpoint?.tokens).toHaveLength(1);
  });

  test('is refused if the handshake window expired or was closed, or if the endpoint is inactive', async () => {
    const endpoint = await given('asana');
    await openWindow(endpoint.path, 1);
    world.clock.ahead += 61_000;
    expect((await deliverSecret(endpoint)).status).toBe(403);
    world.clock.ahead -= 61_000;
    await openWindow(endpoint.path);
    await ok(world, 'DELETE', `${endpoint.path}/endpoint/handshake`);
    expect((await deliverSecret(endpoint)).status).toBe(403);
    await openWindow(endpoint.path);
    await ok(world, 'POST', `${endpoint.path}/endpoint/deactivate`);
    expect((await deliverSecret(endpoint)).status).toBe(403);
    expect((await view(endpoint.path)).endpoint?.tokens).toEqual([]);
  });

  testInFull('is refused after the setting secretFrom changed to "operator"', async () => {
    const endpoint = await given('asana');
    await openWindow(endpoint.path);
    await ok(world, 'PUT', `${endpoint.path}/endpoint`, { secretFrom: 'operator' });
    expect((await deliverSecret(endpoint)).status).toBe(403);
    expect((await view(endpoint.path)).endpoint?.tokens).toEqual([]);
  });

  testInFull("is refused if it can't be a secret, and the handshake window stays open", async () => {
    const endpoint = await given('asana');
    await openWindow(endpoint.path);
    for (const value of ['short', 'with spaces in it', 'x'.repeat(257)])
      expect((await deliverSecret(endpoint, value)).status).toBe(403);
    expect(await reasonsOf(endpoint.path)).toEqual(['handshake_refused']);
    expect((await deliverSecret(endpoint)).status).toBe(200);
  });

  test('appears in no log, and not in the connection', async () => {
    const endpoint = await given('notion');
    await openWindow(endpoint.path);
    const value = 'secret_that-notion-delivers';
    expect((await deliver(endpoint.url, json({ verification_token: value }))).status).toBe(200);
    expect(world.logs.join('\n')).toContain('secret_stored');
    const { endpoint: shown } = await view(endpoint.path);
    expect(shown?.tokens).toHaveLength(1);
    expect(JSON.stringify([world.logs, shown])).not.toContain(value);
  });
});
