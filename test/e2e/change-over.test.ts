import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { every, testInFull } from '../support/full-counts.ts';
import {
  aName,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  forbidden,
  ok,
  seen,
  type World,
} from '../support/given.ts';
import {
  aProvedEndpoint,
  body,
  earlier,
  type Kind,
  keptOf,
  type Proved,
  present,
  proofOf,
  reveal,
  send,
  statusBy,
  type Value,
  viewOf,
} from './given-proofs.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

const put = (path: string, body: object, headers: Record<string, string> = {}) =>
  world.api('PUT', `${path}/endpoint`, body, { headers });

/** Changes auth, which must succeed. Returns the values that are live afterwards. */
async function change(path: string, auth: object, values: object = {}) {
  await ok(world, 'PUT', `${path}/endpoint`, { auth, values });
  return reveal(world, path);
}

const endGrace = (path: string) => ok(world, 'DELETE', `${path}/endpoint/token/previous`);
const wrong: Value = { token: 'a wrong token', signingSecret: 'a wrong secret' };

// What each change carries over if the operator gives no new value. A token never becomes a signing secret, and a
// signing secret never becomes a token.
const combinations: [Kind, Kind, (was: Value) => Partial<Value>][] = [
  ['token', 'token', ({ token }) => ({ token })],
  ['token', 'signature', () => ({})],
  ['token', 'both', ({ token }) => ({ token })],
  ['signature', 'token', () => ({})],
  ['signature', 'signature', ({ token }) => ({ token })],
  ['signature', 'both', ({ token }) => ({ signingSecret: token })],
  ['both', 'token', ({ token }) => ({ token })],
  ['both', 'signature', ({ signingSecret = '' }) => ({ token: signingSecret })],
  ['both', 'both', ({ token, signingSecret = '' }) => ({ token, signingSecret })],
];

// `npm run test:full` has all, and change-over-model.test.ts others at random.
describe.each(every(5, combinations))('a change of auth from %s to %s', (from, to, carried) => {
  test('keeps the previous auth valid until the grace period ends, and carries over the values that fit the new auth', async () => {
    const { path, url, value } = await aProvedEndpoint(world, earlier[from]);
    const { previous, ...now } = await change(path, present[to]);
    expect(previous).toMatchObject(value);
    const kept = carried(value);
    expect(now).toMatchObject(kept);
    // A value that is not carried over is new.
    const half = (name: 'token' | 'signingSecret') => (name in kept ? [] : [now[name]]);
    expect(Object.values(value).filter((one) => [...half('token'), ...half('signingSecret')].includes(one))).toEqual(
      [],
    );
    expect(now.signingSecret !== undefined).toBe(to === 'both');

    const [current, old] = (await viewOf(world, path)).endpoint?.tokens ?? [];
    expect([current?.kind, old?.kind]).toEqual([undefined, from]);
    expect((await viewOf(world, path)).endpoint?.auth).toEqual(present[to]);
    const byEarlier = await send(url, proofOf(earlier[from], value));
    const byPresent = await send(url, proofOf(present[to], now));
    expect([byEarlier.status, byPresent.status]).toEqual([202, 202]);
    expect(await keptOf(world, path, byEarlier)).toMatchObject({ verifiedBy: from, tokenId: old?.id });
    expect(await keptOf(world, path, byPresent)).toMatchObject({ verifiedBy: to, tokenId: current?.id });
    expect(await statusBy(url, earlier[from], wrong)).toBe(403);
    expect(await statusBy(url, present[to], wrong)).toBe(403);
    expect(seen(await send(url, {}))).toBe(forbidden);

    await endGrace(path);
    expect(await statusBy(url, earlier[from], value)).toBe(403);
    expect(await statusBy(url, present[to], now)).toBe(202);
    expect((await viewOf(world, path)).endpoint?.tokens).toEqual([current]);
  });

  test('uses given values only for the new auth, and the old values only for the previous auth', async () => {
    const { path, url, value } = await aProvedEndpoint(world, earlier[from]);
    const dictated = { token: 'dictated as token', ...(to === 'both' ? { signingSecret: 'dictated as secret' } : {}) };
    const { token, ...rest } = dictated;
    expect(await change(path, present[to], { value: token, ...rest })).toMatchObject({ ...dictated, previous: value });
    expect(await statusBy(url, earlier[from], value)).toBe(202);
    expect(await statusBy(url, present[to], dictated)).toBe(202);
    expect(await statusBy(url, earlier[from], dictated)).toBe(403);
    expect(await statusBy(url, present[to], value)).toBe(403);
  });
});

describe('a change of auth while webhooks arrive', () => {
  test.each(
    every(3, [
      ['token', 'both'],
      ['token', 'signature'],
      ['signature', 'signature'],
    ] as const),
  )('from %s to %s refuses none of them', async (from, to) => {
    const { path, url, value } = await aProvedEndpoint(world, earlier[from]);
    let proof = proofOf(earlier[from], value);
    let isOver = false;
    const statuses: number[] = [];
    const sender = async () => {
      while (!isOver) statuses.push((await send(url, proof)).status);
    };
    const until = async (count: number) => {
      while (statuses.length < count)
        await send(url, proofOf(earlier[from], value)).then(({ status }) => statuses.push(status));
    };
    const senders = Array.from({ length: 2 }, sender);
    await until(10);
    const now = await change(path, present[to]);
    await until(statuses.length + 10);
    proof = proofOf(present[to], now);
    await until(statuses.length + 10);
    isOver = true;
    await Promise.all(senders);
    await endGrace(path);
    expect(statuses.length).toBeGreaterThanOrEqual(30);
    expect(statuses.filter((status) => status !== 202)).toEqual([]);
    expect(await statusBy(url, earlier[from], value)).toBe(403);
    expect(await statusBy(url, present[to], now)).toBe(202);
    let [cursor, count]: [string | null, number] = ['', 0];
    while (cursor !== null) {
      const page = await ok(world, 'GET', `${path}/events?limit=200${cursor && `&cursor=${cursor}`}`);
      count += (page['items'] as unknown[]).length;
      cursor = page['nextCursor'] as string | null;
    }
    expect(count).toBe(statuses.length + 1);
  });
});

describe('during the grace period of a change of auth', () => {
  const [at] = earlier.token.accept;
  const both = { kind: 'both', accept: [at], scheme: 'github' } as const;

  test('a token without its signature does not pass the new auth "both", but passes the previous auth "token"', async () => {
    const { path, url, value } = await aProvedEndpoint(world, earlier.token);
    const { token, signingSecret = '' } = await change(path, both);
    expect(token).toBe(value.token);
    const [current, old] = (await viewOf(world, path)).endpoint?.tokens ?? [];
    const right = { scheme: 'github', secret: signingSecret };
    const bad = { scheme: 'github', secret: 'a wrong secret' };
    const kept = async (signatures: (typeof bad)[]) =>
      keptOf(world, path, await send(url, { tokens: [{ at, token }], signatures }));
    expect(await kept([right])).toMatchObject({ verifiedBy: 'both', tokenId: current?.id });
    for (const signatures of [[bad], []])
      expect(await kept(signatures)).toMatchObject({ verifiedBy: 'token', tokenId: old?.id });
    expect((await send(url, { signatures: [right] })).status).toBe(403);
    expect((await send(url, { tokens: [{ at, token: 'a wrong token' }], signatures: [right] })).status).toBe(403);
    await endGrace(path);
    expect((await send(url, { tokens: [{ at, token }], signatures: [bad] })).status).toBe(403);
    expect((await send(url, { tokens: [{ at, token }] })).status).toBe(403);
  });

  testInFull(
    'a delivery with a valid signature and a wrong token passes the new auth "signature", and the event has no token',
    async () => {
      const { path, url } = await aProvedEndpoint(world, earlier.both);
      const { token: secret } = await change(path, present.signature);
      const signatures = [{ scheme: 'github', secret }];
      const answer = await send(url, { tokens: [{ at, token: 'nearly the old one' }], signatures });
      expect(answer.status).toBe(202);
      expect(await keptOf(world, path, answer)).toMatchObject({ verifiedBy: 'signature', query: 'token=REDACTED' });
    },
  );

  test('a refused webhook gets the rejection reason of the new auth', async () => {
    const { path, url } = await aProvedEndpoint(world, earlier.signature);
    await change(path, present.token);
    const signatures = [{ scheme: 'github-sha1', secret: 'a wrong secret' }];
    expect((await send(url, { signatures })).status).toBe(403);
    const { items } = (await ok(world, 'GET', `${path}/rejections`)) as { items: object[] };
    const faults = [{ placement: 'header x-token', fault: 'missing' }];
    expect(items).toMatchObject([{ reason: 'token_missing', sample: { faults } }]);
  });
});

testInFull('a token in the body is still accepted after a change of auth to a signature', async () => {
  const auth = { kind: 'token', accept: [{ in: 'body', path: '/secret' }] } as const;
  const { path, url, value } = await aProvedEndpoint(world, auth);
  await change(path, present.signature);
  const headers = { 'content-type': 'application/json' };
  const status = async (secret: string) => (await deliver(url, { headers, body: JSON.stringify({ secret }) })).status;
  expect([await status(value.token), await status('a wrong token')]).toEqual([202, 403]);
});

testInFull('a sender that waits for a Basic challenge gets one until the grace period ends', async () => {
  const auth = { kind: 'token', accept: [{ in: 'basic', username: 'hook' }] } as const;
  const { path, url, value } = await aProvedEndpoint(world, auth);
  const now = await change(path, present.signature);
  expect((await send(url, {})).headers['www-authenticate']).toMatch(/^Basic/);
  const credentials = { authorization: `Basic ${Buffer.from(`hook:${value.token}`).toString('base64')}` };
  expect((await deliver(url, { headers: credentials, body })).status).toBe(202);
  expect(await statusBy(url, present.signature, now)).toBe(202);
  expect(await statusBy(url, present.signature, wrong)).toBe(403);
  await endGrace(path);
  expect((await send(url, {})).status).toBe(403);
});

describe('after a change of auth, the previous auth becomes invalid', () => {
  const ends: [string, (path: string) => Promise<unknown>][] = [
    ['a forced rotation', (path) => ok(world, 'POST', `${path}/endpoint/token/rotate`, { force: true })],
    ['a forced change of auth', (path) => change(path, present.token, { force: true })],
    ['the removal of the tokens', (path) => ok(world, 'DELETE', `${path}/endpoint/token`)],
  ];
  test.each(every(3, ends))('after %s', async (_, end) => {
    const { path, url, value } = await aProvedEndpoint(world, earlier.token);
    const now = await change(path, present.both);
    await end(path);
    expect(await statusBy(url, earlier.token, value)).toBe(403);
    const { tokens = [], auth } = (await viewOf(world, path)).endpoint ?? {};
    expect(await statusBy(url, present.both, now)).toBe(tokens.length > 0 ? 202 : 403);
    // After a change of auth, the previous value is shown with its kind. After a rotation, both values have the same kind.
    expect(tokens[1]?.kind).toBe(auth?.kind === 'token' ? 'both' : undefined);
  });

  test('at once if graceSeconds is 0', async () => {
    const { path, url, value } = await aProvedEndpoint(world, earlier.token);
    const { previous, ...now } = await change(path, present.both, { graceSeconds: 0 });
    expect(previous).toBeUndefined();
    expect(await statusBy(url, earlier.token, value)).toBe(403);
    expect(await statusBy(url, present.both, now)).toBe(202);
  });

  testInFull('when its grace period ends', async () => {
    const { path, url, value } = await aProvedEndpoint(world, earlier.token);
    await ok(world, 'PUT', `${path}/endpoint`, { auth: present.token, values: { graceSeconds: 1 } });
    const { expiresAt = '' } = (await viewOf(world, path)).endpoint?.tokens[1] ?? { expiresAt: undefined };
    while (Date.now() < Date.parse(expiresAt)) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await statusBy(url, earlier.token, value)).toBe(403);
    expect((await viewOf(world, path)).endpoint?.tokens).toHaveLength(1);
    expect(await statusBy(url, present.token, value)).toBe(202);
  });
});

test('a change of auth without values is refused if the live value does not fit the new auth', async () => {
  const { path, url, value } = await aProvedEndpoint(world, earlier.token);
  const answer = await put(path, { auth: present.both });
  expect([answer.status, answer.json()['code']]).toEqual([422, 'token_not_usable']);
  expect(answer.json()['detail']).toMatch(/values/);
  expect(await statusBy(url, earlier.token, value)).toBe(202);
  // Anyone who saw the URL has the token, and could sign with it.
  const travelled = await put(path, { auth: present.signature });
  expect([travelled.status, travelled.json()['detail']]).toEqual([
    422,
    expect.stringMatching(/it was used as a token/),
  ]);
  await change(path, present.both);
  // A value of the previous auth does not have to fit the new one.
  await ok(world, 'PUT', `${path}/endpoint`, { auth: { ...present.both, accept: [{ in: 'query', name: 'key' }] } });
  expect(await statusBy(url, earlier.token, value)).toBe(202);
});

test.each(every(2, ['signature', 'both']))(
  'a change from a token to a certificate (auth %s) refuses a given secret, and keeps the token valid until the grace period ends',
  async (kind) => {
    const { path, url, value } = await aProvedEndpoint(world, earlier.token);
    const scheme = { kind: 'sns', topicArns: ['arn:aws:sns:eu-central-1:111111111111:orders'] };
    const auth = { kind, ...(kind === 'both' ? { accept: present.both.accept } : {}), scheme };
    const values = kind === 'both' ? { signingSecret: 'no secret of SNS' } : { value: 'no secret of SNS' };
    const refused = await put(path, { auth, values });
    expect([refused.status, refused.json()['code']]).toEqual([422, 'token_not_usable']);
    const now = await change(path, auth);
    expect(now.signingSecret).toBeUndefined();
    expect(await statusBy(url, earlier.token, value)).toBe(202);
    expect(await statusBy(url, present.token, now)).toBe(403);
    await endGrace(path);
    expect(await statusBy(url, earlier.token, value)).toBe(403);
  },
);

test('auth null in a change means the auth of the provider, and the change may include other settings', async () => {
  const { path, url, value } = await aProvedEndpoint(world, earlier.token);
  await ok(world, 'PUT', `${path}/endpoint`, { auth: null, retentionDays: 3, values: {} });
  const { endpoint } = await viewOf(world, path);
  expect(endpoint).toMatchObject({ auth: present.signature, retentionDays: 3 });
  expect(await statusBy(url, present.signature, await reveal(world, path))).toBe(202);
  expect(await statusBy(url, earlier.token, value)).toBe(202);
});

test('repeating a change of auth is refused while its grace period runs, and keeps all values if graceSeconds is 0', async () => {
  const given = await aProvedEndpoint(world, earlier.token);
  const change = { auth: present.both, values: {} };
  expect((await put(given.path, change)).status).toBe(200);
  const { version } = await viewOf(world, given.path);
  const again = await put(given.path, change);
  expect([again.status, again.json()['code']]).toEqual([409, 'rotation_in_progress']);
  expect(again.json()['detail']).toContain('First end it (DELETE …/endpoint/token/previous), or repeat');
  expect((await viewOf(world, given.path)).version).toBe(version);

  const other = await aProvedEndpoint(world, earlier.token);
  const atOnce = { auth: present.both, values: { graceSeconds: 0 } };
  expect((await put(other.path, atOnce)).status).toBe(200);
  const now = await reveal(world, other.path);
  expect((await put(other.path, atOnce)).status).toBe(200);
  const { token, signingSecret } = await reveal(world, other.path);
  expect({ token, signingSecret }).toEqual({ token: now.token, signingSecret: now.signingSecret });
});

test('a change of auth honours If-Match, and answers with the ETag of its second write', async () => {
  const { path } = await aProvedEndpoint(world, earlier.token);
  const { version } = await viewOf(world, path);
  const change = { auth: present.both, values: {} };
  expect((await put(path, change, { 'if-match': `"${version - 1}"` })).status).toBe(412);
  const answer = await put(path, change, { 'if-match': `"${version}"` });
  expect([answer.status, answer.headers['etag']]).toEqual([200, `"${version + 2}"`]);
});

describe('an impossible change of auth is refused and changes nothing', () => {
  const publicKey = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(12);
  const discord = { kind: 'signature', scheme: 'discord' };

  async function expectRefusal({ path, url, value }: Proved, body: object, status: number, code: string) {
    const before = await viewOf(world, path);
    const answer = await put(path, body);
    expect([answer.status, answer.json()['code']]).toEqual([status, code]);
    expect(await viewOf(world, path)).toEqual(before);
    expect(await statusBy(url, earlier.token, value)).toBe(202);
  }

  const impossible: [string, object, number, string][] = [
    ['values without auth', { values: {} }, 422, 'invalid_request'],
    ['an unknown field in values', { auth: present.both, values: { secret: 'x' } }, 422, 'invalid_request'],
    ['a grace period of years', { auth: present.both, values: { graceSeconds: 1e8 } }, 422, 'invalid_request'],
    [
      'a signing secret for auth "token"',
      { auth: present.token, values: { signingSecret: 'a secret of 12' } },
      422,
      'token_not_usable',
    ],
    ['an unknown scheme', { auth: { kind: 'signature', scheme: 'none' }, values: {} }, 422, 'invalid_scheme'],
    [
      'a value with a slash for a token in the path',
      { auth: { kind: 'token', accept: [{ in: 'path' }] }, values: { value: 'with/slash/in/it' } },
      422,
      'token_not_usable',
    ],
  ];

  test.each(every(3, impossible))('%s', async (_, body, status, code) => {
    await expectRefusal(await aProvedEndpoint(world, earlier.token), body, status, code);
  });

  testInFull('a change to a public key that the operator does not give', async () => {
    const name = aName();
    const path = `/v1/connections/${name}`;
    await ok(world, 'POST', '/v1/connections', { name, provider: 'discord' });
    await ok(world, 'PUT', `${path}/endpoint`, { auth: earlier.token, answer: { status: 202 } });
    await ok(world, 'POST', `${path}/endpoint/token`, {});
    await ok(world, 'POST', `${path}/endpoint/activate`);
    const { url, token } = await reveal(world, path);
    const given = { name, path, url, value: { token } };
    await expectRefusal(given, { auth: discord, values: {} }, 422, 'secret_made_by_sender');
    await expectRefusal(given, { auth: discord, values: { value: 'no public key' } }, 422, 'token_not_usable');
    await change(path, discord, { value: publicKey.toString('hex') });
    expect(await statusBy(url, earlier.token, { token })).toBe(202);
  });

  test('a change with values if the endpoint has no token or is not configured', async () => {
    const name = aName();
    const path = `/v1/connections/${name}`;
    await ok(world, 'POST', '/v1/connections', { name });
    const change = { auth: present.token, values: {} };
    expect((await put(path, change)).json()).toMatchObject({
      status: 409,
      code: 'action_not_allowed',
      detail: expect.stringMatching(/First configure it without values/),
    });
    await ok(world, 'PUT', `${path}/endpoint`, {});
    expect((await put(path, change)).json()).toMatchObject({ status: 409, code: 'token_required' });
  });

  testInFull('a change that makes the record too large', async () => {
    const { path, url, token } = await anActiveEndpoint(world);
    const placements = (head: string) =>
      Array.from({ length: 8 }, (_, n) => ({ in: 'query', name: `${head}${n}${'x'.repeat(60)}` }));
    const allowFrom = ['127.0.0.1/32', ...Array.from({ length: 11 }, (_, n) => `10.0.${n}.0/24`)];
    await ok(world, 'PUT', `${path}/endpoint`, { auth: { kind: 'token', accept: placements('a') }, allowFrom });
    const old = `${url}?a0${'x'.repeat(60)}=${token}`;
    const change = { auth: { kind: 'token', accept: placements('b') }, values: {} };
    const answer = await put(path, change);
    expect([answer.status, answer.json()['code']]).toEqual([422, 'record_too_large']);
    expect((await deliver(old, { body })).status).toBe(202);
    expect((await deliver(url, { headers: bearer(token), body })).status).toBe(403);
  });
});
