/** What an arrival says that Hooklatch sends itself, before its token and its signature. */
import { describe, expect, test } from '@jest/globals';
import { provenArrival } from '../../../../shared/events/arrival/proven-arrival.ts';
import {
  givenBody,
  recordedContent,
  type SampleTarget,
  senderSample,
  typeFault,
} from '../../../../shared/events/arrival/sample-content.ts';

const url = 'https://hooks.example.com/hooks/orders/e1';
const target: SampleTarget = {
  preset: { kind: 'token', type: [{ in: 'header', name: 'x-event' }] },
  scheme: undefined,
  dedupe: { by: 'header', name: 'x-id' },
  type: null,
  url,
  id: 'id-1',
  now: new Date('2026-03-01T12:00:00.000Z'),
};
const inBody: Partial<SampleTarget> = {
  preset: { kind: 'token', type: [{ in: 'body', path: '/type' }] },
  dedupe: { by: 'body', path: '/id' },
};

const shown = ({ body, now: _, ...request }: ReturnType<typeof recorded>) => ({ ...request, body: String(body) });

const event = { method: 'PUT', headers: { 'X-Shop': 'berlin' }, path: 'in/berlin', query: 'a=1&b=2' };
const recorded = (more: object = {}, body = '{ "id": 7 }', at: Partial<SampleTarget> = {}) =>
  recordedContent({ ...event, ...more }, Buffer.from(body))({ ...target, ...at });

describe('a recorded event', () => {
  test('has its method, path, query, headers and bytes, and a new id in its header', () => {
    expect(shown(recorded())).toEqual({
      method: 'PUT',
      url: `${url}/in/berlin?a=1&b=2`,
      headers: { 'x-shop': 'berlin', 'x-id': 'id-1' },
      body: '{ "id": 7 }',
    });
  });

  test('keeps an id in its body', () => {
    expect(shown(recorded({}, '{ "id": 7 }', inBody))).toMatchObject({
      headers: { 'x-shop': 'berlin' },
      body: '{ "id": 7 }',
    });
  });

  test('has nothing that was redacted, that the way added, or that HTTP has no form for', () => {
    const headers = {
      authorization: 'REDACTED',
      'x-key': 'a REDACTED part',
      host: 'hooks.example.com',
      'content-length': '11',
      'x-forwarded-for': '192.0.2.1',
      'x-amzn-trace-id': 'Root=1',
      'cloudfront-viewer-address': '192.0.2.1:1',
      via: '2.0 cloudfront',
      'hooklatch-hops': '2',
      'x bad': '1',
      'x-bad': 'a\nb',
      'x-amz-cf-id': 'abc',
      'user-agent': 'Shop/1',
      'x-sent-via': 'berlin',
      'via-shop': 'berlin',
    };
    const request = recorded({ headers, path: 'in/REDACTED', query: 'token=REDACTED&a=1' });
    expect(request.headers).toEqual({
      'user-agent': 'Shop/1',
      'x-sent-via': 'berlin',
      'via-shop': 'berlin',
      'x-id': 'id-1',
    });
    expect(request.url).toBe(`${url}/in?a=1`);
  });

  test('can not lead out of the URL', () => {
    for (const path of ['../../admin', 'a/%2e%2e/b', '..;/x']) expect(recorded({ path, query: '' }).url).toBe(url);
  });

  test.each([
    [{ in: 'query', name: 'token' }, `${url}/in/berlin?a=1&b=2&token=a%2Ftoken`],
    [{ in: 'path' }, `${url}/in/berlin/a%2Ftoken?a=1&b=2`],
  ] as const)('carries the live token at its place: %j', (placement, expected) => {
    const auth = { kind: 'token', accept: [placement] } as const;
    const { request } = provenArrival(recorded(), { auth, scheme: undefined, value: { token: 'a/token' } });
    expect(request.url).toBe(expected);
  });
});

describe('a sample of the sender', () => {
  const sample = { headers: { 'content-type': 'application/json', 'x-event': 'paid' }, body: { id: 'old', n: 1 } };

  test('has a new id and another type, and the rest of the sample', () => {
    expect(shown(senderSample(sample, 'refunded')(target))).toEqual({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Hooklatch-Send',
        'x-event': 'refunded',
        'x-id': 'id-1',
      },
      body: '{"id":"old","n":1}',
    });
    expect(shown(senderSample(sample, 'refunded')({ ...target, ...inBody })).body).toBe(
      '{"id":"id-1","n":1,"type":"refunded"}',
    );
  });

  test('has its type where the settings say that it is read', () => {
    const at = { ...target, type: { in: 'body', path: '/kind' } } as const;
    expect(shown(senderSample(sample, 'refunded')(at))).toMatchObject({
      headers: { 'x-event': 'paid' },
      body: '{"id":"old","n":1,"kind":"refunded"}',
    });
  });

  test('is JSON unless it says something else, and has no id if none is looked for', () => {
    expect(shown(senderSample({ headers: {}, body: {} })({ ...target, dedupe: { by: 'none' } })).headers).toEqual({
      'content-type': 'application/json',
      'user-agent': 'Hooklatch-Send',
    });
  });

  test('that is a text goes as it is', () => {
    const text = { headers: { 'content-type': 'text/plain' }, body: 'hello' };
    expect(shown(senderSample(text)({ ...target, dedupe: { by: 'content' } }))).toMatchObject({
      headers: { 'content-type': 'text/plain' },
      body: 'hello',
    });
  });
});

test('a body goes as it is, with a type in a header', () => {
  const bytes = Buffer.from([0, 255, 10]);
  expect(givenBody(bytes, 'application/octet-stream', 'paid')(target)).toMatchObject({
    headers: { 'content-type': 'application/octet-stream', 'x-event': 'paid', 'x-id': 'id-1' },
    body: bytes,
  });
});

test.each([
  [target, false, undefined],
  [target, true, undefined],
  [{ ...target, ...inBody }, false, undefined],
  [{ ...target, ...inBody }, true, 'is read in the body here, which is sent as it is; write it there'],
  [
    { ...target, preset: { kind: 'token' } as const },
    false,
    "can't be sent, because no type is read from deliveries of this sender; leave it out",
  ],
])('a type can be sent where it is read, and never changes a body that is given', (at, isBodyGiven, fault) => {
  expect(typeFault(at, isBodyGiven)).toBe(fault);
});
