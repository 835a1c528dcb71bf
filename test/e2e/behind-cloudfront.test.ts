import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { send } from '../local/http-client.ts';
import { filled } from '../support/filled.ts';
import { anActiveEndpoint, aRuntime, bearer, deliver, forbidden, ok, seen, type World } from '../support/given.ts';
import { withVariables } from './given-variables.ts';

const secret = 'the secret of CloudFront';
const next = 'the next secret of CloudFront';
const digests = [secret, next].map((value) => createHash('sha256').update(value).digest('hex')).join(',');
const spoofed = { 'cloudfront-viewer-address': '198.51.100.7:4711' };
const throughCloudFront = { ...spoofed, 'x-origin-verify': secret };

let world: World;
let behind: Pick<World, 'api'>;
beforeAll(async () => {
  const variables = { ORIGIN_DIGESTS: digests };
  world = await aRuntime({
    transformTemplate: withVariables({ authorize: variables, 'authorize-operator': variables }),
  });
  behind = {
    api: (method, path, body, more = {}) =>
      world.api(method, path, body, { ...more, headers: { 'x-origin-verify': secret, ...more.headers } }),
  };
});
afterAll(() => world.end());

test('operators are refused past CloudFront, and what needs no token answers on both ways', async () => {
  for (const headers of [{}, spoofed, { 'x-origin-verify': 'wrong' }, { 'x-origin-verify': '' }])
    expect((await world.api('GET', '/v1/me', undefined, { headers })).text).toBe('{"message":"Forbidden"}');
  for (const value of [secret, next])
    expect((await world.api('GET', '/v1/me', undefined, { headers: { 'x-origin-verify': value } })).status).toBe(200);
  for (const headers of [{}, throughCloudFront])
    for (const path of ['/healthz', '/openapi.json', '/docs/index.html'])
      expect([path, (await send(world.runtime.url, { path, headers })).status]).toEqual([path, 200]);
});

test('a webhook past CloudFront looks like any refused one, and reads nothing', async () => {
  const { url, token } = await anActiveEndpoint(behind);
  const calls = world.calls.length;
  for (const headers of [{}, spoofed, { ...spoofed, 'x-origin-verify': 'wrong' }])
    expect(seen(await deliver(url, { headers: { ...bearer(token), ...headers } }))).toBe(forbidden);
  const reads = world.calls.slice(calls).filter(({ principal }) => principal.includes('-authorizeFunction'));
  expect(reads).toEqual([]);
  expect((await deliver(url, { headers: { ...bearer(token), ...throughCloudFront } })).status).toBe(202);
});

test('the address that CloudFront saw is in the event and in the address list; the secret is nowhere', async () => {
  const { url, token, path } = await anActiveEndpoint(behind, { allowFrom: ['198.51.100.0/24'] });
  const from = (viewer: string) =>
    deliver(url, {
      headers: { ...bearer(token), 'x-origin-verify': secret, 'cloudfront-viewer-address': viewer },
      body: '{}',
    });
  const stored = await from('198.51.100.7:4711');
  expect(stored.status).toBe(202);
  for (const viewer of ['192.0.2.1:1', '2001:db8::1:443', 'nonsense']) expect((await from(viewer)).status).toBe(403);
  const { id } = stored.json();
  const event = await ok(behind, 'GET', `${path}/events/${id}`);
  expect(event['sourceIp']).toBe('198.51.100.7');
  expect(JSON.stringify(event)).not.toContain(secret);
  await world.runtime.settled();
  const rejections = JSON.stringify(await ok(behind, 'GET', `${path}/rejections`));
  expect(rejections).toContain('"192.0.2.1"');
  expect(rejections).not.toContain(secret);
  const published = world.busEvents().map((each) => JSON.stringify(each));
  expect(filled([...world.logs, ...published]).filter((line) => line.includes(secret))).toEqual([]);
});
