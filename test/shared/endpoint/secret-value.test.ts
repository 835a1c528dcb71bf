import { describe, expect, test } from '@jest/globals';
import { Problem } from '../../../shared/base/problem.ts';
import { changedValue, rotatedValue } from '../../../shared/endpoint/replacement-value.ts';
import { makeValue } from '../../../shared/endpoint/secret-value.ts';
import { secretMakerOf } from '../../../shared/endpoint/settings-in-force.ts';
import type { Auth } from '../../../shared/settings/auth.ts';
import type { NamedSettings } from '../../../shared/settings/settings.ts';

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
    if (error instanceof Problem) return [`${error.status} ${error.code}`, error.message];
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
        '422 secret_made_by_sender',
        ofStripe.replace('POST …/endpoint/token {', request),
      ]);
  });

  test('is not generated beside a token, which Hooklatch generates', () => {
    const making = { past, maker: 'sender' as const };
    const [code, detail] = refusalOf(() => makeValue('monday', both('monday'), {}, making));
    expect(code).toBe('422 secret_made_by_sender');
    expect(detail).toContain('Then send it as signingSecret: POST …/endpoint/token {"signingSecret": "…"}.');
    const { value } = makeValue('monday', both('monday'), { signingSecret: 'fake-app-secret-01' }, making);
    expect(value).toEqual({ token: expect.stringMatching(/^hle_/), signingSecret: 'fake-app-secret-01' });
  });

  test('is not generated if it comes in a handshake, and the rejection says so', () => {
    const [code, detail] = refusalOf(() => makeValue('asana', signed('asana'), {}, { past, maker: 'handshake' }));
    expect(code).toBe('422 secret_made_by_sender');
    expect(detail).toContain('POST …/endpoint/handshake opens the window');
  });

  test('is not generated if the secret is a token that the sender chooses', () => {
    expect(refusalOf(() => makeValue('generic', byToken, {}, { past, maker: 'sender' }))[0]).toBe(
      '422 secret_made_by_sender',
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
        '422 token_not_usable',
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
        '422 token_not_usable',
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
