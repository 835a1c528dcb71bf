/** Destinations, from the API to a receiver on this machine. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetSecretValueCommand, ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { presets } from '../../shared/endpoints/provider/presets.ts';
import { verifyWithSecrets } from '../../shared/endpoints/signature/verify-by-secret.ts';
import { aName, aSharedRuntime, ok, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';

interface Got {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

let world: World;
let receiver: Server;
let origin: string;
/** What the receiver got, and what it answers. */
let got: Got[];
let answer: { status: number; body: string };

beforeAll(async () => {
  world = await aSharedRuntime();
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    got.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    response.writeHead(answer.status, { location: `${origin}/elsewhere` }).end(answer.body);
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
  answer = { status: 200, body: '' };
});

const at = (name: string) => `/v1/destinations/${name}`;
const create = async (body: object = {}): Promise<string> => {
  const name = aName();
  await ok(world, 'POST', '/v1/destinations', { name, url: `${origin}/in/a-path-that-is-a-secret?key=1`, ...body });
  return name;
};
const tested = (name: string) => ok(world, 'POST', `${at(name)}/test`, {});
const historyOf = async (name: string) =>
  ((await ok(world, 'GET', `${at(name)}/history`)) as { items: { verb: string; by: string }[] }).items;

/** The secrets of a destination that are not scheduled for deletion. */
async function secretsOf(name: string): Promise<string[]> {
  const { SecretList = [] } = await world.secretsManager.send(
    new ListSecretsCommand({ Filters: [{ Key: 'name', Values: [`hooklatch/dev/destination/${name}/`] }] }),
  );
  return SecretList.map(({ ARN = '' }) => ARN);
}

test('a test reaches the receiver with its headers, its proof, and a signature that verifies', async () => {
  const name = await create({
    method: 'PUT',
    headers: { 'X-Team': 'payments' },
    auth: { kind: 'basic', username: 'ada', password: 'a password' },
  });
  answer = { status: 202, body: 'you are ada:a password' };
  expect(await tested(name)).toEqual({
    delivered: true,
    id: expect.stringMatching(/^test_/),
    ms: expect.any(Number),
    status: 202,
    answer: 'you are ada:REDACTED',
  });
  const [{ method, path, headers, body }] = got as [Got];
  expect([method, path]).toEqual(['PUT', '/in/a-path-that-is-a-secret?key=1']);
  expect(headers).toMatchObject({
    'x-team': 'payments',
    authorization: `Basic ${Buffer.from('ada:a password').toString('base64')}`,
    'content-type': 'application/json',
    'hooklatch-test': 'true',
  });
  expect(JSON.parse(body.toString())).toMatchObject({ type: 'hooklatch.test', data: { destination: name } });
  const { secret } = (await ok(world, 'GET', `${at(name)}/secret`)) as { secret: string };
  const request = {
    method,
    url: `${origin}${path}`,
    headers: headers as Record<string, string>,
    body,
    now: world.clock.now(),
  };
  const { scheme } = presets['standard-webhooks'];
  expect(verifyWithSecrets(scheme, [secret], request).verified).toBe(true);
  expect(verifyWithSecrets(scheme, [secret], { ...request, body: Buffer.from('{}') }).verified).toBe(false);
});

test('what came back is said: a redirect that is not followed, a refusal, nobody', async () => {
  const name = await create();
  const reasons: unknown[] = [];
  for (const status of [307, 503]) {
    answer = { status, body: '' };
    reasons.push((await tested(name))['reason']);
  }
  // A port on which nobody listens.
  await ok(world, 'PATCH', at(name), { url: 'http://127.0.0.1:1099/' });
  reasons.push((await tested(name))['reason']);
  expect(reasons).toEqual(['redirect', 'status', 'unreachable']);
  expect(got.map(({ path }) => path)).toEqual(Array(2).fill('/in/a-path-that-is-a-secret?key=1'));
});

test.each([
  ['not public', 'https://10.0.0.1/', 'the host has an address that is not public'],
  ['not encrypted', 'http://shop.example.com/', 'the URL does not begin with https://'],
])('a destination whose URL is %s is refused', async (_, url, reason) => {
  const refused = await world.api('POST', '/v1/destinations', { name: aName(), url });
  expect([refused.status, refused.json()]).toMatchObject([
    422,
    { code: 'invalid_request', errors: [{ pointer: '/url', message: `cannot be used: ${reason}` }] },
  ]);
});

test('the whole life of a destination is in its history, and its secret goes with it', async () => {
  const name = await create({ auth: { kind: 'bearer', token: 'a-bearer-token' } });
  const [secret = ''] = await secretsOf(name);
  const { SecretString = '' } = await world.secretsManager.send(new GetSecretValueCommand({ SecretId: secret }));
  expect(JSON.parse(SecretString)).toMatchObject({ auth: { kind: 'bearer', token: 'a-bearer-token' } });
  await ok(world, 'PATCH', at(name), { timeoutSeconds: 5, headers: { 'x-team': 'billing' } });
  for (const verb of ['pause', 'resume', 'secret/rotate']) await ok(world, 'POST', `${at(name)}/${verb}`, {});
  await tested(name);
  const [{ headers }] = got as [Got];
  expect(headers).toMatchObject({ 'x-team': 'billing', authorization: 'Bearer a-bearer-token' });
  expect(String(headers['webhook-signature']).split(' ')).toHaveLength(2);
  await waitUntil('the history has five lines', async () => (await historyOf(name)).length === 5);
  expect(await historyOf(name)).toMatchObject([
    { verb: 'rotateSecret', by: 'bootstrap' },
    { verb: 'resume', by: 'bootstrap' },
    { verb: 'pause', by: 'bootstrap' },
    { verb: 'edit', by: 'bootstrap', settings: ['headers', 'timeoutSeconds'] },
    { verb: 'create', by: 'bootstrap' },
  ]);
  expect((await world.api('DELETE', at(name))).status).toBe(204);
  await waitUntil('the secret is deleted', async () => (await secretsOf(name)).length === 0);
  expect((await world.api('GET', at(name))).status).toBe(404);
});
