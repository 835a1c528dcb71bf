import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import { presetOf, presets } from '../../shared/endpoints/provider/presets.ts';
import type { Scheme } from '../../shared/endpoints/signature/scheme.ts';
import type { Signable } from '../../shared/endpoints/signature/signed-message.ts';
import { sign } from '../../shared/endpoints/signature/signing.ts';
import {
  aCertificate,
  anSnsMessage,
  aPaypalDelivery,
  type Certificate,
  snsName,
  topicArn,
  webhookId,
} from '../shared/endpoints/signature/given-certificate.ts';
import { every } from '../support/full-counts.ts';
import { aName, aSharedRuntime, callsForSender, deliver, forbidden, ok, seen, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

interface Given {
  path: string;
  url: string;
  token: string;
  signingSecret?: string;
}

/** An active endpoint of this provider. */
async function given(provider: string, settings: object = {}, wish: object = {}): Promise<Given> {
  const name = aName();
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name, provider });
  await ok(world, 'PUT', `${path}/endpoint`, settings);
  await ok(world, 'POST', `${path}/endpoint/token`, wish);
  await ok(world, 'POST', `${path}/endpoint/activate`);
  return { path, ...((await ok(world, 'GET', `${path}/endpoint/token`)) as unknown as Omit<Given, 'path'>) };
}

function signed(scheme: Scheme, secret: string, url: string, body: string) {
  const headers = { 'content-type': 'application/json' };
  const request = sign(scheme, secret, { method: 'POST', url, headers, body: Buffer.from(body), now: new Date() });
  return { headers: request?.headers as Record<string, string>, body: request?.body ?? Buffer.alloc(0) };
}

const body = '{"action": "opened"}';
const { mailgun } = presets;
const github = { scheme: presets.github.scheme, older: presetOf('github').older ?? {} };
const sha1 = github.older['github-sha1'] ?? github.scheme;

describe('a signature', () => {
  test('is accepted without a token, and the event has verifiedBy signature', async () => {
    const { path, url, token } = await given('github');
    const answer = await deliver(url, signed(github.scheme, token, url, body));
    expect(answer.status).toBe(202);
    const event = await ok(world, 'GET', `${path}/events/${answer.json()['id']}`);
    const view = (await ok(world, 'GET', path)) as unknown as ConnectionView;
    expect(event).toMatchObject({ verifiedBy: 'signature', tokenId: view.endpoint?.tokens[0]?.id, body });
    expect(view.endpoint?.auth).toEqual({ kind: 'signature', scheme: 'github' });
  });

  test.each([
    ['another secret', 'signature_mismatch', (url: string) => signed(github.scheme, 'another secret', url, body)],
    ['no signature', 'signature_missing', () => ({ headers: {}, body: Buffer.from(body) })],
    [
      'a signature by a weaker scheme',
      'signature_missing',
      (url: string, token: string) => signed(sha1, token, url, body),
    ],
    [
      'another body',
      'signature_mismatch',
      (url: string, token: string) => ({ ...signed(github.scheme, token, url, body), body: '{}' }),
    ],
  ])(
    'is refused like any unauthenticated request if the delivery has %s, and counted as %s',
    async (_, reason, sent) => {
      const { path, url, token } = await given('github');
      expect(seen(await deliver(url, sent(url, token)))).toBe(forbidden);
      const { items } = (await ok(world, 'GET', `${path}/rejections`)) as { items: { reason: string }[] };
      expect(items.map((each) => each.reason)).toEqual([reason]);
    },
  );

  test('is refused with a hint if the body was changed on the way, and only the operator sees the hint', async () => {
    const { path, url, token } = await given('github');
    const sent = { ...signed(github.scheme, token, url, body), body: `${body}\n` };
    expect(seen(await deliver(url, sent))).toBe(forbidden);
    expect(seen(await deliver(url, signed(github.scheme, 'another secret', url, body)))).toBe(forbidden);
    const { items } = (await ok(world, 'GET', `${path}/rejections`)) as { items: object[] };
    expect(items.at(-1)).toMatchObject({ reason: 'signature_mismatch', sample: { hint: 'body_line_break' } });
    expect(items.at(-1)).toHaveProperty('sample.advice', expect.stringContaining('line break'));
  });

  test('takes one strongly consistent read and one conditional write to verify and store, after the secret was read once', async () => {
    const { url, token } = await given('github');
    await deliver(url, signed(github.scheme, token, url, body));
    world.calls.length = 0;
    expect((await deliver(url, signed(github.scheme, token, url, body))).status).toBe(202);
    expect(callsForSender(world)).toMatchObject([
      { service: 'dynamodb', operation: 'GetItem', consistentRead: true, status: 200 },
      { service: 'dynamodb', operation: 'PutItem', conditional: true, status: 200 },
    ]);
  });

  test('made by an older scheme is accepted only if the auth of the endpoint names that scheme', async () => {
    const { url, token } = await given('github', { auth: { kind: 'signature', scheme: 'github-sha1' } });
    expect((await deliver(url, signed(sha1, token, url, body))).status).toBe(202);
    expect((await deliver(url, signed(github.scheme, token, url, body))).status).toBe(403);
  });

  test('made with the current or the previous secret is accepted during the grace period of a rotation', async () => {
    const { path, url, token } = await given('github');
    const rotated = await ok(world, 'POST', `${path}/endpoint/token/rotate`, {});
    for (const secret of [token, String(rotated['token'])])
      expect((await deliver(url, signed(github.scheme, secret, url, body))).status).toBe(202);
    await ok(world, 'DELETE', `${path}/endpoint/token/previous`);
    expect((await deliver(url, signed(github.scheme, token, url, body))).status).toBe(403);
  });

  test('made by a custom scheme is accepted', async () => {
    const scheme: Scheme = {
      kind: 'hmac',
      algorithm: 'sha512',
      key: { form: 'hex' },
      encoding: 'base64',
      signatures: [{ in: 'header', name: 'x-acme-signature' }],
      timestamp: { source: { in: 'header', name: 'x-acme-time' }, unit: 's', tolerance: 60 },
      message: [{ part: 'timestamp' }, { part: 'url' }, { part: 'body' }],
    };
    // Header names are case-insensitive.
    const named = { ...scheme, signatures: [{ in: 'header', name: 'X-Acme-Signature' }] };
    const { url, token } = await given('generic', { auth: { kind: 'signature', scheme: named } });
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect((await deliver(url, signed(scheme, token, url, body))).status).toBe(202);
    expect((await deliver(`${url}?a=1`, signed(scheme, token, `${url}?a=1`, body))).status).toBe(202);
    expect((await deliver(`${url}?a=1`, signed(scheme, token, url, body))).status).toBe(403);
  });
});

describe('a signature and a token', () => {
  const mail = '{"signature": {}, "event-data": {"event": "opened"}}';

  test('are both required', async () => {
    const { path, url, token, signingSecret = '' } = await given('mailgun', {}, { signingSecret: 'key-of-the-sender' });
    expect(signingSecret).toBe('key-of-the-sender');
    const sent = signed(mailgun.scheme, signingSecret, url, mail);
    const answer = await deliver(`${url}?token=${token}`, sent);
    expect(answer.status).toBe(202);
    expect(await ok(world, 'GET', `${path}/events/${answer.json()['id']}`)).toMatchObject({ verifiedBy: 'both' });
    for (const [at, what] of [
      [url, sent],
      [`${url}?token=${token.slice(0, -1)}${token.endsWith('x') ? 'y' : 'x'}`, sent],
      [`${url}?token=${token}`, { ...sent, body: mail }],
      [`${url}?token=${token}`, signed(mailgun.scheme, 'another-secret', url, mail)],
    ] as const)
      expect((await deliver(at, what)).status).toBe(403);
  });

  test('are rotated one at a time, and the other is carried over', async () => {
    const { path, url, token, signingSecret = '' } = await given('mailgun', { secretFrom: 'operator' });
    const rotated = await ok(world, 'POST', `${path}/endpoint/token/rotate`, {});
    expect(rotated).toMatchObject({ signingSecret });
    expect(rotated['token']).not.toBe(token);
    const again = { signingSecret: 'a secret of the sender', force: true };
    expect(await ok(world, 'POST', `${path}/endpoint/token/rotate`, again)).toMatchObject({
      token: rotated['token'],
      signingSecret: 'a secret of the sender',
    });
    expect(
      (await deliver(`${url}?token=${rotated['token']}`, signed(mailgun.scheme, signingSecret, url, mail))).status,
    ).toBe(202);
  });
});

describe('a certificate', () => {
  const sns: Scheme = { kind: 'sns', topicArns: [topicArn] };
  const paypal: Scheme = { kind: 'paypal', webhookId };

  /** An active endpoint without a secret. */
  async function withoutSecret(scheme: Scheme) {
    const name = aName();
    const path = `/v1/connections/${name}`;
    await ok(world, 'POST', '/v1/connections', { name });
    await ok(world, 'PUT', `${path}/endpoint`, { auth: { kind: 'signature', scheme } });
    await ok(world, 'POST', `${path}/endpoint/activate`);
    const { endpoint } = (await ok(world, 'GET', path)) as unknown as ConnectionView;
    return { path, url: `${world.runtime.url}/hooks/${name}/${endpoint?.id}` };
  }

  test.each<[string, Scheme, string, (certificate: Certificate) => Signable]>([
    [
      'for a message of another topic',
      sns,
      'topic_not_allowed',
      (certificate) => anSnsMessage(certificate, { TopicArn: `${topicArn}2` }),
    ],
    [
      'at a host that does not belong to AWS',
      sns,
      'certificate_refused',
      (certificate) => anSnsMessage(certificate, { SigningCertURL: 'https://sns.evil.com/a.pem' }),
    ],
    [
      'at a host that does not belong to PayPal',
      paypal,
      'certificate_refused',
      (certificate) => aPaypalDelivery(certificate, { 'paypal-cert-url': 'https://evil.com/a.pem' }, new Date()),
    ],
  ])('%s is refused and not downloaded', async (_, scheme, reason, sent) => {
    const { path, url } = await withoutSecret(scheme);
    const { headers, body } = sent(aCertificate(snsName));
    expect(seen(await deliver(url, { headers: headers as Record<string, string>, body }))).toBe(forbidden);
    const { items } = (await ok(world, 'GET', `${path}/rejections`)) as { items: { reason: string }[] };
    expect(items.map((each) => each.reason)).toEqual([reason]);
  });
});

describe('an invalid scheme or secret is refused', () => {
  test.each([
    [
      'a scheme name that the provider does not have',
      'github',
      { kind: 'signature', scheme: 'github-md5' },
      /github, github-sha1/,
    ],
    [
      'auth "signature" without a scheme, for a provider without one',
      'generic',
      { kind: 'signature' },
      /Send the scheme as an object/,
    ],
    [
      'a scheme that does not cover the body',
      'generic',
      { kind: 'signature', scheme: { ...mailgun.scheme } },
      /does not cover the body/,
    ],
    [
      'a scheme that signs nothing',
      'generic',
      { kind: 'signature', scheme: { ...github.scheme, message: [{ part: 'literal', text: 'x' }] } },
      /nothing of the request/,
    ],
  ])('%s', async (_, provider, auth, detail) => {
    const name = aName();
    await ok(world, 'POST', '/v1/connections', { name, provider });
    const answer = await world.api('PUT', `/v1/connections/${name}/endpoint`, { auth });
    expect({ status: answer.status, code: answer.json()['code'] }).toEqual({ status: 422, code: 'invalid_scheme' });
    expect(answer.json()['detail']).toMatch(detail);
  });

  const platform = { kind: 'signature', scheme: 'adyen-platform' };
  test.each([
    ['svix', {}, 'whsec_QUJDREVGRw=='],
    ['airtable', {}, 'QUJDREVGRw=='],
    ['adyen', { auth: platform }, 'ab'.repeat(11)],
  ])('a secret of %s with less than 12 bytes after decoding', async (provider, settings, value) => {
    const name = aName();
    const path = `/v1/connections/${name}/endpoint`;
    await ok(world, 'POST', '/v1/connections', { name, provider });
    await ok(world, 'PUT', path, settings);
    const answer = await world.api('POST', `${path}/token`, { value });
    expect([answer.status, answer.json()['code']]).toEqual([422, 'token_not_usable']);
    expect(answer.json()['detail']).toMatch(/at least 12 bytes/);
  });

  const wrongSchemes = [
    [{ kind: 'hmac' }, 'auth.scheme.algorithm'],
    [{ kind: 'magic' }, 'auth.scheme.kind'],
    [{ ...github.scheme, encoding: 'base32' }, 'auth.scheme.encoding'],
    [{ ...github.scheme, signatures: [] }, 'auth.scheme.signatures'],
    [{ ...github.scheme, message: [{ part: 'everything' }] }, 'auth.scheme.message.0.part'],
    [{ ...github.scheme, signatures: [{ in: 'header', name: 'cookie' }] }, 'auth.scheme.signatures.0.name'],
    [{ ...github.scheme, strict: true }, 'auth.scheme'],
    [7, 'auth.scheme'],
    ['GitHub', 'auth.scheme'],
  ] as const;

  test.each(every(4, wrongSchemes))('the scheme %j: the error names the wrong field', async (scheme, path) => {
    const name = aName();
    await ok(world, 'POST', '/v1/connections', { name });
    const auth = { kind: 'signature', scheme };
    const answer = await world.api('PUT', `/v1/connections/${name}/endpoint`, { auth });
    expect(answer.json()).toMatchObject({ status: 422, code: 'invalid_request' });
    expect((answer.json()['errors'] as { path: string }[]).map((error) => error.path)).toContain(path);
  });

  test('a secret that is not in the form that the scheme needs', async () => {
    const name = aName();
    await ok(world, 'POST', '/v1/connections', { name });
    const scheme = { ...github.scheme, key: { form: 'hex' } };
    await ok(world, 'PUT', `/v1/connections/${name}/endpoint`, { auth: { kind: 'signature', scheme } });
    const answer = await world.api('POST', `/v1/connections/${name}/endpoint/token`, { value: 'not hexadecimal' });
    expect(answer.status).toBe(422);
    expect(answer.json()['detail']).toMatch(/hexadecimal/);
  });
});
