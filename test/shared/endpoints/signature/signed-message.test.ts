/** Which bytes of a request are signed. The signatures are from Python's hmac, with the key `a secret`. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { body, hmac, literal, url, value } from '../../../../shared/endpoints/provider/common-schemes.ts';
import type { TemplateScheme } from '../../../../shared/endpoints/signature/scheme.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { accepted, aRequest, refused } from './given-signature.ts';
import { schemes } from './schemes.ts';

const verdictOn = (scheme: Parameters<typeof verifyWithSecrets>[0], request: Partial<Signable>) =>
  verifyWithSecrets(scheme, ['a secret'], aRequest(request));
const signedWith = (signature: string) => ({ headers: { 'x-signature': signature } });

describe('a signed field', () => {
  const scheme = hmac('x-signature', {
    message: [value('/live'), literal('.'), value('/count'), literal('.'), value('/id')],
  });

  test.each([
    // Of `true.17.a` and `false.17.a`.
    ['{"live":true,"count":17,"id":"a"}', 'f8a4bd379808c33fc234deeaab4665245e889ac1227aba48ce045a291550e522'],
    ['{"live":false,"count":17,"id":"a"}', 'bf9d9ece8b623b2fbc33720b555a1c5d0d21a4d39de66d1b323fea6950137dd7'],
  ])('may be a boolean or a whole number: %s', (text, signature) => {
    expect(verdictOn(scheme, { ...signedWith(signature), body: Buffer.from(text) })).toEqual(accepted());
  });

  test.each(['0.5', 'null', '[17]', '{}', '""', '9007199254740993'])('must not be %s', (count) => {
    const text = `{"live":true,"count":${count},"id":"a"}`;
    expect(verdictOn(scheme, { ...signedWith('00'.repeat(32)), body: Buffer.from(text) })).toEqual(
      refused('message_incomplete'),
    );
  });
});

describe('the body as a value', () => {
  const whole = { in: 'body' } as const;

  test('may be the signature', () => {
    const scheme = hmac(whole, { message: [url] });
    // Of the URL.
    const text = 'e469f3f1be5cae4d519954334366af2dd0f1a6da0876f970a6bbd38e0fad1576';
    expect(verdictOn(scheme, { body: Buffer.from(text) })).toEqual(accepted());
    expect(verdictOn(scheme, { body: Buffer.alloc(0) })).toEqual(refused('signature_missing'));
  });

  test('counts as missing if it is empty', () => {
    const scheme = hmac('x-signature', { message: [value(whole), literal('\n'), url] });
    const request = signedWith('00'.repeat(32));
    expect(verdictOn(scheme, { ...request, body: Buffer.from('a') })).toEqual(refused('signature_mismatch'));
    expect(verdictOn(scheme, { ...request, body: Buffer.alloc(0) })).toEqual(refused('message_incomplete'));
  });
});

test.each([
  ['POST', accepted()],
  ['XPOST', refused('message_incomplete')],
  ['POSTX', refused('message_incomplete')],
  ['post', refused('message_incomplete')],
])('a signed method is one of HTTP: %s', (method, verdict) => {
  const scheme: TemplateScheme = hmac('x-signature', { message: [{ part: 'method' }, body] });
  // Of `POST{"id":"evt_1"}`.
  const signature = '338e8afc8b7a6c15d3c92fef2aaf81da5ccb87a87cf2177b74958fe8e3704bda';
  expect(verdictOn(scheme, { ...aRequest(signedWith(signature)), method })).toEqual(verdict);
});

test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
  'every method that an endpoint can accept can be signed: %s',
  (method) => {
    const scheme: TemplateScheme = hmac('x-signature', { message: [{ part: 'method' }, body] });
    const text = '{"id":"evt_1"}';
    const signature = createHmac('sha256', 'a secret').update(`${method}${text}`).digest('hex');
    expect(verdictOn(scheme, { ...signedWith(signature), method, body: Buffer.from(text) })).toEqual(accepted());
  },
);

// A table in the documentation of the v3 signature lists these escapes.
test('in a decoded URL the twelve escapes that HubSpot decodes are decoded, in upper and lower case, and no others', () => {
  const scheme = hmac('x-signature', { message: [{ part: 'url', decoded: true }] });
  const upper = '%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B';
  const others = '%20%22%23%25%26%2B%3C%3D%3E%5B%5D%7E%C3%A4';
  // Of `https://hooks.example.com/hooks/crm/ep_1?a=:/?@!$'()*,;&b=:/?@!$'()*,;&c=`, and the other escapes unchanged.
  const signature = '7a850c4e36a8013fe3d0a68c6199d681278dcede6a3012b1c7c2f38fa060bda9';
  const url = `https://hooks.example.com/hooks/crm/ep_1?a=${upper}&b=${upper.toLowerCase()}&c=${others}`;
  expect(verdictOn(scheme, { ...signedWith(signature), url })).toEqual(accepted());
});

test('a form is sorted by name, and the distinct values of a name are sorted too', () => {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    // Of the URL and `B3a1a2b1b2`.
    'x-twilio-signature': 'nVjLVds2dBhGCE6abNzNOXZFLr8=',
  };
  const text = 'b=2&a=2&b=1&B=3&a=1&b=2';
  expect(verdictOn(schemes.twilio, { headers, body: Buffer.from(text) })).toEqual(accepted());
});

test('at most a hundred signatures are checked', () => {
  // Of `{"id":"evt_1"}`.
  const right = 'TDFlfm4QRBX/sE17UlYGAP3zL9/qAA/HDZ6qY03ZMNc=';
  const wrong = Buffer.alloc(32).toString('base64');
  const request = (last: number) => ({
    headers: Object.fromEntries(
      Array.from({ length: last }, (_, at) => [`x-docusign-signature-${at + 1}`, at === last - 1 ? right : wrong]),
    ),
  });
  expect(verdictOn(schemes.docusign, request(100))).toEqual(accepted());
  expect(verdictOn(schemes.docusign, request(101))).toEqual(refused('signature_malformed'));
});
