import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { anActiveEndpoint, aRuntime, deliver, forbidden, seen, type World } from '../support/given.ts';
import { withVariables } from './given-variables.ts';

const publicUrl = 'https://hooks.example.com';
const functions = ['api-connections', 'api-endpoint', 'api-events', 'api-events'];
const others = ['api-operators', 'api-self-test', 'ingest', 'serve-files'];

let world: World;
beforeAll(async () => {
  const known = Object.fromEntries([...functions, ...others].map((name) => [name, { PUBLIC_URL: publicUrl }]));
  world = await aRuntime({ transformTemplate: withVariables(known) });
});
afterAll(() => world.end());

test.each([
  ['GET', '/healthz', 200],
  ['GET', '/openapi.json', 200],
  ['GET', '/v1/me', 200],
  ['GET', '/v1/nothing', 404],
  ['PUT', '/v1/me', 405],
  ['GET', '/v1/connections/absent', 404],
  ['POST', '/v1/connections', 422],
  ['GET', '/docs', 302],
  ['GET', '/docs/index.html', 200],
  ['POST', '/docs/index.html', 405],
  ['GET', '/docs/absent.js', 404],
])('%s %s, answered %i, says that only https may be used', async (method, path, status) => {
  const answer = await world.api(method, path, method === 'POST' ? {} : undefined);
  expect([answer.status, answer.headers['strict-transport-security']]).toEqual([status, 'max-age=31536000']);
});

test('so does every answer to a sender, but those that look like API Gateway’s own', async () => {
  const accept = [{ in: 'basic', username: 'shop' }];
  const { url, token } = await anActiveEndpoint(world, { auth: { kind: 'token', accept } });
  // The address is in the URL that a sender uses. Here the runtime listens elsewhere.
  const here = url.replace(publicUrl, world.runtime.url);
  const authorization = `Basic ${Buffer.from(`shop:${token}`).toString('base64')}`;
  const answers = [
    await deliver(here, { body: '{}', headers: { authorization } }),
    await deliver(here, { body: '{}' }),
    await deliver(here, { method: 'DELETE', headers: { authorization } }),
  ];
  expect(answers.map(({ status, headers }) => [status, headers['strict-transport-security']])).toEqual([
    [202, 'max-age=31536000'],
    [401, 'max-age=31536000'],
    [405, 'max-age=31536000'],
  ]);

  // Only ingest can judge a token in the body.
  const inBody = [{ in: 'body', path: '/token' }];
  const judged = await anActiveEndpoint(world, { auth: { kind: 'token', accept: inBody } });
  const refused = await deliver(judged.url.replace(publicUrl, world.runtime.url), {
    body: '{"token":"wrong-wrong-wrong"}',
    headers: { 'content-type': 'application/json' },
  });
  expect(world.logs.join('\n')).toMatch(/"reason":"token_(malformed|unknown)"/);
  expect(seen(refused)).toBe(forbidden);
});
