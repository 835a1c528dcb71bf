import { expect, test } from '@jest/globals';
import { deliveryRequest, knownHeaders } from '../../../../shared/deliveries/destination/delivery-request.ts';
import type { RequestProof } from '../../../../shared/deliveries/destination/destination-auth.ts';

const at = new Date('2026-03-01T12:00:00.000Z');
const settings = { method: 'PUT' } as const;
const value = {
  url: 'https://shop.example.com/in?key=1',
  headers: {},
  signingSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  previousSigningSecret: 'whsec_AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=',
} as const;
const message = {
  id: 'dlv_1',
  body: Buffer.from('{}'),
  headers: { 'content-type': 'application/json' },
  marks: { 'hooklatch-test': 'true' },
};

const requestWith = (more: object, isInGrace = false, proof: RequestProof = { kind: 'none' }) =>
  deliveryRequest(settings, { ...value, ...more }, message, { proof, at, isInGrace });

test('a request has the method and the URL of its destination, and is signed', () => {
  expect(requestWith({})).toStrictEqual({
    method: 'PUT',
    url: 'https://shop.example.com/in?key=1',
    body: message.body,
    headers: {
      'user-agent': 'Hooklatch',
      'content-type': 'application/json',
      'hooklatch-test': 'true',
      'webhook-id': 'dlv_1',
      'webhook-timestamp': '1772366400',
      'webhook-signature': expect.stringMatching(/^v1,[\w+/]{43}=$/),
    },
  });
});

test('only during a grace, the previous secret signs too', () => {
  const signatures = (more: object, isInGrace: boolean) =>
    requestWith(more, isInGrace).headers['webhook-signature']?.split(' ').length;
  expect([signatures({}, true), signatures({}, false), signatures({ previousSigningSecret: undefined }, true)]).toEqual(
    [2, 1, 1],
  );
});

test.each<[RequestProof, object]>([
  [{ kind: 'bearer', token: 'a token' }, { authorization: 'Bearer a token' }],
  [{ kind: 'basic', username: 'ada', password: 'p:w' }, { authorization: 'Basic YWRhOnA6dw==' }],
  [{ kind: 'header', name: 'x-key', value: 'v' }, { 'x-key': 'v' }],
])('the proof %j is a header', (proof, headers) => {
  expect(requestWith({}, false, proof).headers).toMatchObject(headers);
});

test('a configured header wins over what is usual, the proof over it, and what Hooklatch says over all', () => {
  const headers = { 'user-agent': 'Shop', content_type: 'text/plain', authorization: 'x', 'hooklatch-test': 'no' };
  const found = requestWith({ headers }, false, { kind: 'bearer', token: 't' }).headers;
  expect(found).toMatchObject({
    'user-agent': 'Shop',
    content_type: 'text/plain',
    authorization: 'Bearer t',
    'hooklatch-test': 'true',
  });
  // A receiver may read both names as one.
  expect(found).not.toHaveProperty('content-type');
});

test.each([
  ['none', []],
  ['header', []],
  ['bearer', ['authorization']],
  ['basic', ['authorization']],
  ['oauth2', ['authorization']],
] as const)('without the values of its destination, of credentials by %s only names are known', (authKind, names) => {
  expect(knownHeaders({ headerNames: [], authKind }, message)).toEqual({
    headers: {
      'user-agent': 'Hooklatch',
      'content-type': 'application/json',
      'hooklatch-test': 'true',
      'webhook-id': 'dlv_1',
    },
    hidden: [...names, 'webhook-timestamp', 'webhook-signature'],
  });
});

test('the count of hops is that of the request', () => {
  expect(knownHeaders({ headerNames: [], authKind: 'none' }, { ...message, hops: 2 }).headers).toMatchObject({
    'hooklatch-hops': '3',
  });
});

test('what a header of the destination replaces is not known', () => {
  const headers = { 'User-Agent': 'Shop', x_trace: '1', 'x-other': '2', authorization: 'of the sender' };
  const known = knownHeaders({ headerNames: ['X-Trace'], authKind: 'bearer' }, { ...message, headers });
  expect(known).toEqual({
    headers: { 'User-Agent': 'Shop', 'x-other': '2', 'hooklatch-test': 'true', 'webhook-id': 'dlv_1' },
    hidden: ['X-Trace', 'authorization', 'webhook-timestamp', 'webhook-signature'],
  });
});

test('a request has the headers that are known without its values, and no others but those that are named', () => {
  const destination = { headerNames: ['X-Trace'], authKind: 'bearer' as const };
  const sent = requestWith({ headers: { 'X-Trace': 'a' } }, false, { kind: 'bearer', token: 'not-real' }).headers;
  const { headers, hidden } = knownHeaders(destination, message);
  expect(Object.keys(sent).toSorted()).toEqual([...Object.keys(headers), ...hidden].toSorted());
  expect(sent).toMatchObject(headers);
});
