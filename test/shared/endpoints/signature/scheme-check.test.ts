import { describe, expect, test } from '@jest/globals';
import {
  body,
  header,
  hmac,
  literal,
  timestamp,
  url,
  value,
} from '../../../../shared/endpoints/provider/common-schemes.ts';
import { coversBody } from '../../../../shared/endpoints/signature/body-cover.ts';
import { needsSecret } from '../../../../shared/endpoints/signature/certificate-scheme.ts';
import { type Scheme, schemeSchema } from '../../../../shared/endpoints/signature/scheme.ts';
import { checkScheme, keyFormOf } from '../../../../shared/endpoints/signature/scheme-check.ts';
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
const secret = { part: 'secret' } as const;
const unsignedTime = { source: header('x-time'), unit: 's', tolerance: 300 } as const;

describe('the check of a scheme', () => {
  test.each([
    ['an HMAC over the body', schemes.github],
    ['a digest that ends with the secret', schemes.cloudinary],
    ['a public key, which cannot sign a sample', schemes.discord],
  ])('finds nothing to say about %s', (_, scheme) => {
    expect(checkScheme(scheme)).toEqual([]);
  });

  test.each(Object.entries<Scheme>(schemes))('finds no error in the scheme %s', (_, scheme) => {
    expect(errorsOf(scheme)).toBe('');
  });

  test.each<[string, Scheme, string]>([
    [
      'signs nothing of the request',
      hmac(signatures, { message: [literal('hello')] }),
      'one signature is valid for every request',
    ],
    [
      'signs only what does not change',
      hmac(signatures, { message: [{ part: 'method' }, literal('hello'), secret] }),
      'one signature is valid for every request',
    ],
    ['signs a time without saying where it is', hmac(signatures, { message: [timestamp, body] }), 'where it is'],
    [
      'signs a time after an id without saying where it is',
      hmac(signatures, { message: [value('x-id'), timestamp, body] }),
      'where it is',
    ],
    ['checks a time that is not signed', hmac(signatures, { timestamp: unsignedTime }), 'not signed'],
    [
      'checks a time in a body that is not signed',
      hmac(signatures, {
        message: [value('/id')],
        timestamp: { source: { in: 'body', path: '/time' }, unit: 's', tolerance: 300 },
      }),
      'not signed',
    ],
    ['has its signature in the signed body', hmac(['/signature']), 'cannot cover the whole body'],
    [
      'has one of its signatures in the signed body',
      hmac(['x-signature', '/signature']),
      'cannot cover the whole body',
    ],
    [
      'has its signature in a body whose checksum it signs',
      hmac(['/signature'], { message: [{ part: 'bodyCrc32' }] }),
      'cannot cover the whole body',
    ],
    ['makes a digest that anybody can make', digest([body]), 'Anybody can make a digest'],
    ['uses a public key as a secret', { ...schemes.discord, message: [body, secret] }, 'A public key is not secret'],
    ['writes an RSA key as raw bytes', { ...schemes.discord, algorithm: 'rsa-sha256' }, 'Use pem or spki'],
    [
      'signs the header with its own signature',
      hmac(signatures, { message: [value(header('x-signature')), literal('.'), body] }),
      'was rejected',
    ],
    [
      'signs a value beside the only field of a form',
      hmac(signatures, { message: [value('/id'), literal('.'), { part: 'sortedForm', only: 'payload' }] }),
      'could not be signed',
    ],
    [
      'separates the URL by a text that is in every URL',
      hmac(signatures, { message: [url, literal('/hooks'), body] }),
      'could not be signed',
    ],
  ])('says what to change in a scheme that %s', (_, scheme, says) => {
    expect(errorsOf(scheme)).toContain(says);
  });

  test.each<[string, Scheme, string]>([
    ['leaves the body out', schemes.dropboxSign, 'does not cover the whole body'],
    ['begins a digest with the secret', schemes.hubspot1, 'can extend it'],
    ['ends a digest with a text', digest([body, secret, literal('.')]), 'can extend it'],
  ])('warns of a scheme that %s', (_, scheme, says) => {
    expect(
      checkScheme(scheme)
        .map(({ message }) => message)
        .join('\n'),
    ).toContain(says);
  });

  const messagesOf = (scheme: Scheme) => checkScheme(scheme).map(({ severity, message }) => `${severity}: ${message}`);

  test('tries a sample only of a scheme without errors', () => {
    expect(messagesOf(hmac(['/signature']))).toEqual([expect.stringMatching(/^error: .* cannot cover the whole body/)]);
  });

  test('tries a sample of a scheme with a warning', () => {
    const scheme = hmac(signatures, { message: [value('x-signature'), literal('\n'), url] });
    expect(messagesOf(scheme)).toEqual([
      expect.stringMatching(/^warning: .* does not cover the whole body/),
      'error: A sample signed by this scheme was rejected: signature_mismatch.',
    ]);
  });

  test.each<[string, Scheme, ReturnType<typeof keyFormOf>]>([
    ['an HMAC', schemes.standardWebhooks, { form: 'base64', prefix: 'whsec_' }],
    ['a digest', { ...schemes.cloudinary, key: { form: 'hex' } }, { form: 'hex' }],
    ['a JWT with a shared secret', { ...schemes.monday, key: { form: 'base64' } }, { form: 'base64' }],
    [
      'a JWT with a public key',
      { kind: 'jwt', algorithm: 'RS256', key: { form: 'pem' }, token: { in: 'body' }, tolerance: 60 },
      undefined,
    ],
    ['a public key', schemes.discord, undefined],
    ['Adyen', schemes.adyen, { form: 'hex' }],
    ['Twilio', schemes.twilio, { form: 'utf8' }],
    ['Contentful', schemes.contentful, { form: 'utf8' }],
    ['SNS, which has a certificate', schemes.sns, undefined],
    ['PayPal, which has a certificate', schemes.paypal, undefined],
  ])('says in which form the secret is of %s', (_, scheme, form) => {
    expect(keyFormOf(scheme)).toEqual(form);
  });

  test.each<[string, Scheme, boolean]>([
    ['the body', schemes.github, true],
    ['the checksum of the body', hmac(signatures, { message: [{ part: 'bodyCrc32' }] }), false],
    ['the form in the body', schemes.mandrill, true],
    ['some fields of the body', schemes.dropboxSign, false],
    ['a JWT in a header', schemes.monday, false],
    ['a JWT that is the whole body', { ...schemes.monday, token: { in: 'body' } }, true],
    ['a JWT in a field of the body', { ...schemes.monday, token: { in: 'body', path: '/token' } }, false],
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
