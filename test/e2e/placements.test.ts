import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DeliveryUrl } from '../../shared/endpoints/credential/delivery-url.ts';
import { generateToken } from '../../shared/endpoints/credential/token.ts';
import type { Received, Sent } from '../local/http-client.ts';
import { every, testInFull } from '../support/full-counts.ts';
import { anActiveEndpoint, aSharedRuntime, bearer, deliver, ok, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

const accepting = (accept: object[], value?: string, more: object = {}) =>
  anActiveEndpoint(world, { auth: { kind: 'token', accept }, ...more }, value);

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const json = (body: unknown): Sent => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const form = (body: string): Sent => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });

const post = (url: string, after: string, sent: Omit<Sent, 'path'> = {}) => deliver(url + after, sent);

/** The statuses of several deliveries, in order. */
async function statuses(...deliveries: (() => Promise<Received>)[]): Promise<number[]> {
  const all: number[] = [];
  for (const each of deliveries) all.push((await each()).status);
  return all;
}

describe('a token is accepted', () => {
  test('in the query, only under the exact name and only once', async () => {
    const { url, token } = await accepting([{ in: 'query', name: 'key' }]);
    const found = await statuses(
      () => post(url, `?key=${token}`),
      () => post(url, `?a=1&k%65y=${token}&b`),
      () => post(url, `?token=${token}`),
      () => post(url, `?Key=${token}`),
      () => post(url, '?key='),
      () => post(url, `?key=${token}&key=${token}`),
      () => post(url, `?key=${token}&key=`),
      () => post(url, `?key=${token},${token}`),
      () => post(url, '', { headers: bearer(token) }),
    );
    expect(found).toEqual([202, 202, 403, 403, 403, 403, 403, 403, 403]);
  });

  test('in the path, only as the last segment', async () => {
    const { url, token, path } = await accepting([{ in: 'path' }]);
    const found = await statuses(
      () => post(url, `/${token}`),
      () => post(url, `/github/push/${token}?a=1`),
      () => post(url, `/${token}/more`),
      () => post(url, `/${token}/`),
      () => post(url, ''),
      () => post(url, `?token=${token}`),
    );
    expect(found).toEqual([202, 202, 403, 403, 403, 403]);
    const { items } = (await ok(world, 'GET', `${path}/events`)) as { items: { id: string }[] };
    const stored = await ok(world, 'GET', `${path}/events/${items[0]?.id}`);
    expect(stored).toMatchObject({ path: 'github/push/REDACTED', query: 'a=1' });
  });

  test('in a header, only if the header contains nothing else', async () => {
    const { url, token } = await accepting([{ in: 'header', name: 'X-Hook-Token' }]);
    const found = await statuses(
      () => post(url, '', { headers: { 'x-hook-token': token } }),
      () => post(url, '', { headers: { 'X-HOOK-TOKEN': token } }),
      () => post(url, '', { headers: { 'x-hook-token': `Bearer ${token}` } }),
      () => post(url, '', { headers: { 'x-hook-token': '' } }),
      () => post(url, '', { headers: { 'x-hook-token': [token, token] } }),
      () => post(url, '', { headers: bearer(token) }),
    );
    expect(found).toEqual([202, 202, 403, 403, 403, 403]);
  });

  test('in a header after the scheme word, in upper or lower case', async () => {
    const { url, token } = await accepting([{ in: 'header', name: 'authorization', scheme: 'Bearer' }]);
    const sent = (authorization: string) => () => post(url, '', { headers: { authorization } });
    const right = await statuses(sent(`Bearer ${token}`), sent(`bEARER ${token}`), sent(`Bearer   ${token}`));
    expect(right).toEqual([202, 202, 202]);
    const wrong = [token, `Token ${token}`, `Bearer${token}`, `Bearer ${token} x`, 'Bearer', `Bearer "${token}"`];
    expect(await statuses(...wrong.map(sent))).toEqual([403, 403, 403, 403, 403, 403]);
  });

  test('as the password of the configured Basic user', async () => {
    const { url, token } = await accepting([{ in: 'basic', username: 'hook' }]);
    const encoded = basic('hook', token).authorization.slice(6);
    const sent = (authorization: string) => () => post(url, '', { headers: { authorization } });
    expect(await statuses(sent(`Basic ${encoded}`), sent(`basic ${encoded}`))).toEqual([202, 202]);
    const wrong = [
      basic('Hook', token).authorization,
      basic('', token).authorization,
      basic('hook', '').authorization,
      basic('hook', `${token}:`).authorization,
      `Basic ${Buffer.from(`hook${token}`).toString('base64')}`,
      `Basic ${encoded.slice(0, -3)}`,
      `Basic ${encoded}!`,
      'Basic ***',
      'Basic ',
    ];
    const found = await statuses(...wrong.map(sent));
    expect(found).toEqual(wrong.map(() => 403));
  });

  test('as a Basic password with colons, because the user name ends at the first colon', async () => {
    const value = 'a:password:with:colons';
    const { url } = await anActiveEndpoint(
      world,
      { auth: { kind: 'token', accept: [{ in: 'basic', username: 'hook' }] } },
      value,
    );
    const sent = (user: string, password: string) => () => post(url, '', { headers: basic(user, password) });
    expect(await statuses(sent('hook', value), sent('hook', 'a'), sent('hook', 'password:with:colons'))).toEqual([
      202, 403, 403,
    ]);
  });

  test('in the body, at its pointer in JSON or as a field of a form', async () => {
    const nested = await accepting([{ in: 'body', path: '/auth/the~1token' }]);
    const right = { auth: { 'the/token': nested.token } };
    const wrong = [{}, [], { 'the/token': nested.token }, { auth: { 'the/token': [nested.token] } }, { auth: null }];
    expect((await post(nested.url, '', json(right))).status).toBe(202);
    expect((await post(nested.url, '', { body: JSON.stringify(right) })).status).toBe(202);
    expect(await statuses(...wrong.map((body) => () => post(nested.url, '', json(body))))).toEqual(
      wrong.map(() => 403),
    );
    const { url, token } = await accepting([{ in: 'body', path: '/token' }]);
    const found = await statuses(
      () => post(url, '', form(`a=1&token=${token}`)),
      () => post(url, '', form(`token=${token}&token=x`)),
      () => post(url, '', form(`token=x&token=${token}`)),
      () => post(url, '', form('a=1')),
      () => post(url, `?token=${token}`, form('a=1')),
      () => post(url, '', { ...form(''), body: '' }),
    );
    expect(found).toEqual([202, 403, 403, 403, 403, 403]);
  });
});

describe('an endpoint with several placements', () => {
  const accept = [
    { in: 'header', name: 'authorization', scheme: 'Bearer' },
    { in: 'query', name: 'token' },
    { in: 'basic', username: 'hook' },
    { in: 'header', name: 'x-token' },
  ];
  const other = generateToken('hle');

  test('accepts the token at any one of them or at all of them', async () => {
    const { url, token } = await accepting(accept);
    const found = await statuses(
      () => post(url, '', { headers: bearer(token) }),
      () => post(url, `?token=${token}`),
      () => post(url, '', { headers: basic('hook', token) }),
      () => post(url, `?token=${token}`, { headers: { ...bearer(token), 'x-token': token } }),
      () => post(url, `?token=${token}`, { headers: { authorization: 'Digest abc' } }),
    );
    expect(found).toEqual([202, 202, 202, 202, 202]);
  });

  test('refuses a valid token if another placement has a wrong one', async () => {
    const { url, token } = await accepting(accept);
    const found = await statuses(
      () => post(url, `?token=${other}`, { headers: bearer(token) }),
      () => post(url, `?token=${token}`, { headers: bearer(other) }),
      () => post(url, `?token=${token}`, { headers: basic('hook', other) }),
      () => post(url, `?token=${token}`, { headers: basic('other', token) }),
      () => post(url, '?token=', { headers: bearer(token) }),
      () => post(url, `?token=${token}`, { headers: { 'x-token': '' } }),
    );
    expect(found).toEqual([403, 403, 403, 403, 403, 403]);
  });

  test('accepts the current and the previous token in one delivery until the grace period ends', async () => {
    const { url, token: old, path } = await accepting(accept);
    const { token } = (await ok(world, 'POST', `${path}/endpoint/token/rotate`, {})) as { token: string };
    const both = () => post(url, `?token=${old}`, { headers: bearer(token) });
    expect(await statuses(both)).toEqual([202]);
    await ok(world, 'DELETE', `${path}/endpoint/token/previous`);
    expect(await statuses(both, () => post(url, '', { headers: bearer(token) }))).toEqual([403, 202]);
  });
});

describe('the curl command of each delivery URL works unchanged in a shell', () => {
  /** Runs each placement's command in a shell. Returns the status of each delivery. */
  const statuses = async (path: string): Promise<Record<string, string>> => {
    const { deliveryUrls } = (await ok(world, 'GET', `${path}/endpoint/token`)) as { deliveryUrls: DeliveryUrl[] };
    const run = async ({ placement, curl = '' }: DeliveryUrl) => {
      const quiet = curl.replace(/^curl/, 'curl --silent --show-error --output /dev/null --write-out "%{http_code}"');
      return [placement.in, (await promisify(execFile)('sh', ['-c', quiet])).stdout];
    };
    return Object.fromEntries(await Promise.all(deliveryUrls.map(run)));
  };
  const taken = { query: '202', path: '202', basic: '202', header: '202', body: '202' };

  const values = [
    ['a token that must be encoded in a URL', 'a+b %&=#?~"x12345'],
    ['a token with quotes and brackets', "it's (a) <very> [odd]; {value}|^`\\"],
    ['a token with percent signs', '%41%2541%%%%%%%%'],
    ['a generated token', undefined],
  ] as const;

  test.each(every(4, values))('for %s', async (_, value) => {
    const accept = [
      { in: 'query', name: 'to ken&=' },
      { in: 'path' },
      { in: 'basic', username: 'us%er@h/o&k' },
      { in: 'header', name: 'x-token' },
      { in: 'body', path: "/it's/to~1ken" },
    ];
    const { token, path } = await accepting(accept, value);
    expect(token).toEqual(value ?? expect.stringMatching(/^hle_[0-9A-Za-z]{49}$/));
    expect(await statuses(path)).toEqual(taken);
  });

  testInFull('for a token with slashes in the query or as a Basic password', async () => {
    const accept = [
      { in: 'query', name: 'token' },
      { in: 'basic', username: 'hook' },
    ];
    const { path } = await accepting(accept, 'a/b//c:d@e/../f');
    expect(await statuses(path)).toEqual({ query: '202', basic: '202' });
  });
});

describe("a token that a placement can't carry", () => {
  const withSlash = 'a/b-and-more-of-it';

  test('is refused with a message that names the placement', async () => {
    const { path } = await accepting([{ in: 'query', name: 'token' }, { in: 'path' }]);
    const before = await ok(world, 'GET', path);
    const answer = await world.api('POST', `${path}/endpoint/token/rotate`, { value: withSlash });
    expect([answer.status, answer.json()['code']]).toEqual([422, 'token_not_usable']);
    expect(answer.json()['detail']).toContain('a path segment cannot contain a "/"');
    expect(answer.text).toContain('token_not_usable');
    expect(answer.text).not.toContain(withSlash);
    expect(await ok(world, 'GET', path)).toEqual(before);
  });

  test('prevents a later change of auth to that placement', async () => {
    const { path } = await accepting([{ in: 'query', name: 'token' }], withSlash);
    const auth = { kind: 'token', accept: [{ in: 'path' }] };
    const answer = await world.api('PUT', `${path}/endpoint`, { auth });
    expect([answer.status, answer.json()['code']]).toEqual([422, 'token_not_usable']);
  });
});
