import { describe, expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import {
  destinationChangeSchema,
  newDestinationSchema,
} from '../../../../shared/deliveries/destination/destination-request.ts';
import { parse } from '../../../../shared/ground/base/parse.ts';
import { Refusal } from '../../../../shared/ground/base/refusal.ts';
import { validationMessage } from '../../../../shared/ground/base/validation-message.ts';

z.config({ localeError: validationMessage });

const shop = { name: 'shop', url: 'https://shop.example.com/in' };

function textOf(body: object): string | undefined {
  try {
    parse(newDestinationSchema, body, 'body');
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

test('a new destination needs a name and a URL, and has a default for all else', () => {
  expect(parse(newDestinationSchema, shop, 'body')).toEqual({
    ...shop,
    description: '',
    method: 'POST',
    headers: {},
    auth: { kind: 'none' },
    timeoutSeconds: 15,
    giveUpAfterHours: 72,
  });
  expect(textOf({ url: shop.url })).toMatch(/^name in the body is missing/);
  expect(textOf({ name: 'shop' })).toMatch(/^url in the body is missing/);
});

test('an edit may name nothing, and puts no default back', () => {
  expect(parse(destinationChangeSchema, {}, 'body')).toEqual({});
});

describe('a URL', () => {
  test.each([
    ['http://127.0.0.1:8080/in', undefined],
    ['https://[2001:db8::1]/in?a=b', undefined],
    [`https://shop.example.com/${'x'.repeat(2023)}`, undefined],
    [`https://shop.example.com/${'x'.repeat(2024)}`, /^url in the body must have at most 2048 characters/],
    ['shop.example.com', /^url in the body must be a URL, such as/],
    ['https://shop.example.com/a b', /^url in the body must be a URL, such as/],
    ['https://ada@shop.example.com/', /must have no user name or password\. Send them as auth/],
    ['https://:secret-1@shop.example.com/', /must have no user name or password\. Send them as auth/],
    ['https://shop.example.com/#in', /must have no fragment/],
    ['https://shop.example.com/#', /must have no fragment/],
  ])('%s is taken or not', (url, expected) => {
    const text = textOf({ ...shop, url });
    expect(expected === undefined ? text : [text?.match(expected)?.length, text?.includes('secret-1')]).toEqual(
      expected && [1, false],
    );
  });
});

describe('a header', () => {
  test.each([
    'Host',
    ...['keep-alive', 'proxy-authenticate', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect'],
    'content-length',
    'Connection',
    'Transfer-Encoding',
    'proxy-authorization',
    'accept-encoding',
    'webhook-id',
    'Webhook_Signature',
    'hooklatch-event',
    'HOOKLATCH_TEST',
  ])('%s is not for operators', (name) => {
    expect(textOf({ ...shop, headers: { [name]: 'v' } })).toMatch(
      /cannot be used: the connection or Hooklatch sets this header/,
    );
  });

  test.each([
    ['', false],
    ['a', true],
    ['a b', true],
    [' a', false],
    ['a ', false],
    ['a\nb: c', false],
    ['\u00e9', false],
    ['x'.repeat(1024), true],
    ['x'.repeat(1025), false],
  ])('may have the value %j or not', (value, isTaken) => {
    expect(textOf({ ...shop, headers: { 'x-key': value } }) === undefined).toBe(isTaken);
  });

  test.each(['', 'x key', 'x-key\n', '\u00e9x', 'x\u00e9', 'x'.repeat(65)])('can not have the name %j', (name) => {
    expect(textOf({ ...shop, headers: { [name]: 'v' } })).toMatch(/must be the name of an HTTP header/);
  });

  test('is stored in lower case', () => {
    expect(parse(newDestinationSchema, { ...shop, headers: { 'X-Key': 'V' } }, 'body').headers).toEqual({
      'x-key': 'V',
    });
  });

  test('is there once, in whichever form', () => {
    expect(textOf({ ...shop, headers: { 'x-key': '1', x_key: '2' } })).toMatch(/must not name a header twice/);
  });

  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-${at}`, 'v']));
  test('is one of at most 16', () => {
    expect(textOf({ ...shop, headers: many(16) })).toBeUndefined();
    expect(textOf({ ...shop, headers: many(17) })).toMatch(/headers in the body can be at most 16/);
  });
});

describe('a proof', () => {
  test.each([
    [{ kind: 'none' }, true],
    [{ kind: 'bearer', token: 't' }, true],
    [{ kind: 'bearer' }, false],
    [{ kind: 'bearer', token: 'a\nb' }, false],
    [{ kind: 'basic', username: 'ada', password: 'p' }, true],
    [{ kind: 'basic', username: '', password: 'p' }, true],
    [{ kind: 'basic', username: 'a:b', password: 'p' }, false],
    [{ kind: 'basic', username: 'x'.repeat(257), password: 'p' }, false],
    [{ kind: 'header', name: 'X-Key', value: 'v' }, true],
    [{ kind: 'header', name: 'webhook-id', value: 'v' }, false],
    [{ kind: 'oauth2', tokenUrl: 'https://id.example.com/token', clientId: 'c', clientSecret: 's' }, true],
    [{ kind: 'oauth2', tokenUrl: 'https://id.example.com/token', clientId: 'c' }, false],
    [{ kind: 'oauth2', tokenUrl: 'id.example.com/token', clientId: 'c', clientSecret: 's' }, false],
    [{ kind: 'oauth2', tokenUrl: 'https://id.example.com/token', clientId: '', clientSecret: 's' }, false],
    [{ kind: 'oauth2', tokenUrl: 'https://id.example.com/token', clientId: 'x'.repeat(257), clientSecret: 's' }, false],
    [{ kind: 'oauth2', tokenUrl: 'https://id.example.com/token', clientId: 'c\n', clientSecret: 's' }, false],
    [{ kind: 'none', token: 't' }, false],
    [{ kind: 'digest' }, false],
  ])('%j is taken or not', (auth, isTaken) => {
    expect(textOf({ ...shop, auth }) === undefined).toBe(isTaken);
  });
});

test('OAuth 2 credentials are sent as Basic, unless the body is asked for', () => {
  const auth = { kind: 'oauth2', tokenUrl: 'https://id.example.com/token', clientId: 'c', clientSecret: 's' };
  const parsed = (more: object) => parse(newDestinationSchema, { ...shop, auth: { ...auth, ...more } }, 'body').auth;
  expect(parsed({})).toEqual({ ...auth, clientAuthentication: 'basic' });
  expect(parsed({ clientAuthentication: 'body', scope: 'a b' })).toEqual({
    ...auth,
    clientAuthentication: 'body',
    scope: 'a b',
  });
  expect(textOf({ ...shop, auth: { ...auth, clientAuthentication: 'header' } })).toMatch(
    /must be one of "basic", "body"/,
  );
});

test.each([
  [0, false],
  [1, true],
  [30, true],
  [31, false],
  [1.5, false],
])('%d seconds for an answer are taken or not', (timeoutSeconds, isTaken) => {
  expect(textOf({ ...shop, timeoutSeconds }) === undefined).toBe(isTaken);
});

const noRate =
  ' in the body must be {"perSecond": n} with n from 1 to 1000, or {"perMinute": n} with n from 1 to 60000.';
test.each([
  [{ perSecond: 1 }, undefined],
  [{ perSecond: 1000 }, undefined],
  [{ perMinute: 1 }, undefined],
  [{ perMinute: 60_000 }, undefined],
  [{ perSecond: 0 }, '.perSecond in the body must be at least 1.'],
  [{ perSecond: 1001 }, '.perSecond in the body must be at most 1000.'],
  [{ perSecond: 1.5 }, noRate],
  [{ perMinute: 0 }, '.perMinute in the body must be at least 1.'],
  [{ perMinute: 60_001 }, '.perMinute in the body must be at most 60000.'],
  [{ perMinute: 1.5 }, noRate],
  [{ perSecond: 1, perMinute: 60 }, noRate],
  [{ perSeconds: 1 }, noRate],
  [{}, noRate],
  [5, noRate],
])('the rate %j is taken or not', (rate, text) => {
  expect(textOf({ ...shop, rate })).toBe(text && `rate${text}`);
});

test.each([
  ['concurrency', 0, false],
  ['concurrency', 1, true],
  ['concurrency', 100, true],
  ['concurrency', 101, false],
  ['concurrency', 1.5, false],
  ['giveUpAfterHours', 0, false],
  ['giveUpAfterHours', 1, true],
  ['giveUpAfterHours', 720, true],
  ['giveUpAfterHours', 721, false],
  ['giveUpAfterHours', 1.5, false],
])('%s may be %d: %s', (field, value, isTaken) => {
  expect(textOf({ ...shop, [field]: value }) === undefined).toBe(isTaken);
});

const repeats = 'schedule in the body must end with a wait of at least 300 seconds, because the last one repeats.';
test.each([
  [[300], undefined],
  [[5, 43_200], undefined],
  [Array(20).fill(300), undefined],
  [[], 'schedule in the body must have at least 1 item.'],
  [Array(21).fill(300), 'schedule in the body must have at most 20 items.'],
  [[4, 300], 'schedule.0 in the body must be at least 5.'],
  [[300, 43_201], 'schedule.1 in the body must be at most 43200.'],
  [[5.5, 300], 'schedule.0 in the body must be a whole number, and is a number.'],
  [[300, 299], repeats],
  [[5], repeats],
])('the schedule %j is taken or not', (schedule, text) => {
  expect(textOf({ ...shop, schedule })).toBe(text);
});

const noStatus = 'retryOn.0 in the body must be a status from 300, such as 503, or one of 3xx, 4xx and 5xx.';
test.each([
  [[], 'retryOn in the body must have at least 1 item.'],
  [['503', '5xx', '429', '300', '599', '3xx', '4xx'], undefined],
  [Array(20).fill('500'), undefined],
  [Array(21).fill('500'), 'retryOn in the body must have at most 20 items.'],
  [['410'], 'retryOn.0 in the body cannot be 410, which always ends a delivery.'],
  [['200'], noStatus],
  [['2xx'], noStatus],
  [['600'], noStatus],
  [['5XX'], noStatus],
  [['5x'], noStatus],
  [['5000'], noStatus],
  [['x500'], noStatus],
])('retryOn %j is taken or not', (retryOn, text) => {
  expect(textOf({ ...shop, retryOn })).toBe(text);
});

const ofOthers = 'of its sender alone';
const notForwarded = (at: number) =>
  `forwardHeaders.${at} in the body cannot be forwarded: the connection or Hooklatch sets this header, or it is ${ofOthers}.`;
test.each([
  [['x-hub-signature-256', 'x-forwarded-for', 'svix-id', 'x_proof', 'paypal-transmission-id', 'via'], undefined],
  [Array.from({ length: 20 }, (_, at) => `x-${at}`), undefined],
  [[], 'forwardHeaders in the body must have at least 1 item.'],
  [Array.from({ length: 21 }, (_, at) => `x-${at}`), 'forwardHeaders in the body must have at most 20 items.'],
  [['X-Shop'], 'forwardHeaders.0 in the body must be the name of an HTTP header, in lower case.'],
  [['x shop'], 'forwardHeaders.0 in the body must be the name of an HTTP header, in lower case.'],
  [['x-a', 'x_a'], 'forwardHeaders in the body must not name a header twice, also not with _ in place of -.'],
  // Of the connection.
  [['x-a', 'host'], notForwarded(1)],
  [['transfer_encoding'], notForwarded(0)],
  [['content-length'], notForwarded(0)],
  // Ours.
  [['webhook-signature'], notForwarded(0)],
  [['webhook_id'], notForwarded(0)],
  [['hooklatch-event'], notForwarded(0)],
  // Redacted in each event.
  [['authorization'], notForwarded(0)],
  [['proxy-authorization'], notForwarded(0)],
  [['cookie'], notForwarded(0)],
  // Of the bytes.
  [['content-type'], notForwarded(0)],
  [['content-encoding'], notForwarded(0)],
  [['digest'], notForwarded(0)],
])('forwardHeaders %j is taken or not', (forwardHeaders, text) => {
  expect(textOf({ ...shop, forwardHeaders })).toBe(text);
});

test('what can be removed may be null', () => {
  const none = { rate: null, concurrency: null, schedule: null, retryOn: null, forwardHeaders: null };
  expect(parse(destinationChangeSchema, none, 'body')).toEqual(none);
  expect(parse(newDestinationSchema, { ...shop, ...none }, 'body')).toMatchObject(none);
});

test('only methods with a body are taken', () => {
  const taken = ['POST', 'PUT', 'PATCH', 'GET', 'DELETE', 'post'].filter(
    (method) => textOf({ ...shop, method }) === undefined,
  );
  expect(taken).toEqual(['POST', 'PUT', 'PATCH']);
});
