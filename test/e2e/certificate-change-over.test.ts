/** Changes from a sender's published certificate to another auth, while deliveries arrive. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Placement } from '../../shared/endpoints/credential/token-placement.ts';
import type { Auth, NamedAuth } from '../../shared/endpoints/settings/auth.ts';
import type { Scheme } from '../../shared/endpoints/signature/scheme.ts';
import type { Received } from '../local/http-client.ts';
import {
  aCertificate,
  anSnsMessage,
  aPaypalDelivery,
  paypalName,
  snsName,
  topicArn,
  webhookId,
} from '../shared/endpoints/signature/given-certificate.ts';
import { aName, aRuntime, deliver, ok, type World } from '../support/given.ts';
import { crashing, depsOn, perform, steps } from './given-crash.ts';
import { body, keptOf, proofOf, reveal, send, viewOf } from './given-proofs.ts';

const day = 86_400_000;
const issuerUrl = 'http://crt.authority.example/issuer.cer';
const valid = { from: new Date(Date.now() - day), to: new Date(Date.now() + day), issuerUrl };
const certificates = { paypal: aCertificate(paypalName, valid), 'aws-sns': aCertificate(snsName, valid) };
type Sender = keyof typeof certificates;
/** An auth that names every setting. */
type To = Auth & NamedAuth;

let world: World;
let publisher: Server;
beforeAll(async () => {
  publisher = createServer(({ url = '' }, response) => {
    response.end(certificates[url.startsWith('/SimpleNotificationService') ? 'aws-sns' : 'paypal'].pem);
  });
  await new Promise<void>((resolve) => publisher.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}`;
  const hosts = { 'api.paypal.com': origin, 'sns.eu-central-1.amazonaws.com': origin };
  world = await aRuntime({ hosts });
});
afterAll(async () => {
  await world.end();
  publisher.close();
});

interface Given {
  name: string;
  path: string;
  url: string;
  sender: Sender;
}

const authOf = (sender: Sender): NamedAuth => ({
  kind: 'signature',
  scheme: sender === 'paypal' ? { kind: 'paypal', webhookId } : { kind: 'sns', topicArns: [topicArn] },
});

/** An active endpoint without a token, whose sender signs with a certificate. */
async function given(sender: Sender): Promise<Given> {
  const name = aName();
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name, provider: sender });
  await ok(world, 'PUT', `${path}/endpoint`, { auth: authOf(sender) });
  const { endpoint } = (await ok(world, 'POST', `${path}/endpoint/activate`)) as { endpoint: { url: string } };
  return { name, path, url: endpoint.url, sender };
}

/**
 * A delivery that is signed with the sender's certificate. For SNS it is a new message each time. For PayPal it is
 * always the same.
 */
function signed({ sender, url }: Given): Promise<Received> {
  const now = new Date();
  const message = { MessageId: randomUUID(), Timestamp: now.toISOString() };
  const { method, headers, body } =
    sender === 'paypal'
      ? aPaypalDelivery(certificates.paypal, {}, now)
      : anSnsMessage(certificates['aws-sns'], message);
  return deliver(url, { method, headers: headers as Record<string, string>, body });
}

/** The new kinds of auth, each as an operator names it. The custom scheme signs as GitHub does. */
const scheme: Scheme = {
  kind: 'hmac',
  algorithm: 'sha256',
  key: { form: 'utf8' },
  encoding: 'hex',
  signatures: [{ in: 'header', name: 'x-hub-signature-256', prefix: 'sha256=' }],
  message: [{ part: 'body' }],
};
const accept: Placement[] = [{ in: 'header', name: 'x-token' }];
const token: To = { kind: 'token', accept };
const both: To = { kind: 'both', accept, scheme };

/** A delivery that the new auth accepts. */
async function proved({ path, url }: Given, auth: To): Promise<Received> {
  const named: Auth = 'scheme' in auth ? { ...auth, scheme: 'github' } : auth;
  return send(url, proofOf(named, await reveal(world, path)));
}

const put = ({ path }: Given, auth: NamedAuth, values?: object) =>
  world.api('PUT', `${path}/endpoint`, { auth, ...(values && { values }) });
const tokensOf = async ({ path }: Given) => (await viewOf(world, path)).endpoint?.tokens ?? [];
const endGrace = ({ path }: Given) => ok(world, 'DELETE', `${path}/endpoint/token/previous`);

const changes: [Sender, string, To][] = [
  ['aws-sns', 'a token', token],
  ['aws-sns', 'a signature', { kind: 'signature', scheme }],
  ['paypal', 'a token', token],
  ['aws-sns', 'both', both],
];

describe.each(changes)('a change from the certificate of %s to %s', (sender, _, auth) => {
  test('keeps the certificate valid until the grace period ends, and records which auth accepted each delivery', async () => {
    const one = await given(sender);
    expect((await put(one, auth, {})).status).toBe(200);
    const [current, old, ...more] = await tokensOf(one);
    expect([current?.lastUsedAt, old?.lastUsedAt]).toEqual([undefined, undefined]);
    expect([current?.kind, old?.kind, more]).toEqual([undefined, 'signature', []]);
    expect(Date.parse(old?.expiresAt ?? '') - Date.parse(current?.createdAt ?? '')).toBe(day);

    const byCertificate = await signed(one);
    const byPresent = await proved(one, auth);
    expect([byCertificate.status, byPresent.status]).toEqual([202, 202]);
    expect(await keptOf(world, one.path, byCertificate)).toMatchObject({ verifiedBy: 'signature', tokenId: old?.id });
    expect(await keptOf(world, one.path, byPresent)).toMatchObject({ verifiedBy: auth.kind, tokenId: current?.id });
    expect((await deliver(one.url, { body })).status).toBe(403);
    await world.runtime.settled();
    const used = (await tokensOf(one)).map(({ lastUsedAt }) => lastUsedAt);
    expect(used).toEqual([expect.any(String), expect.any(String)]);
    // The placeholder that stands for the certificate authenticates nothing, so it is not shown.
    expect((await reveal(world, one.path)).previous).toBeUndefined();

    await endGrace(one);
    expect((await signed(one)).status).toBe(403);
    expect((await proved(one, auth)).status).toBe(202);
    expect((await tokensOf(one)).map(({ id }) => id)).toEqual([current?.id]);
  });
});

test('a change to another SNS topic keeps the previous topic valid until the grace period ends', async () => {
  const one = await given('aws-sns');
  const auth: NamedAuth = {
    kind: 'signature',
    scheme: { kind: 'sns', topicArns: ['arn:aws:sns:eu-central-1:123456789012:next'] },
  };
  const refused = await put(one, auth, { value: 'SNS has no secret' });
  expect([refused.status, (await signed(one)).status]).toEqual([422, 202]);
  expect((await put(one, auth, {})).status).toBe(200);
  expect((await signed(one)).status).toBe(202);
  await endGrace(one);
  expect((await signed(one)).status).toBe(403);
});

describe('after a change from a certificate to a token, the certificate becomes invalid', () => {
  const ends: [string, object, (one: Given) => Promise<unknown>][] = [
    ['at once if graceSeconds is 0', { graceSeconds: 0 }, async () => undefined],
    ['after a forced rotation', {}, ({ path }) => ok(world, 'POST', `${path}/endpoint/token/rotate`, { force: true })],
    ['after the removal of the tokens', {}, ({ path }) => ok(world, 'DELETE', `${path}/endpoint/token`)],
    ['after a forced change of auth', {}, (one) => put(one, both, { force: true })],
  ];
  test.each(ends)('%s', async (_, values, end) => {
    const one = await given('aws-sns');
    expect((await put(one, token, values)).status).toBe(200);
    await end(one);
    expect((await signed(one)).status).toBe(403);
  });

  test('when its grace period ends', async () => {
    const one = await given('aws-sns');
    expect((await put(one, token, { graceSeconds: 1 })).status).toBe(200);
    const [, { expiresAt = '' } = {}] = await tokensOf(one);
    while (Date.now() < Date.parse(expiresAt)) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await signed(one)).status).toBe(403);
    expect((await proved(one, token)).status).toBe(202);
    expect((await send(one.url, proofOf(token, { token: 'a wrong token' }))).status).toBe(403);
  });
});

test('a change back to the certificate keeps the token valid during its grace period', async () => {
  const one = await given('aws-sns');
  await put(one, token, {});
  const value = await reveal(world, one.path);
  await endGrace(one);
  expect((await put(one, authOf('aws-sns'), {})).status).toBe(200);
  expect((await signed(one)).status).toBe(202);
  expect((await send(one.url, proofOf(token, value))).status).toBe(202);
});

describe('a crash during a change from a certificate to a token', () => {
  const change = { auth: token, values: { graceSeconds: 600, force: false } };
  const moments = [steps.begin, steps.create, steps.put].flatMap((step) => [
    { step, moment: 'before' as const },
    { step, moment: 'after' as const },
  ]);

  test.each([...moments, { step: steps.finish, moment: 'before' as const }])(
    '$moment the step "$step.name" keeps the certificate valid, and the next attempt succeeds',
    async ({ step, moment }) => {
      const one = await given('aws-sns');
      const before = (await viewOf(world, one.path)).endpoint;
      await expect(perform(crashing(depsOn(world), step, moment), 'PUT', one.name, change)).rejects.toThrow('crash');
      expect((await viewOf(world, one.path)).endpoint).toEqual(before);
      expect((await signed(one)).status).toBe(202);
      expect((await perform(depsOn(world), 'PUT', one.name, change)).status).toBe(200);
      expect((await signed(one)).status).toBe(202);
      expect((await proved(one, token)).status).toBe(202);
    },
  );

  test('after the new token is live keeps the token and the certificate valid, and a repeat is refused during the grace period', async () => {
    const one = await given('aws-sns');
    const crashed = perform(crashing(depsOn(world), steps.finish, 'after'), 'PUT', one.name, change);
    await expect(crashed).rejects.toThrow('crash');
    expect([(await signed(one)).status, (await proved(one, token)).status]).toEqual([202, 202]);
    await expect(perform(depsOn(world), 'PUT', one.name, change)).rejects.toMatchObject({
      code: 'rotation_in_progress',
    });
  });
});
