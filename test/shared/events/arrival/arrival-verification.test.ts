import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { tokenDigest } from '../../../../shared/endpoints/credential/token.ts';
import { settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { Auth, NamedAuth } from '../../../../shared/endpoints/settings/auth.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import {
  placementsIn,
  type VerificationDeps,
  verifyProofs,
} from '../../../../shared/events/arrival/arrival-verification.ts';
import type { AuthorizedProofs, Handover } from '../../../../shared/events/arrival/handover.ts';
import type { Arrival } from '../../../../shared/events/event/accepted-arrival.ts';
import { aCertificate, anSnsMessage, snsName, topicArn } from '../../endpoints/signature/given-certificate.ts';

test('a delivery that is signed with a certificate needs no version of a secret', async () => {
  const certificate = aCertificate(snsName);
  const message = anSnsMessage(certificate);
  const scheme: Scheme = { kind: 'sns', topicArns: [topicArn] };
  const settings: NamedSettings = { auth: { kind: 'signature', scheme } };
  const handover: Handover = {
    connection: { id: 'c1', name: 'orders', provider: 'generic' },
    endpoint: { id: 'e1', settings, hold: null },
    tokenVerified: null,
    pending: ['signature'],
    signing: { secret: '', versions: [] },
  };
  const { method, headers, body } = message;
  const arrival: Arrival = {
    method,
    body,
    rawQueryString: '',
    rest: undefined,
    sourceIp: '192.0.2.1',
    requestId: 'r1',
    headers: headers as Arrival['headers'],
  };
  const deps: VerificationDeps = {
    readSigningSecret: async () => 'not read',
    certificate: async () => ({ pem: certificate.pem }),
    publicUrl: 'https://hooks.example.com',
    now: () => message.now,
  };
  expect(await verifyProofs(handover, settingsInForce({ provider: 'generic', settings }), arrival, deps)).toEqual({
    tokenId: '',
    signedBy: undefined,
    scheme: expect.objectContaining({ kind: 'sns' }),
    replayGuard: undefined,
    verifiedBy: 'signature',
  });
});

describe('a delivery with a token and a signature', () => {
  const body = Buffer.from('{}');
  const secrets: Record<string, string> = { newer: 'the secret of today', older: 'the secret of before' };
  const settings: NamedSettings = { auth: { kind: 'both', accept: [{ in: 'query', name: 'token' }] } };
  const deps: VerificationDeps = {
    readSigningSecret: async (_, version) => secrets[version] ?? '',
    certificate: async () => 'certificate_refused',
    publicUrl: 'https://hooks.example.com',
    now: () => new Date('2026-03-01T12:00:00Z'),
  };

  /** Verifies an arrival whose token is of one version and whose signature is made with a secret of another one. */
  function verified(token: string, signedBy: string, more: Partial<Arrival> = {}) {
    const handover: Handover = {
      connection: { id: 'c1', name: 'orders', provider: 'github' },
      endpoint: { id: 'e1', settings, hold: null },
      tokenVerified: token,
      pending: ['signature'],
      signing: { secret: 'arn', versions: ['newer', 'older'] },
    };
    const signature = createHmac('sha256', secrets[signedBy] ?? '')
      .update(body)
      .digest('hex');
    const arrival: Arrival = {
      method: 'POST',
      rawQueryString: '',
      rest: undefined,
      sourceIp: '192.0.2.1',
      requestId: 'r1',
      body,
      headers: { 'x-hub-signature-256': `sha256=${signature}` },
      ...more,
    };
    return verifyProofs(handover, settingsInForce({ provider: 'github', settings }), arrival, deps);
  }

  test.each<[string, object, object]>([
    ['a signature', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }, { reason: 'body_not_utf8', faults: [] }],
    // The bytes are not what is wrong with it.
    ['none', {}, { reason: 'signature_missing' }],
  ])('whose bytes API Gateway replaced, and with %s, is refused', async (_, headers, verdict) => {
    const replaced = { body: Buffer.from('caf\ufffd'), headers: { 'content-length': '4', ...headers } };
    expect(await verified('newer', 'newer', replaced)).toMatchObject(verdict);
  });

  // The operator ends the older version when nothing uses it. Its token alone, or its signature alone, counts as a use.
  test.each([
    ['newer', 'newer', 'newer'],
    ['newer', 'older', 'older'],
    ['older', 'newer', 'older'],
    ['older', 'older', 'older'],
  ])(
    'made with the %s token and the %s signing secret counts as a use of the %s version',
    async (token, signedBy, tokenId) => {
      expect(await verified(token, signedBy)).toMatchObject({ tokenId, signedBy, verifiedBy: 'both' });
    },
  );

  test('is rejected if its signing secret is not live', async () => {
    expect(await verified('newer', 'none')).toMatchObject({ reason: 'signature_mismatch' });
  });
});

describe('a delivery', () => {
  const token = 'the-token-of-this-endpoint';
  const secret = 'the signing secret of this endpoint';
  const body = Buffer.from(JSON.stringify({ token }));
  const json = { 'content-type': 'application/json' };
  const deps: VerificationDeps = {
    readSigningSecret: async (_, version) => (version === 'v1' ? secret : 'another signing secret'),
    certificate: async () => 'certificate_unavailable',
    publicUrl: 'https://hooks.example.com',
    now: () => new Date('2026-03-01T12:00:00Z'),
  };
  const aDelivery = (more: Partial<Arrival> = {}): Arrival => ({
    method: 'POST',
    headers: json,
    rawQueryString: '',
    rest: undefined,
    sourceIp: '192.0.2.1',
    requestId: 'r1',
    body,
    ...more,
  });
  const signedBy = (key: string, text = body.toString()) =>
    `sha256=${createHmac('sha256', key).update(text).digest('hex')}`;

  const inBody = { kind: 'token', accept: [{ in: 'body', path: '/token' }] } satisfies Auth;
  const bodyProofs: AuthorizedProofs = {
    tokenVerified: null,
    pending: ['bodyToken'],
    liveDigests: { t1: tokenDigest(token).toString('hex') },
  };
  const signed: AuthorizedProofs = {
    tokenVerified: null,
    pending: ['signature'],
    signing: { secret: 'arn', versions: ['v1', 'v2'] },
  };

  /** Verifies an arrival with these findings of the authorizer, under these settings. */
  function verdictOn(
    proofs: AuthorizedProofs,
    auth: NamedAuth | undefined,
    arrival: Arrival,
    earlier?: Handover['earlier'],
    provider = 'github',
  ) {
    const settings: NamedSettings = auth === undefined ? {} : { auth };
    const handover: Handover = {
      connection: { id: 'c1', name: 'orders', provider },
      endpoint: { id: 'e1', settings, hold: null },
      ...proofs,
      ...(earlier && { earlier }),
    };
    return verifyProofs(handover, settingsInForce({ provider, settings }), arrival, deps);
  }

  test('with a token that the authorizer verified is accepted', async () => {
    const proofs: AuthorizedProofs = { tokenVerified: 't1', pending: [] };
    const auth = { kind: 'token', accept: [{ in: 'query', name: 'token' }] } satisfies Auth;
    expect(await verdictOn(proofs, auth, aDelivery())).toEqual({ tokenId: 't1', verifiedBy: 'token' });
  });

  const form = Buffer.from(`token=${token}`);

  test.each<[string, Partial<Arrival>]>([
    ['JSON', {}],
    ['JSON without a content type', { headers: {} }],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form }],
  ])('with a token in its body is accepted (%s)', async (_, arrival) => {
    const verdict = await verdictOn(bodyProofs, inBody, aDelivery(arrival));
    expect(verdict).toEqual({ tokenId: 't1', verifiedBy: 'token' });
  });

  test.each<[string, Partial<Arrival>, string, string]>([
    [
      'has another token in its body',
      { body: Buffer.from('{"token":"some-other-token"}') },
      'token_unknown',
      'unknown',
    ],
    ['has no token in its body', { body: Buffer.from('{}') }, 'token_missing', 'missing'],
    ['has a token of the wrong type', { body: Buffer.from('{"token":1}') }, 'token_malformed', 'malformed'],
    ['has a form without its content type', { headers: {}, body: form }, 'token_missing', 'missing'],
  ])('that %s is rejected', async (_, arrival, reason, fault) => {
    expect(await verdictOn(bodyProofs, inBody, aDelivery(arrival))).toEqual({
      reason,
      faults: [{ placement: 'body /token', fault }],
    });
  });

  test('without a credential is challenged if the sender may wait for that', async () => {
    const auth: NamedAuth = {
      kind: 'token',
      accept: [
        { in: 'basic', username: 'hook' },
        { in: 'body', path: '/token' },
      ],
    };
    const proofs: AuthorizedProofs = { ...bodyProofs, pending: ['bodyToken', 'challenge'] };
    const empty = aDelivery({ body: Buffer.from('{}') });
    expect(await verdictOn(proofs, auth, empty)).toEqual({ reason: 'challenged', faults: [] });
    expect(await verdictOn(proofs, auth, aDelivery())).toEqual({ tokenId: 't1', verifiedBy: 'token' });
    const challenge: AuthorizedProofs = { tokenVerified: null, pending: ['challenge'] };
    expect(await verdictOn(challenge, auth, aDelivery())).toEqual({ reason: 'challenged', faults: [] });
  });

  test('whose signature is valid is accepted, and names the version that signed it', async () => {
    const headers = { 'x-hub-signature-256': signedBy('another signing secret') };
    expect(await verdictOn(signed, undefined, aDelivery({ headers }))).toEqual({
      tokenId: 'v2',
      signedBy: 'v2',
      replayGuard: undefined,
      verifiedBy: 'signature',
      scheme: expect.objectContaining({ kind: 'hmac', algorithm: 'sha256' }),
    });
  });

  test('whose signature is not valid is rejected, with a hint for operators', async () => {
    const headers = { 'x-hub-signature-256': signedBy(secret, `${body}\n`) };
    expect(await verdictOn(signed, undefined, aDelivery({ headers }))).toMatchObject({
      reason: 'signature_mismatch',
      faults: [],
      hint: 'body_line_break',
    });
  });

  // GitHub's older header is verified only if the operator names that scheme.
  test('under an older scheme of the sender has a hint', async () => {
    const sha1 = createHmac('sha1', secret).update(body).digest('hex');
    const verdict = await verdictOn(signed, undefined, aDelivery({ headers: { 'x-hub-signature': `sha1=${sha1}` } }));
    expect(verdict).toMatchObject({ reason: 'signature_missing', hint: 'older_scheme' });
  });

  test.each<[string | undefined, string, string]>([
    [undefined, '', ''],
    ['a/b', '', '/a/b'],
    [undefined, 'a=1&b=2', '?a=1&b=2'],
    ['a', 'b=2', '/a?b=2'],
  ])('is signed over the public URL (rest %j, query %j)', async (rest, rawQueryString, end) => {
    const scheme: Scheme = {
      kind: 'hmac',
      algorithm: 'sha256',
      key: { form: 'utf8' },
      encoding: 'hex',
      signatures: [{ in: 'header', name: 'x-signature' }],
      message: [{ part: 'url' }, { part: 'body' }],
    };
    const text = `https://hooks.example.com/hooks/orders/e1${end}${body}`;
    const headers = { 'x-signature': createHmac('sha256', secret).update(text).digest('hex') };
    const arrival = aDelivery({ headers, rest, rawQueryString });
    const verdict = await verdictOn(signed, { kind: 'signature', scheme }, arrival, undefined, 'generic');
    expect(verdict).toMatchObject({ tokenId: 'v1', verifiedBy: 'signature' });
  });

  test('is rejected if the secret has no live version', async () => {
    const handshake: AuthorizedProofs = {
      tokenVerified: null,
      pending: ['handshake'],
      signing: { secret: '', versions: [] },
    };
    expect(await verdictOn(handshake, undefined, aDelivery())).toEqual({ reason: 'secret_missing', faults: [] });
  });

  // Both happen after a return to an older version. The sender must try again, so that nothing is lost.
  test('is an internal error if this version and the authorizer differ in the proofs', async () => {
    await expect(verdictOn(bodyProofs, undefined, aDelivery())).rejects.toThrow('other proofs than this version');
    await expect(verdictOn(signed, inBody, aDelivery())).rejects.toThrow('other proofs than this version');
  });

  test('is an internal error if this version does not know the scheme', async () => {
    const auth: NamedAuth = { kind: 'signature', scheme: 'github-sha512' };
    await expect(verdictOn(signed, auth, aDelivery())).rejects.toThrow('is not known to this version');
  });

  describe('during the grace after a change of auth', () => {
    const bySignature = { kind: 'signature', scheme: 'github' } satisfies Auth;
    const good = aDelivery({ headers: { 'x-hub-signature-256': signedBy(secret) } });
    const rejection: AuthorizedProofs['refusal'] = { reason: 'token_unknown', faults: [] };

    test('passes under the earlier policy', async () => {
      const verdict = await verdictOn({ ...bodyProofs, refusal: rejection }, inBody, good, {
        auth: bySignature,
        ...signed,
      });
      expect(verdict).toMatchObject({ tokenId: 'v1', verifiedBy: 'signature' });
    });

    test('passes under the present policy, without a look at the earlier one', async () => {
      const earlier = { auth: bySignature, ...signed, refusal: rejection };
      expect(await verdictOn(bodyProofs, inBody, aDelivery(), earlier)).toEqual({ tokenId: 't1', verifiedBy: 'token' });
    });

    test('is rejected with the reason of the present policy if both reject it', async () => {
      const earlier = { auth: bySignature, ...signed };
      const wrong = aDelivery({ headers: { 'x-hub-signature-256': signedBy('wrong') }, body: Buffer.from('{}') });
      expect(await verdictOn(bodyProofs, inBody, wrong, earlier)).toMatchObject({ reason: 'token_missing' });
    });

    const byBasic = { kind: 'token', accept: [{ in: 'basic', username: 'hook' }] } satisfies Auth;
    const challenge: AuthorizedProofs = { tokenVerified: null, pending: ['challenge'] };

    test('is challenged under the earlier policy only if it has no proof under the present one', async () => {
      const earlier = { auth: byBasic, ...challenge };
      expect(await verdictOn(signed, undefined, aDelivery(), earlier)).toMatchObject({ reason: 'challenged' });
      const wrong = aDelivery({ headers: { 'x-hub-signature-256': signedBy('wrong') } });
      expect(await verdictOn(signed, undefined, wrong, earlier)).toMatchObject({ reason: 'signature_mismatch' });
    });

    test('is rejected if no proof is there, and the earlier policy can not challenge', async () => {
      const earlier = { auth: inBody, ...bodyProofs };
      const empty = aDelivery({ body: Buffer.from('{}') });
      expect(await verdictOn(signed, undefined, empty, earlier)).toMatchObject({ reason: 'signature_missing' });
    });

    test('can have a token in the placements of both policies, and in former ones', () => {
      const handover = {
        endpoint: { accept: [{ in: 'path' }] },
        earlier: { auth: byBasic },
      } as unknown as Handover;
      const settings = settingsInForce({ provider: 'github', settings: { auth: inBody } });
      expect(placementsIn(handover, settings)).toEqual([
        { in: 'path' },
        { in: 'body', path: '/token' },
        { in: 'basic', username: 'hook' },
      ]);
      const bare = { endpoint: {} } as Handover;
      expect(placementsIn(bare, settingsInForce({ provider: 'github', settings: {} }))).toEqual([]);
    });
  });
});
