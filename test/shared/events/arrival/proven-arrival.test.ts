import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Placement } from '../../../../shared/endpoints/credential/token-placement.ts';
import type { Dedupe } from '../../../../shared/endpoints/settings/settings.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import { type Proof, provenArrival } from '../../../../shared/events/arrival/proven-arrival.ts';
import { plainSample, type SampleTarget } from '../../../../shared/events/arrival/sample-content.ts';

const url = 'https://hooks.example.com/hooks/orders/e1';
const token = 'a token: /ä';
const now = new Date('2026-03-01T12:00:00.000Z');
const generic: SampleTarget & Proof = {
  preset: { kind: 'token' },
  auth: { kind: 'token', accept: [] },
  scheme: undefined,
  dedupe: { by: 'none' },
  type: null,
  url,
  value: { token },
  id: 'id-1',
  now,
};
const sampleOf = (more: Partial<SampleTarget & Proof>) => {
  const made = { ...generic, ...more };
  const { request, unsigned } = provenArrival(plainSample(made), made);
  return { ...request, body: request.body.toString(), unsigned };
};
const accepting = (...accept: Placement[]) => sampleOf({ auth: { kind: 'token', accept } });

const headers = { 'content-type': 'application/json', 'user-agent': 'Hooklatch-Test' };
const body = '{"id":"id-1","type":"hooklatch.test"}';

describe('the delivery of a self-test', () => {
  test('has an id and a type, and says who sent it', () => {
    expect(sampleOf({})).toEqual({ method: 'POST', url, headers, body, now, unsigned: false });
  });

  test.each<[Placement, object]>([
    [{ in: 'query', name: 'a key' }, { url: `${url}?a%20key=a%20token%3A%20%2F%C3%A4` }],
    [{ in: 'path' }, { url: `${url}/a%20token%3A%20%2F%C3%A4` }],
    [{ in: 'header', name: 'x-token' }, { headers: { ...headers, 'x-token': token } }],
    [
      { in: 'header', name: 'authorization', scheme: 'Bearer' },
      { headers: { ...headers, authorization: `Bearer ${token}` } },
    ],
    // The base64 of `hook:a token: /ä`, computed with Python.
    [{ in: 'basic', username: 'hook' }, { headers: { ...headers, authorization: 'Basic aG9vazphIHRva2VuOiAvw6Q=' } }],
    [{ in: 'body', path: '/auth/token' }, { body: `${body.slice(0, -1)},"auth":{"token":"${token}"}}` }],
  ])('has its token at the first accepted placement: %j', (placement, expected) => {
    expect(accepting(placement, { in: 'query', name: 'other' })).toMatchObject({ url, headers, body, ...expected });
  });

  test.each<[Dedupe, object]>([
    [{ by: 'none' }, { headers, body }],
    [
      { by: 'header', name: 'x-id' },
      { headers: { ...headers, 'x-id': 'id-1' }, body: '{"type":"hooklatch.test"}' },
    ],
    [
      { by: 'body', path: '/event/id' },
      { headers, body: '{"event":{"id":"id-1"},"type":"hooklatch.test"}' },
    ],
  ])('has its id where the endpoint looks for it: %j', (dedupe, expected) => {
    expect(sampleOf({ dedupe })).toMatchObject(expected);
  });

  test('has its type at the first place where the sender writes it', () => {
    const inHeader = { in: 'header', name: 'x-event' } as const;
    const inBody = { in: 'body', path: '/event' } as const;
    expect(sampleOf({ preset: { kind: 'token', type: [inHeader, inBody] } })).toMatchObject({
      headers: { ...headers, 'x-event': 'hooklatch.test' },
      body: '{"id":"id-1"}',
    });
    expect(sampleOf({ preset: { kind: 'token', type: [inBody] } }).body).toBe('{"id":"id-1","event":"hooklatch.test"}');
  });
});

describe('the signature of a self-test', () => {
  const hmac: Scheme = {
    kind: 'hmac',
    algorithm: 'sha256',
    key: { form: 'utf8' },
    encoding: 'hex',
    signatures: [{ in: 'header', name: 'x-signature' }],
    message: [{ part: 'body' }],
  };
  const signed = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');

  test('is made with the value, or with the signing secret if there are two values', () => {
    const auth = { kind: 'both', accept: [{ in: 'query', name: 'token' }], scheme: hmac } as const;
    const one = sampleOf({ scheme: hmac });
    expect(one).toMatchObject({ headers: { 'x-signature': signed(token, body) }, unsigned: false });
    const two = sampleOf({ auth, scheme: hmac, value: { token: 'a-token', signingSecret: 'a signing secret' } });
    expect(two.url).toBe(`${url}?token=a-token`);
    expect(two.headers).toMatchObject({ 'x-signature': signed('a signing secret', body) });
  });

  test('is missing if only the sender has the key', () => {
    const publicKey: Scheme = { ...hmac, kind: 'publicKey', algorithm: 'ed25519', key: { form: 'rawHex' } };
    expect(sampleOf({ scheme: publicKey })).toMatchObject({ body, headers, unsigned: true });
    expect(sampleOf({ scheme: { kind: 'paypal', webhookId: 'W1' }, value: undefined })).toMatchObject({
      unsigned: true,
    });
  });

  test('covers a form if the sender sends forms', () => {
    const form: Scheme = { ...hmac, message: [{ part: 'sortedForm' }, { part: 'url' }] };
    const sample = sampleOf({ scheme: form });
    expect(sample.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(sample.body))).toEqual({ id: 'id-1', type: 'hooklatch.test' });
  });

  test.each([
    ['id', undefined],
    ['_id', { items: '/events', id: '/_id' }],
  ])('covers the only field of a form, a list whose item has its id as %s', (name, batch) => {
    const form: Scheme = { ...hmac, message: [{ part: 'url' }, { part: 'sortedForm', only: 'events' }] };
    const sample = sampleOf({ scheme: form, preset: { kind: 'signature', ...(batch && { batch }) } });
    expect(Object.fromEntries(new URLSearchParams(sample.body))).toEqual({ events: `[{"${name}":"id-1"}]` });
    expect(sample.unsigned).toBe(false);
  });

  test('of Adyen is in the only item of its body', () => {
    // Adyen shows its key as hex.
    const { body: text, unsigned } = sampleOf({
      scheme: { kind: 'adyen' },
      value: { token: '00112233445566778899AABBCCDDEEFF' },
    });
    expect(unsigned).toBe(false);
    expect(JSON.parse(text)).toMatchObject({
      notificationItems: [{ NotificationRequestItem: { eventCode: 'hooklatch.test', success: 'true' } }],
    });
  });
});
