import { describe, expect, test } from '@jest/globals';
import { changedValue, rotatedValue } from '../../../../shared/endpoints/endpoint/replacement-value.ts';
import { type DictatedValues, makeValue } from '../../../../shared/endpoints/endpoint/secret-value.ts';
import { secretMakerOf } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { LiveValue } from '../../../../shared/endpoints/endpoint/token-reuse.ts';
import type { Auth } from '../../../../shared/endpoints/settings/auth.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import type { Scheme, SecretForm } from '../../../../shared/endpoints/signature/scheme.ts';
import { Refusal } from '../../../../shared/ground/base/refusal.ts';

const past = { endpointId: '0123456789abcdefghijkl', bearers: [], live: [] };
const accept = [{ in: 'query' as const, name: 'token' }];
const signed = (scheme: string): Auth => ({ kind: 'signature', scheme });
const byToken: Auth = { kind: 'token', accept };
const both = (scheme: string): Auth => ({ kind: 'both', accept, scheme });

/** The code and the detail of the rejection. */
function refusalOf(making: () => unknown): [code: string, detail: string] {
  try {
    making();
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.message];
    throw error;
  }
  throw new Error('it was not refused');
}

const ofStripe =
  'Adopt the signing secret that Stripe shows beside its endpoint, including the prefix whsec_. Then send it as value: POST …/endpoint/token {"value": "…"}. If the sender accepts a secret from you, set secretFrom to operator first.';

describe('a secret that only the sender can make', () => {
  test('is not generated as the first secret, by a rotation or by a change of auth', () => {
    const making = { past, maker: 'sender' as const };
    for (const [make, request] of [
      [makeValue, 'POST …/endpoint/token {'],
      [rotatedValue, 'POST …/endpoint/token/rotate {'],
      [changedValue, 'PUT …/endpoint with values {'],
    ] as const)
      expect(refusalOf(() => make('stripe', signed('stripe'), {}, making))).toEqual([
        'secret_made_by_sender',
        ofStripe.replace('POST …/endpoint/token {', request),
      ]);
  });

  test('is not generated beside a token, which Hooklatch generates', () => {
    const making = { past, maker: 'sender' as const };
    const [code, detail] = refusalOf(() => makeValue('monday', both('monday'), {}, making));
    expect(code).toBe('secret_made_by_sender');
    expect(detail).toContain('Then send it as signingSecret: POST …/endpoint/token {"signingSecret": "…"}.');
    const { value } = makeValue('monday', both('monday'), { signingSecret: 'fake-app-secret-01' }, making);
    expect(value).toEqual({ token: expect.stringMatching(/^hle_/), signingSecret: 'fake-app-secret-01' });
  });

  test('is not generated if it comes in a handshake, and the rejection says so', () => {
    const [code, detail] = refusalOf(() => makeValue('asana', signed('asana'), {}, { past, maker: 'handshake' }));
    expect(code).toBe('secret_made_by_sender');
    expect(detail).toContain('POST …/endpoint/handshake opens the window');
  });

  test('is not generated if the secret is a token that the sender chooses', () => {
    expect(refusalOf(() => makeValue('generic', byToken, {}, { past, maker: 'sender' }))[0]).toBe(
      'secret_made_by_sender',
    );
  });

  test('is generated if the operator set secretFrom to operator', () => {
    const { value } = makeValue('stripe', signed('stripe'), {}, { past, maker: 'operator' });
    expect(value.token).toMatch(/^hls_[0-9A-Za-z]{49}$/);
  });

  test('is not needed if the sender signs with a certificate', () => {
    const sns: Auth = { kind: 'both', accept, scheme: { kind: 'sns', topicArns: ['arn:aws:sns:eu-west-1:1:orders'] } };
    expect(makeValue('aws-sns', sns, {}, { past, maker: 'sender' }).value).toEqual({
      token: expect.stringMatching(/^hle_/),
    });
  });
});

test.each<[string, NamedSettings, string]>([
  ['github', {}, 'operator'],
  ['stripe', {}, 'sender'],
  ['stripe', { secretFrom: 'operator' }, 'operator'],
  ['asana', {}, 'handshake'],
  ['monday', {}, 'sender'],
  // With a token instead of the sender's own signature, Hooklatch makes the secret.
  ['stripe', { auth: { kind: 'token' } }, 'operator'],
  ['generic', {}, 'operator'],
  ['generic', { secretFrom: 'sender' }, 'sender'],
])('the secret of %s with the settings %j is made by the %s', (provider, settings, maker) => {
  expect(secretMakerOf({ provider, settings })).toBe(maker);
});

describe('an adopted value', () => {
  test.each([' whsec_fake0123456789abcdef', 'whsec_fake0123456789abcdef ', 'whsec_fake0123456789abcdef\n'])(
    'is refused as a secret if it has white space at an end: %j',
    (value) => {
      expect(refusalOf(() => makeValue('stripe', signed('stripe'), { value }, { past }))).toEqual([
        'token_not_usable',
        expect.stringContaining('begins or ends with white space'),
      ]);
    },
  );

  test('is refused as a token if it has white space at an end', () => {
    expect(refusalOf(() => makeValue('generic', byToken, { value: 'fake-token-0123 ' }, { past }))[1]).toContain(
      'begins or ends with white space',
    );
  });

  test.each(['sk_live_fake0123456789abcdef', 'rk_test_fake0123456789abcdef', 'hls_fake'.padEnd(20, 'x')])(
    'is refused as the signing secret of Stripe without the prefix whsec_: %s',
    (value) => {
      const [code, detail] = refusalOf(() => makeValue('stripe', signed('stripe'), { value }, { past }));
      expect([code, detail]).toEqual([
        'token_not_usable',
        'This value cannot be used: a signing secret of Stripe begins with whsec_: copy that secret, not another key. Change it, or change auth.',
      ]);
      expect(refusalOf(() => makeValue('stripe', both('stripe'), { signingSecret: value }, { past }))[1]).toBe(detail);
    },
  );

  test('may begin with any text for a custom scheme', () => {
    const scheme = {
      kind: 'hmac' as const,
      algorithm: 'sha256' as const,
      key: { form: 'utf8' as const },
      encoding: 'hex' as const,
      message: [{ part: 'body' as const }],
      signatures: [{ in: 'header' as const, name: 'x-signature' }],
    };
    const value = 'sk_live_fake0123456789abcdef';
    expect(makeValue('stripe', { kind: 'signature', scheme }, { value }, { past }).value).toEqual({ token: value });
  });
});

const hmacWith = (key: SecretForm): Scheme => ({
  kind: 'hmac',
  algorithm: 'sha256',
  key,
  encoding: 'hex',
  message: [{ part: 'body' }],
  signatures: [{ in: 'header', name: 'x-signature' }],
});
const custom = (scheme: Scheme): Auth => ({ kind: 'signature', scheme });
const customBoth = (scheme: Scheme): Auth => ({ kind: 'both', accept, scheme });
const byKey: Scheme = {
  kind: 'publicKey',
  algorithm: 'ed25519',
  key: { form: 'pem' },
  encoding: 'base64',
  message: [{ part: 'body' }],
  signatures: [{ in: 'header', name: 'x-signature' }],
};
const sns: Scheme = { kind: 'sns', topicArns: ['arn:aws:sns:eu-west-1:1:orders'] };

describe('a new value', () => {
  const token = expect.stringMatching(/^hle_[0-9A-Za-z]{49}$/);
  const signingSecret = expect.stringMatching(/^hls_[0-9A-Za-z]{49}$/);

  test.each<[string, Auth, DictatedValues, object]>([
    ['is a generated token', byToken, {}, { value: { token }, holds: 'bearer' }],
    [
      'is an adopted token, which the record remembers',
      byToken,
      { value: 'live token 1' },
      { value: { token: 'live token 1' }, holds: 'bearer', bearers: ['z-AjdcW6mCs'] },
    ],
    ['is a generated secret', signed('github'), {}, { value: { token: signingSecret }, holds: 'secret', bearers: [] }],
    [
      'is an adopted secret',
      signed('github'),
      { value: 'a secret of mine' },
      { value: { token: 'a secret of mine' }, holds: 'secret', bearers: [] },
    ],
    ['is both', both('github'), {}, { value: { token, signingSecret }, holds: 'both' }],
    [
      'is both, adopted',
      both('github'),
      { value: 'live token 1', signingSecret: 'a secret of mine' },
      { value: { token: 'live token 1', signingSecret: 'a secret of mine' }, holds: 'both' },
    ],
    [
      'is a secret in hex',
      custom(hmacWith({ form: 'hex' })),
      {},
      { value: { token: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ],
    [
      'is a secret in base64 with its prefix',
      custom(hmacWith({ form: 'base64', prefix: 'whsec_' })),
      {},
      { value: { token: expect.stringMatching(/^whsec_[0-9A-Za-z+/]{43}=$/) } },
    ],
    ['is a token alone beside a certificate', customBoth(sns), {}, { value: { token }, holds: 'bearer' }],
  ])('%s', (_, auth, dictated, expected) => {
    expect(makeValue('github', auth, dictated, { past })).toMatchObject(expected);
  });

  test('is of an adopted token even if only the sender can make it', () => {
    const made = makeValue('generic', byToken, { value: 'live token 1' }, { past, maker: 'sender' });
    expect(made.value).toEqual({ token: 'live token 1' });
  });

  test.each(['', '\n'])('may be a public key with a line break at its end, and %j before it', (start) => {
    const pem = `${start}-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
`;
    expect(makeValue('generic', custom(byKey), { value: pem }, { past }).value).toEqual({ token: pem });
  });
});

describe('a value is refused', () => {
  const text = hmacWith({ form: 'utf8' });
  const known: LiveValue = {
    id: 'v1',
    value: { token: 'a live secret 1' },
    holds: 'secret',
    scheme: text,
    isEarlier: false,
  };

  test.each<[string, Auth, DictatedValues, object, string]>([
    [
      'if there are two for a token',
      byToken,
      { signingSecret: 'a secret of mine' },
      {},
      'with auth.kind token there is only one value. Send it as value',
    ],
    [
      'if there are two for a signature',
      signed('github'),
      { value: 'a secret of mine', signingSecret: 'a secret of mine' },
      {},
      'with auth.kind signature there is only one value. Send it as value',
    ],
    ['if the token is too short', byToken, { value: 'short' }, {}, 'a token has 12 to 512 printable ASCII characters'],
    ['if the secret is too short', signed('github'), { value: 'short' }, {}, 'a signing secret has at least 12 bytes'],
    [
      'if a public key has a space at its end and is none',
      custom(byKey),
      { value: 'not a key ' },
      {},
      'it begins or ends with white space, probably from pasting. Send it without',
    ],
    [
      'if a secret is sent for a certificate',
      customBoth(sns),
      { signingSecret: 'a secret of mine' },
      {},
      'this sender signs with its own private key',
    ],
    [
      'if token and secret are the same',
      customBoth(text),
      { value: 'the same text', signingSecret: 'the same text' },
      {},
      'token and signingSecret are the same, so anybody who sees the token could sign',
    ],
    [
      'if token and secret are the same key',
      customBoth(text),
      { value: '7468652073616d652074657874', signingSecret: 'the same text' },
      {},
      'token and signingSecret are the same, so anybody who sees the token could sign',
    ],
    [
      'if the secret was a token',
      custom(text),
      { value: 'live token 1' },
      { past: { ...past, bearers: ['z-AjdcW6mCs'] } },
      'it was used as a token or has the form of one',
    ],
    [
      'if the token is a secret that stays live',
      byToken,
      { value: 'a live secret 1' },
      { beside: [known] },
      'signatures made with it are accepted until the grace ends',
    ],
  ])('%s', (_, auth, dictated, more, why) => {
    const [code, detail] = refusalOf(() => makeValue('github', auth, dictated, { past, ...more }));
    expect(code).toBe('token_not_usable');
    expect(detail).toContain(`This value cannot be used: ${why}`);
    expect(detail).toMatch(/\. Change it, or change auth\.$/);
  });

  test.each([byKey, sns])('if only the sender can make its key pair: %j', (scheme) => {
    expect(refusalOf(() => makeValue('generic', custom(scheme), {}, { past }))).toEqual([
      'secret_made_by_sender',
      'This sender signs with its own private key, so no secret can be generated here. Copy the public key from its settings and send it as value.',
    ]);
  });

  test('if this version does not know its scheme', () => {
    expect(() => makeValue('github', signed('github-md5'), {}, { past })).toThrow(
      'the scheme of github is not known to this version',
    );
  });
});
