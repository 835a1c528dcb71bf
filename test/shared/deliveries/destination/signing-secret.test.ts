import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  generateSigningSecret,
  signatureHeaders,
  signingSecretSchema,
} from '../../../../shared/deliveries/destination/signing-secret.ts';
import { presets } from '../../../../shared/endpoints/provider/presets.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';

describe('a signing secret', () => {
  test('that is made has 32 bytes in padded base64', () => {
    expect(generateSigningSecret(Buffer.alloc(32, 1))).toBe('whsec_AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=');
    expect(generateSigningSecret()).not.toBe(generateSigningSecret());
    expect(signingSecretSchema.safeParse(generateSigningSecret()).success).toBe(true);
  });

  test.each([
    ['24 bytes', `whsec_${Buffer.alloc(24, 1).toString('base64')}`, true],
    ['64 bytes', `whsec_${Buffer.alloc(64, 1).toString('base64')}`, true],
    ['23 bytes', `whsec_${Buffer.alloc(23, 1).toString('base64')}`, false],
    ['65 bytes', `whsec_${Buffer.alloc(65, 1).toString('base64')}`, false],
    ['no prefix', Buffer.alloc(32, 1).toString('base64'), false],
    ['no padding', `whsec_${Buffer.alloc(32, 1).toString('base64').replace('=', '')}`, false],
    ['white space at its end', `whsec_${Buffer.alloc(32, 1).toString('base64')}\n`, false],
    ['nothing behind its prefix', 'whsec_', false],
  ])('with %s is accepted or not', (_, secret, isAccepted) => {
    expect(signingSecretSchema.safeParse(secret).success).toBe(isAccepted);
  });
});

test('a signing secret of another form is refused with a text that does not quote it', () => {
  const { error } = signingSecretSchema.safeParse('whsec_a-secret-of-mine');
  expect(error?.issues.map(({ message }) => message)).toEqual(['must be whsec_ and 24 to 64 bytes in padded base64']);
});

describe('the signature', () => {
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: new Date('2021-02-25T15:02:10.900Z'),
    body: Buffer.from('{"test": 2432232314}'),
  };
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

  test('is that of the published example', () => {
    expect(signatureHeaders(message, [secret])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test('is one for each secret, the current one first', () => {
    const headers = signatureHeaders(message, [secret, generateSigningSecret(Buffer.alloc(32, 2))]);
    const [first, second] = (headers['webhook-signature'] ?? '').split(' ');
    expect(first).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    expect(second).toMatch(/^v1,[\w+/]{43}=$/);
    expect(second).not.toBe(first);
  });

  test('is not made with a secret of another form, and the error does not quote it', () => {
    expect(() => signatureHeaders(message, ['another form'])).toThrow(/^a signing secret has an unexpected format$/);
  });

  // What verifies is the code that checks the signatures of senders.
  test('of any bytes verifies with each of its secrets, and with no other', () => {
    const { scheme } = presets['standard-webhooks'];
    const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => generateSigningSecret(bytes));
    fc.assert(
      fc.property(
        fc.uniqueArray(secrets, { minLength: 3, maxLength: 3 }),
        fc.uint8Array(),
        ([current = '', previous = '', other = ''], body) => {
          const headers = signatureHeaders({ id: 'dlv_1', at: message.at, body }, [current, previous]);
          const request = {
            method: 'POST',
            url: 'https://shop.example.com/',
            headers,
            body: Buffer.from(body),
            now: message.at,
          };
          const isVerified = (one: string) => verifyWithSecrets(scheme, [one], request).verified;
          expect([current, previous, other].map(isVerified)).toEqual([true, true, false]);
        },
      ),
    );
  });
});
