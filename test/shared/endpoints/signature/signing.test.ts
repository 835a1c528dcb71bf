/** Signs requests as a sender would. The expected signatures are made with Python's `hmac`. */
import { describe, expect, test } from '@jest/globals';
import { hmac, stripeLike } from '../../../../shared/endpoints/provider/common-schemes.ts';
import type { JwtScheme, Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import { sign, withBodyField } from '../../../../shared/endpoints/signature/signing.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { accepted, aRequest } from './given-signature.ts';
import { schemes } from './schemes.ts';

const secret = 'a secret';
const bodyHmac = '4c31657e6e104415ffb04d7b52560600fdf32fdfea000fc70d9eaa634dd930d7';
const isForm = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a signed request', () => {
  const headersOf = (scheme: Scheme, headers: Record<string, string> = {}) =>
    sign(scheme, secret, aRequest({ headers: { 'content-type': 'application/json', ...headers } }))?.headers;

  test('has its own time and signature in place of those that it had', () => {
    const first = 't=1772366400,v1=796c9b9971826e1cb6278a77153c16d377c6637bfeeec0ef33b58df4b25fd13a';
    expect(headersOf(stripeLike('x-signature'), { 'x-signature': 't=1,v1=00', 'x-signature-id': 'v1=00' })).toEqual({
      'content-type': 'application/json',
      'x-signature': first,
      'x-signature-id': 'v1=00',
    });
    const source = { in: 'header', name: 'x-time', prefix: 't=', separator: ',' } as const;
    const scheme = hmac('x-signature', {
      timestamp: { source, unit: 's' },
      message: [{ part: 'timestamp' }, { part: 'body' }],
    });
    expect(headersOf(scheme, { 'x-time': 't=1', 'x-signature': '00' })).toEqual({
      'content-type': 'application/json',
      'x-time': 't=1772366400',
      'x-signature': '423163624bece4010b07c9f25d0901f11994ac1890704b2903eed3fd014bf38a',
    });
  });

  test('has no second signature in a numbered header', () => {
    const old = { 'x-docusign-signature-1': 'AAAA', 'x-docusign-signature-2': 'BBBB' };
    expect(headersOf(schemes.docusign, { ...old, 'x-docusign-signature': 'kept' })).toEqual({
      'content-type': 'application/json',
      'x-docusign-signature': 'kept',
      'x-docusign-signature-1': 'TDFlfm4QRBX/sE17UlYGAP3zL9/qAA/HDZ6qY03ZMNc=',
    });
  });

  test('keeps its headers if the signature is in the body', () => {
    const scheme = hmac('/signature', { message: [{ part: 'value', source: { in: 'header', name: 'x-id' } }] });
    const signed = sign(scheme, secret, aRequest({ headers: { 'x-id': '{"id":"evt_1"}' } }));
    expect(signed?.headers).toEqual({ 'x-id': '{"id":"evt_1"}' });
    expect(String(signed?.body)).toBe(`{"id":"evt_1","signature":"${bodyHmac}"}`);
  });
});

describe('a signed JWT', () => {
  const scheme: JwtScheme = {
    kind: 'jwt',
    algorithm: 'HS256',
    key: { form: 'utf8' },
    token: { in: 'header', name: 'authorization' },
    tolerance: 60,
  };
  const token =
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3NzIzNjY0MDAsImV4cCI6MTc3MjM2NjcwMH0.Hx-QxZ7D3D3MT1LOHZsfDT8YGeLPMZeLu8_t32RXa2Y';

  test('is valid for five minutes', () => {
    expect(sign(scheme, 'a secret of the sender', aRequest())?.headers['authorization']).toBe(token);
  });

  test('may be the whole body', () => {
    const inBody: JwtScheme = { ...scheme, token: { in: 'body' } };
    const signed = sign(inBody, 'a secret of the sender', aRequest());
    expect(String(signed?.body)).toBe(token);
    expect(verifyWithSecrets(inBody, ['a secret of the sender'], signed ?? aRequest())).toEqual(accepted());
  });
});

describe('a request is not signed', () => {
  const adyen = aRequest({ body: Buffer.from('{"notificationItems":[{"NotificationRequestItem":{}}]}') });
  const jwt: Scheme = {
    kind: 'jwt',
    algorithm: 'HS256',
    key: { form: 'base64' },
    token: { in: 'header', name: 'authorization' },
    tolerance: 60,
  };
  test.each<[string, Scheme, string, ReturnType<typeof aRequest>]>([
    ['a template', schemes.standardWebhooks, 'no base64!', aRequest()],
    ['Adyen', schemes.adyen, 'no hex', adyen],
    ['Contentful', schemes.contentful, '\0', aRequest()],
    ['Twilio', schemes.twilio, '\0', aRequest({ headers: isForm, body: Buffer.from('a=1') })],
    ['a JWT', jwt, 'no base64!', aRequest()],
  ])('if the secret is not in the form of the scheme: %s', (_, scheme, wrong, request) => {
    expect(sign(scheme, wrong, request)).toBeUndefined();
  });

  test.each<[string, Scheme]>([
    ['SNS', schemes.sns],
    ['PayPal', schemes.paypal],
    ['SendGrid', schemes.sendgrid],
  ])('if only the sender has the key: %s', (_, scheme) => {
    expect(sign(scheme, secret, aRequest({ headers: isForm, body: Buffer.from('a=1') }))).toBeUndefined();
  });

  test('if its sender would not send it: JSON of Twilio without a hash, a fraction in a signed field of Adyen', () => {
    expect(sign(schemes.twilio, secret, aRequest())).toBeUndefined();
    const body = Buffer.from('{"notificationItems":[{"NotificationRequestItem":{"amount":{"value":1.5}}}]}');
    expect(sign(schemes.adyen, 'abcd', aRequest({ body }))).toBeUndefined();
  });

  test('if one item of several can not be signed', () => {
    const items = '{"NotificationRequestItem":{"success":1.5}},{"NotificationRequestItem":{}}';
    expect(
      sign(schemes.adyen, 'abcd', aRequest({ body: Buffer.from(`{"notificationItems":[${items}]}`) })),
    ).toBeUndefined();
  });
});

describe('a field of the body is set', () => {
  test.each([
    ['{"a":1}', '/b', '{"a":1,"b":"v"}'],
    ['{"a":1}', '/a', '{"a":"v"}'],
    ['{"a":{"b":1}}', '/a/c', '{"a":{"b":1,"c":"v"}}'],
    ['{"a":"text"}', '/a/b', '{"a":{"b":"v"}}'],
    ['{"a":null}', '/a/b', '{"a":{"b":"v"}}'],
    ['no JSON', '/a', '{"a":"v"}'],
    ['{}', '/a~1b/~01', '{"a/b":{"~1":"v"}}'],
    ['{"a":1}', '/__proto__/b', '{"a":1,"__proto__":{"b":"v"}}'],
    ['[1,2]', '/0', '["v",2]'],
    ['[{"a":1}]', '/0/a', '[{"a":"v"}]'],
    ['[]', '/10', '[null,null,null,null,null,null,null,null,null,null,"v"]'],
    ['[1]', '/a1', '{"0":1,"a1":"v"}'],
    ['[1]', '/1a', '{"0":1,"1a":"v"}'],
    ['[1]', '/10000', '{"0":1,"10000":"v"}'],
  ])('in the JSON %s at %s: %s', (body, pointer, expected) => {
    expect(String(withBodyField(aRequest({ body: Buffer.from(body) }), pointer, 'v').body)).toBe(expected);
  });

  test.each([
    ['a=1&b=2', '/a', 'a=v&b=2'],
    ['a=1', '/b', 'a=1&b=v'],
    ['a=1', '/b~1c', 'a=1&b%2Fc=v'],
    ['payload=%7B%22a%22%3A1%7D', '/payload/id', 'payload=%7B%22a%22%3A1%2C%22id%22%3A%22v%22%7D'],
    ['a=1', '/payload/id', 'a=1&payload=%7B%22id%22%3A%22v%22%7D'],
  ])('in the form %s at %s: %s', (body, pointer, expected) => {
    const request = aRequest({ headers: isForm, body: Buffer.from(body) });
    expect(String(withBodyField(request, pointer, 'v').body)).toBe(expected);
  });

  test.each([
    ['a field', '/a', 'v', 'é'],
    ['a field of the JSON in a field', '/b/c', 'ä', '{"c":"v"}'],
    ['a new field', '/d', 'ä', 'é', 'v'],
  ])('in a multipart form: %s', (_, pointer, ...values) => {
    const part = (name: string, text: string) =>
      `--limit\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
    const headers = { 'content-type': 'multipart/form-data; boundary=limit' };
    const formOf = (a: string, b: string, d?: string) =>
      `${part('a', a)}${part('b', b)}${d === undefined ? '' : part('d', d)}--limit--\r\n`;
    const request = aRequest({ headers, body: Buffer.from(formOf('ä', 'é')) });
    const [a = '', b = '', d] = values;
    expect(String(withBodyField(request, pointer, 'v').body)).toBe(formOf(a, b, d));
  });
});
