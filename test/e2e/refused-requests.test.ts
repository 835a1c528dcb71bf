import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { digestReader } from '../../shared/endpoints/credential/secret-store.ts';
import { generateToken } from '../../shared/endpoints/credential/token.ts';
import { stateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import { type AuthorizationDeps, authorizeRequest } from '../../shared/events/arrival/request-authorization.ts';
import type { Received } from '../local/http-client.ts';
import {
  type ActiveEndpoint,
  aName,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  forbidden,
  ok,
  seen,
  tableOf,
  type World,
} from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

const accepting = (accept: object[], more: object = {}) =>
  anActiveEndpoint(world, { auth: { kind: 'token', accept }, ...more });

const withBearer = ({ url, token }: ActiveEndpoint, headers: Record<string, string> = {}) =>
  deliver(url, { headers: { ...bearer(token), ...headers } });

describe('a refused request', () => {
  test('gets the same answer whatever the reason', async () => {
    const given = await anActiveEndpoint(world);
    const { url, token, path, name } = given;
    const [before, after] = [token.slice(0, 20), token.slice(21)];
    const { token: rotated } = (await ok(world, 'POST', `${path}/endpoint/token/rotate`, { graceSeconds: 0 })) as {
      token: string;
    };
    const inactive = await anActiveEndpoint(world);
    await ok(world, 'POST', `${inactive.path}/endpoint/deactivate`);
    const gone = await anActiveEndpoint(world);
    await ok(world, 'DELETE', `${gone.path}/endpoint/token`);
    const empty = (await withBearer(gone)) as Received;
    await ok(world, 'DELETE', `${gone.path}/endpoint`);
    const elsewhere = await anActiveEndpoint(world, { allowFrom: ['192.0.2.0/24'] });
    const inBody = await accepting([{ in: 'body', path: '/token' }]);
    const tokens = [token, generateToken('hle'), generateToken('hlo'), rotated.slice(0, -1), `${rotated}0`, 'no-token'];
    tokens.push(before + (rotated[20] === 'a' ? 'b' : 'a') + after, 'x'.repeat(4_000), world.admin);
    const answers: Received[] = [empty];
    for (const each of tokens) answers.push(await deliver(url, { headers: bearer(each) }));
    const urls = [
      url,
      `${url}?token=${rotated}&token=${rotated}`,
      `${url}/${rotated}`,
      url.replace(name, 'nowhere'),
      url.replace(name, inactive.name),
      url.replace(name, 'NOT-A-NAME'),
      url.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
      url.slice(0, -1),
      `${url}A`,
      inBody.url,
    ];
    for (const each of urls) answers.push(await deliver(each));
    for (const each of [inactive, gone, elsewhere]) answers.push(await withBearer(each));
    const body = JSON.stringify({ token: generateToken('hle') });
    for (const each of [body, '{"token":7}', '{'])
      answers.push(await deliver(inBody.url, { body }), await deliver(inBody.url, { body: each }));
    answers.push(await deliver(url, { method: 'GET' }), await deliver(url, { body: Buffer.alloc(300_000) }));
    expect(answers.map(seen)).toEqual(answers.map(() => forbidden));
    expect((await deliver(url, { headers: bearer(rotated) })).status).toBe(202);
  });

  test('stores nothing', async () => {
    const given = await anActiveEndpoint(world);
    await deliver(given.url, { body: 'refused' });
    await deliver(given.url, { headers: bearer(given.token), method: 'GET' });
    await deliver(given.url, { headers: bearer(given.token), body: Buffer.alloc(4 * 1024 * 1024 + 1) });
    expect(await ok(world, 'GET', `${given.path}/events`)).toMatchObject({ items: [], nextCursor: null });
  });
});

describe('an address list', () => {
  test.each([
    ['127.0.0.1', 202],
    ['127.0.0.0/8', 202],
    ['0.0.0.0/0', 202],
    ['127.0.0.2', 403],
    ['10.0.0.0/8', 403],
    ['::1', 403],
    ['2001:db8::/32', 403],
  ])('with %s: a caller at 127.0.0.1 gets %d', async (range, status) => {
    const given = await anActiveEndpoint(world, { allowFrom: [range] });
    expect((await withBearer(given)).status).toBe(status);
  });

  test('ignores all headers that claim another address', async () => {
    const given = await anActiveEndpoint(world, { allowFrom: ['192.0.2.1'] });
    const claims = { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=192.0.2.1', 'x-real-ip': '192.0.2.1' };
    expect((await withBearer(given, claims)).status).toBe(403);
  });

  test('stops applying when it is set to null', async () => {
    const given = await anActiveEndpoint(world, { allowFrom: ['192.0.2.1'] });
    await ok(world, 'PUT', `${given.path}/endpoint`, { allowFrom: null });
    expect((await withBearer(given)).status).toBe(202);
  });

  // Not every machine has an IPv6 address, so the test sets the caller's address.
  test.each([
    ['2001:db8::7', true],
    ['2001:db8:ffff::1', true],
    ['2001:db9::7', false],
    ['192.0.2.9', true],
    ['192.0.3.9', false],
    ['', false],
  ])('with IPv4 and IPv6 ranges is applied to the address %j', async (sourceIp, admitted) => {
    const { name, token, view } = await anActiveEndpoint(world, { allowFrom: ['2001:db8::/32', '192.0.2.0/24'] });
    const deps: AuthorizationDeps = {
      readConnection: stateTable(world.dynamodb, tableOf(world.runtime, 'State')).readConnection,
      readDigest: digestReader(world.secretsManager),
      now: () => new Date(),
    };
    const sent = { method: 'POST', rest: undefined, rawQueryString: '', sourceIp };
    const knock = { ...sent, connection: name, endpointId: view.endpoint?.id };
    expect((await authorizeRequest({ ...knock, headers: bearer(token) }, deps)).admitted).toBe(admitted);
  });
});

describe('a Basic challenge', () => {
  const user = { in: 'basic', username: 'hook' };
  const authorization = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

  test('is sent if the request has no credential and the endpoint accepts Basic', async () => {
    const { url, token } = await accepting([user]);
    const asked = await deliver(url, { body: '{}' });
    expect([asked.status, asked.text]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(asked.headers['www-authenticate']).toBe('Basic realm="hooklatch", charset="UTF-8"');
    expect((await deliver(url, { headers: authorization(`hook:${token}`) })).status).toBe(202);
  });

  test('is not sent if a credential is wrong or the endpoint is inactive', async () => {
    const { url, path } = await accepting([user, { in: 'query', name: 'token' }]);
    const wrong = [
      await deliver(url, { headers: authorization('hook:wrong-password') }),
      await deliver(url, { headers: authorization('nobody:at-all') }),
      await deliver(`${url}?token=wrong-token`),
    ];
    await ok(world, 'POST', `${path}/endpoint/deactivate`);
    const answers = [...wrong, await deliver(url)];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(answers.map(({ headers }) => headers['www-authenticate'])).toEqual(Array(4).fill(undefined));
  });

  test('is sent only after the body was checked, if the endpoint also accepts a token there', async () => {
    const { url, token } = await accepting([user, { in: 'body', path: '/token' }]);
    const statuses = [];
    for (const body of [JSON.stringify({ token }), '{"token":"wrong-token"}', '{}', '']) {
      statuses.push((await deliver(url, { body })).status);
    }
    expect(statuses).toEqual([202, 403, 401, 401]);
  });
});

test('an endpoint with secretFrom "sender" can be activated without a secret, and refuses every request until it has one', async () => {
  const name = aName();
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name });
  const auth = {
    kind: 'token',
    accept: [
      { in: 'query', name: 'token' },
      { in: 'body', path: '/token' },
      { in: 'basic', username: 'a' },
    ],
  };
  await ok(world, 'PUT', `${path}/endpoint`, { secretFrom: 'sender', auth });
  const { endpoint } = (await ok(world, 'POST', `${path}/endpoint/activate`)) as unknown as ActiveEndpoint['view'];
  const url = endpoint?.url ?? '';
  for (const after of ['', '?token=', '?token=undefined', `?token=${generateToken('hle')}`]) {
    expect((await deliver(url + after, { body: '{"token":""}' })).status).toBe(403);
  }
  await ok(world, 'POST', `${path}/endpoint/token`, { value: 'made by the sender' });
  expect((await deliver(`${url}?token=made+by%20the+sender`)).status).toBe(202);
});

test('the previous token is accepted until its grace period ends, and then expires without a request', async () => {
  const { url, path, token: old } = await anActiveEndpoint(world);
  const { token } = (await ok(world, 'POST', `${path}/endpoint/token/rotate`, { graceSeconds: 2 })) as {
    token: string;
  };
  const { version } = await ok(world, 'GET', path);
  const statusWith = async (each: string) => (await deliver(url, { headers: bearer(each) })).status;
  expect([await statusWith(old), await statusWith(token)]).toEqual([202, 202]);
  await waitUntil('the previous token has expired', async () => (await statusWith(old)) !== 202, 100);
  expect([await statusWith(old), await statusWith(token)]).toEqual([403, 202]);
  const view = (await ok(world, 'GET', path)) as unknown as ActiveEndpoint['view'];
  expect(view.endpoint?.tokens).toHaveLength(1);
  expect(view).toMatchObject({ version, status: 'active', allowedActions: expect.not.arrayContaining(['endGrace']) });
  expect((await ok(world, 'GET', `${path}/endpoint/token`))['previous']).toBeUndefined();
  await ok(world, 'POST', `${path}/endpoint/token/rotate`, {});
});
