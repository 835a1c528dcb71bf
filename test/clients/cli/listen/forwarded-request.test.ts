/** What a local program gets of an event, and what follows from its answer. */
import { expect, test } from '@jest/globals';
import { outcomeOf } from '../../../../clients/cli/listen/attempt-result.ts';
import { bodyBytesOf, forwardedRequest, numbered } from '../../../../clients/cli/listen/forwarded-request.ts';
import type { SendResult } from '../../../../clients/cli/listen/send-request.ts';
import { isTooOld, signatureWindowOf } from '../../../../clients/cli/listen/signature-window.ts';
import type { ConnectionView } from '../../../../shared/endpoints/endpoint/connection-view.ts';
import { forwardUrlOf } from '../../../../shared/ground/base/forward-url.ts';
import type { ApiClient } from '../../../../shared/operators/api/api-client.ts';
import { anEvent } from './given-event.ts';

const unnumbered = (more: Parameters<typeof anEvent>[0], url = 'http://localhost:3000/hook') => {
  const event = anEvent(more);
  const to = forwardUrlOf(url);
  if (!to) throw new Error('no URL');
  return forwardedRequest(event, bodyBytesOf(event) ?? Buffer.alloc(0), to);
};

const requestFor = (...given: Parameters<typeof unnumbered>) => {
  const request = unnumbered(...given);
  if (!request) throw new Error('no request');
  return numbered(request, 1);
};

test('has the method, the body and the headers of the sender', () => {
  expect(
    requestFor({
      method: 'PUT',
      body: '{"ö": 1}\n',
      headers: {
        'x-sender': 'shop',
        'content-type': 'application/json',
        host: 'hooks.example.com',
        connection: 'close',
      },
    }),
  ).toEqual({
    url: 'http://localhost:3000/hook',
    method: 'PUT',
    body: Buffer.from('{"ö": 1}\n'),
    headers: {
      'x-sender': 'shop',
      'content-type': 'application/json',
      'hooklatch-event-id': 'evt_1',
      'hooklatch-attempt': '1',
    },
    withheld: [],
  });
});

test.each([
  ['a header', { headers: { authorization: 'REDACTED', 'x-key': 'a-REDACTED' } }, ['authorization', 'x-key'], '/hook'],
  ['the query', { query: 'token=REDACTED&a=1' }, ['?token'], '/hook?a=1'],
  ['the path', { path: 'a/REDACTED' }, ['the last part of the path'], '/hook/a'],
])('withholds a credential in %s, and names it', (_, more, withheld, path) => {
  const request = requestFor(more);
  expect(request).toMatchObject({ url: `http://localhost:3000${path}`, withheld });
  expect(request.headers).toEqual({ 'hooklatch-event-id': 'evt_1', 'hooklatch-attempt': '1' });
});

test.each([
  ['http://localhost:3000/', { path: 'a/b', query: 'x=%20&y' }, 'http://localhost:3000/a/b?x=%20&y'],
  ['http://localhost:3000/hook', { path: 'a//ö;v=1/' }, 'http://localhost:3000/hook/a//%C3%B6;v=1/'],
  ['http://localhost:3000/hook?own=1', { query: 'x=1' }, 'http://localhost:3000/hook?own=1&x=1'],
  ['http://localhost:3000/hook?own=1', {}, 'http://localhost:3000/hook?own=1'],
])('%s gets what the sender appended to the URL', (to, more, url) => {
  expect(requestFor(more, to).url).toBe(url);
});

test.each([
  ['../../admin/users/1'],
  ['..\\..\\admin'],
  ['%2e%2e/%2e%2e/admin'],
  ['a/../../admin'],
  ['../admin/REDACTED'],
])('a path that could lead out of the program’s URL has no request: %j', (path) => {
  expect(unnumbered({ path }, 'http://ada:pw@localhost:3000/hook?own=1')).toBeUndefined();
  expect(unnumbered({ path: 'admin' }, 'http://ada:pw@localhost:3000/hook?own=1')?.url).toBe(
    'http://localhost:3000/hook/admin?own=1',
  );
});

test('the program gets no header about the connection to Hooklatch, however it is written', () => {
  const headers = { 'Content-Length': '9', 'Transfer-Encoding': 'chunked', Host: 'hooks.example.com', 'X-Kept': '1' };
  expect(requestFor({ headers }).headers).toEqual({
    'X-Kept': '1',
    'hooklatch-event-id': 'evt_1',
    'hooklatch-attempt': '1',
  });
});

test('sends the credentials of the program’s URL, and not those of the sender', () => {
  const { url, headers } = requestFor({ headers: { authorization: 'REDACTED' } }, 'http://ada:pw@localhost:3000/');
  expect(url).toBe('http://localhost:3000/');
  expect(headers['authorization']).toBe('Basic YWRhOnB3');
});

test.each([
  [{ body: 'ü\r\n' }, Buffer.from('ü\r\n')],
  [{ bodyBase64: '/wA=' }, Buffer.from([255, 0])],
  [{ bodyWithheld: 'why' }, undefined],
  [{ body: '' }, Buffer.alloc(0)],
])('the bytes of %j', (more, bytes) => {
  const { body: _, ...event } = anEvent({});
  expect(bodyBytesOf({ ...event, ...more })).toEqual(bytes);
});

const answered = (status: number): SendResult => ({ status, retryAfter: undefined });
const silent = (isThere: boolean): SendResult => ({ reason: 'why', isThere });
const unsendable: SendResult = { reason: 'why', isThere: false, isUnsendable: true };

test.each([
  [answered(200), 1, 'delivered'],
  [answered(204), 9, 'delivered'],
  [answered(302), 1, 'refused'],
  [answered(400), 1, 'refused'],
  [answered(410), 1, 'refused'],
  [answered(408), 1, 'retry'],
  [answered(429), 2, 'retry'],
  [answered(429), 3, 'given_up'],
  [answered(500), 1, 'retry'],
  [answered(503), 3, 'given_up'],
  [silent(true), 2, 'retry'],
  [silent(true), 3, 'given_up'],
  [silent(false), 99, 'retry'],
  [unsendable, 1, 'skipped'],
])('%j after %i failed attempts of 3 means %s', (answer, attempts, outcome) => {
  expect(outcomeOf(answer, attempts, 3)).toBe(outcome);
});

/** A client that knows this scheme of the provider of the connection. */
const api = (scheme: object | undefined) => {
  const call = async (_: string, { params }: { params: { id: string } }) => (params.id === 'stripe' ? { scheme } : {});
  return { call } as unknown as ApiClient;
};
const connection = (auth: object) => ({ provider: 'stripe', endpoint: { auth } }) as unknown as ConnectionView;

test.each([
  [{ kind: 'signature', scheme: 'stripe' }, { kind: 'hmac', timestamp: { tolerance: 300 } }, 300],
  [{ kind: 'signature', scheme: 'stripe-v0' }, { kind: 'hmac', timestamp: { tolerance: 300 } }, 300],
  [{ kind: 'both', scheme: { kind: 'contentful', tolerance: 30 } }, undefined, 30],
  [{ kind: 'signature', scheme: 'github' }, { kind: 'hmac' }, undefined],
  [{ kind: 'signature', scheme: 'other' }, undefined, undefined],
  [{ kind: 'token' }, { kind: 'contentful', tolerance: 30 }, undefined],
])('the signature window of %j is that of %j: %s', async (auth, scheme, seconds) => {
  expect(await signatureWindowOf(api(scheme), connection(auth))).toBe(seconds);
});

test.each([
  [300, '2026-03-01T12:05:00.000Z', false],
  [300, '2026-03-01T12:05:00.001Z', true],
  [undefined, '2027-03-01T12:05:00.001Z', false],
])('with a window of %s seconds, an event of 12:00 is too old at %s: %s', (seconds, now, old) => {
  expect(isTooOld('2026-03-01T12:00:00.000Z', seconds, new Date(now))).toBe(old);
});
