import { describe, expect, test } from '@jest/globals';
import { body, header, hmac, literal, timestamp, value } from '../../../shared/provider/common-schemes.ts';
import { coversBody } from '../../../shared/signature/body-cover.ts';
import { needsSecret } from '../../../shared/signature/certificate-scheme.ts';
import { type Scheme, schemeSchema } from '../../../shared/signature/scheme.ts';
import { checkScheme } from '../../../shared/signature/scheme-check.ts';
import { schemes } from './schemes.ts';

const digest = (message: Extract<Scheme, { kind: 'digest' }>['message']): Scheme => {
  const { timestamp: _, ...untimed } = schemes.cloudinary;
  return { ...untimed, message };
};
const errorsOf = (scheme: Scheme): string =>
  checkScheme(scheme)
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message)
    .join('\n');
const signatures = [header('x-signature')];
const unsignedTime = { source: header('x-time'), unit: 's', tolerance: 300 } as const;

describe('the check of a scheme', () => {
  test.each(Object.entries<Scheme>(schemes))('finds no error in the scheme %s', (_, scheme) => {
    expect(errorsOf(scheme)).toBe('');
  });

  test.each<[string, Scheme, string]>([
    [
      'signs nothing of the request',
      hmac(signatures, { message: [literal('hello')] }),
      'one signature is valid for every request',
    ],
    ['signs a time without saying where it is', hmac(signatures, { message: [timestamp, body] }), 'where it is'],
    ['checks a time that is not signed', hmac(signatures, { timestamp: unsignedTime }), 'not signed'],
    ['has its signature in the signed body', hmac(['/signature']), 'cannot cover the whole body'],
    ['makes a digest that anybody can make', digest([body]), 'Anybody can make a digest'],
    [
      'uses a public key as a secret',
      { ...schemes.discord, message: [body, { part: 'secret' }] },
      'A public key is not secret',
    ],
    ['writes an RSA key as raw bytes', { ...schemes.discord, algorithm: 'rsa-sha256' }, 'Use pem or spki'],
    [
      'signs the header with its own signature',
      hmac(signatures, { message: [value(header('x-signature')), literal('.'), body] }),
      'was rejected',
    ],
  ])('says what to change in a scheme that %s', (_, scheme, says) => {
    expect(errorsOf(scheme)).toContain(says);
  });

  test.each<[string, Scheme, string]>([
    ['leaves the body out', schemes.dropboxSign, 'does not cover the whole body'],
    ['begins a digest with the secret', schemes.hubspot1, 'can extend it'],
  ])('warns of a scheme that %s', (_, scheme, says) => {
    expect(
      checkScheme(scheme)
        .map(({ message }) => message)
        .join('\n'),
    ).toContain(says);
  });

  test.each<[string, Scheme, boolean]>([
    ['the body', schemes.github, true],
    ['the checksum of the body', hmac(signatures, { message: [{ part: 'bodyCrc32' }] }), false],
    ['the form in the body', schemes.mandrill, true],
    ['some fields of the body', schemes.dropboxSign, false],
    ['a JWT in a header', schemes.monday, false],
    ['a JWT that is the whole body', { ...schemes.monday, token: { in: 'body' } }, true],
    ["Adyen's fields", schemes.adyen, false],
    ["Twilio's form or hash", schemes.twilio, true],
    ["SNS's fields", schemes.sns, true],
    ["PayPal's checksum", schemes.paypal, true],
  ])('says whether a signature over %s covers the body', (_, scheme, covers) => {
    expect(coversBody(scheme)).toBe(covers);
  });
});

describe('the form of a scheme', () => {
  test.each([
    'arn:aws:sns:ap-southeast-5:123456789012:orders',
    'arn:aws-cn:sns:cn-northwest-1:123456789012:Orders_1',
    'arn:aws-us-gov:sns:us-gov-east-1:123456789012:orders-1',
  ])('accepts the topic %s', (topicArn) => {
    expect(schemeSchema.safeParse({ kind: 'sns', topicArns: [topicArn] }).success).toBe(true);
  });

  test('demands a secret for every scheme without a certificate', () => {
    const without = Object.entries<Scheme>(schemes).filter(([, scheme]) => !needsSecret(scheme));
    expect(without.map(([name]) => name)).toEqual(['sns', 'paypal']);
  });

  test.each<[string, object]>([
    ['an unknown key', { ...schemes.github, tolerence: 300 }],
    ['a digest without a secret', { ...schemes.cloudinary, message: [body] }],
    ['a JWT with a public key for a shared secret', { ...schemes.monday, key: { form: 'pem' } }],
    ['an unknown kind', { ...schemes.github, kind: 'md5' }],
    ['an SNS scheme for any topic', { kind: 'sns', topicArns: [] }],
    ['an SNS scheme for a pattern of topics', { kind: 'sns', topicArns: ['arn:aws:sns:eu-central-1:123456789012:*'] }],
    ['a region that is not a name', { kind: 'sns', topicArns: ['arn:aws:sns:evil.com/:123456789012:orders'] }],
    ['a region of another partition', { kind: 'sns', topicArns: ['arn:aws:sns:cn-north-1:123456789012:orders'] }],
    [
      'a FIFO topic, which cannot deliver to a URL',
      { kind: 'sns', topicArns: ['arn:aws:sns:eu-central-1:123456789012:o.fifo'] },
    ],
    ['the webhook id that PayPal uses for all simulated events', { kind: 'paypal', webhookId: 'WEBHOOK_ID' }],
    ['a webhook id that contains the separator', { kind: 'paypal', webhookId: 'A|B' }],
    ['a header that API Gateway changes', { ...schemes.github, signatures: [header('cookie')] }],
  ])('refuses %s', (_, scheme) => {
    expect(schemeSchema.safeParse(scheme).success).toBe(false);
  });
});
