import { describe, expect, test } from '@jest/globals';
import {
  credentialsIn,
  credentialsInBody,
  isPlausible,
  type Placement,
  placementName,
  placementSchema,
  whyCannotCarry,
} from '../../../../shared/endpoints/credential/token-placement.ts';

describe('a body', () => {
  const accept: Placement[] = [{ in: 'body', path: '/auth/a~1b~0c' }];
  const form: Placement[] = [{ in: 'body', path: '/token' }];
  const inBody = (body: string, contentType = 'application/json', placement = accept) =>
    credentialsInBody(placement, Buffer.from(body), contentType);

  test('presents the string at its pointer', () => {
    const place = 'body /auth/a~1b~0c';
    expect(inBody('{"auth":{"a/b~c":"secret"}}')).toEqual([{ in: 'body', place, value: 'secret' }]);
    expect(inBody('token=a+b%26', 'application/x-www-form-urlencoded; charset=utf-8', form)).toEqual([
      { in: 'body', place: 'body /token', value: 'a b&' },
    ]);
  });

  test('presents a credential for each of its pointers', () => {
    expect(inBody('{"token":"a","auth":{"a/b~c":"b"}}', 'application/json', [...form, ...accept])).toEqual([
      { in: 'body', place: 'body /token', value: 'a' },
      { in: 'body', place: 'body /auth/a~1b~0c', value: 'b' },
    ]);
  });

  test.each(['{"auth":{"a/b~c":7}}', '{"auth":{"a/b~c":null}}', '{"auth":{"a/b~c":{}}}'])(
    '%s presents an invalid credential',
    (body) => expect(inBody(body)).toMatchObject([{ in: 'body', value: null }]),
  );

  test('with a duplicate form field presents an invalid credential', () => {
    const presented = inBody('token=one&token=two', 'application/x-www-form-urlencoded', form);
    expect(presented).toMatchObject([{ in: 'body', value: null }]);
  });

  test.each(['', '{', 'null', '[]', '{"auth":"a/b~c"}', '{"auth":{}}', '"auth"'])('%j presents nothing', (body) =>
    expect(inBody(body)).toEqual([]),
  );

  test('presents nothing for an inherited property', () => {
    expect(inBody('{}', 'application/json', [{ in: 'body', path: '/constructor/name' }])).toEqual([]);
  });
});

test.each([
  { in: 'query', name: '' },
  { in: 'header', name: 'cookie' },
  { in: 'header', name: 'Host' },
  { in: 'header', name: 'a b' },
  { in: 'header', name: 'x', scheme: 'two words' },
  { in: 'basic', username: 'a:b' },
  { in: 'body', path: 'token' },
  { in: 'body', path: '/a~2' },
  { in: 'path', name: 'x' },
  { in: 'cookie', name: 'x' },
])('%j is not a placement', (placement) => {
  expect(placementSchema.safeParse(placement).success).toBe(false);
});

describe('a placement', () => {
  const long = 'x'.repeat(64);

  test.each<object>([
    { in: 'query', name: 'a' },
    { in: 'query', name: long },
    { in: 'path' },
    { in: 'header', name: 'x' },
    { in: 'header', name: long },
    { in: 'header', name: "!#$%&'*+.^_`|~09az-" },
    { in: 'header', name: 'x', scheme: 'B' },
    { in: 'header', name: 'x', scheme: `Token-${'0'.repeat(26)}` },
    { in: 'basic', username: '!' },
    { in: 'basic', username: '9;~'.padStart(64, 'A') },
    { in: 'body', path: '/a/b~0c~1d' },
  ])('may be %j', (placement) => {
    expect(placementSchema.parse(placement)).toEqual(placement);
  });

  test('has the name of its header in lower case', () => {
    expect(placementSchema.parse({ in: 'header', name: 'X-Key' })).toEqual({ in: 'header', name: 'x-key' });
  });

  test.each<[object, string | undefined]>([
    [{ in: 'query', name: `${long}x` }, undefined],
    [{ in: 'header', name: '' }, 'must be the name of an HTTP header'],
    [{ in: 'header', name: `${long}x` }, 'must be the name of an HTTP header'],
    [{ in: 'header', name: ' x' }, 'must be the name of an HTTP header'],
    [{ in: 'header', name: 'x:' }, 'must be the name of an HTTP header'],
    [{ in: 'header', name: 'x', scheme: '' }, 'must be one word, such as Bearer'],
    [{ in: 'header', name: 'x', scheme: 'x'.repeat(33) }, 'must be one word, such as Bearer'],
    [{ in: 'header', name: 'x', scheme: ' x' }, 'must be one word, such as Bearer'],
    [{ in: 'header', name: 'x', scheme: 'x ' }, 'must be one word, such as Bearer'],
    [{ in: 'basic', username: '' }, 'must be printable ASCII without a colon'],
    [{ in: 'basic', username: `${long}x` }, 'must be printable ASCII without a colon'],
    [{ in: 'basic', username: ' a' }, 'must be printable ASCII without a colon'],
    [{ in: 'basic', username: 'a:' }, 'must be printable ASCII without a colon'],
  ])('is not %j', (placement, why) => {
    const { error } = placementSchema.safeParse(placement);
    expect(error?.issues).toHaveLength(1);
    expect(error?.issues[0]?.message).toEqual(why ?? expect.any(String));
  });
});

test.each(['constructor', '__proto__'])('a request without a header %s presents no token there', (name) => {
  const carrier = { headers: {}, rawQueryString: '', rest: undefined };
  expect(credentialsIn([{ in: 'header', name }], carrier)).toEqual([]);
});

test.each(['cookie', 'host', 'content-length', 'transfer-encoding'])(
  'the header %s says why it can not be used',
  (name) => {
    const { error } = placementSchema.safeParse({ in: 'header', name });
    expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringContaining('API Gateway')]);
  },
);

describe('a request presents', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  const request = { headers: {}, rawQueryString: '', rest: undefined };
  const authorized = (authorization: string) => ({ ...request, headers: { authorization } });
  const bearer: Placement = { in: 'header', name: 'authorization', scheme: 'Bearer' };
  const token: Placement = { in: 'header', name: 'authorization', scheme: 'Token' };
  const bare: Placement = { in: 'header', name: 'authorization' };
  const key: Placement = { in: 'header', name: 'x-key' };
  const hook: Placement = { in: 'basic', username: 'hook' };
  const query: Placement = { in: 'query', name: 'token' };
  const inHeader = (value: string | null) => [{ in: 'header', place: 'header authorization', value }];
  const asBasic = (value: string | null) => [{ in: 'basic', place: 'basic', value }];

  test.each<[string, Placement[], Parameters<typeof credentialsIn>[1], object[]]>([
    ['the text after the scheme', [bearer], authorized('Bearer abc'), inHeader('abc')],
    ['the text after the scheme in any case', [bearer], authorized('bEARER abc'), inHeader('abc')],
    ['the text after the scheme without spaces around it', [bearer], authorized('Bearer   a b  '), inHeader('a b')],
    ['nothing after another scheme', [bearer], authorized('Token abc'), []],
    ['nothing in a header without its scheme', [bearer], authorized('abc'), []],
    ['the whole header without a scheme', [bare], authorized('Bearer abc'), inHeader('Bearer abc')],
    ['the text after the scheme if both are accepted', [bare, bearer], authorized('Bearer abc'), inHeader('abc')],
    ['the whole header if it has no accepted scheme', [bare, bearer], authorized('Token abc'), inHeader('Token abc')],
    ['the text after any of several schemes', [bearer, token], authorized('Token abc'), inHeader('abc')],
    ['a header once, if two placements name it', [bare, bare], authorized('abc'), inHeader('abc')],
    ['a basic password', [hook], authorized(basic('hook:a:b')), asBasic('a:b')],
    [
      'a basic password of any accepted username',
      [{ ...hook, username: 'other' }, hook],
      authorized(basic('hook:ab')),
      asBasic('ab'),
    ],
    ['an empty basic password', [hook], authorized(basic('hook:')), asBasic('')],
    ['an invalid basic password with another username', [hook], authorized(basic('crook:abc')), asBasic(null)],
    ['an invalid basic password without a colon', [hook], authorized(basic('hook')), asBasic(null)],
    ['an invalid basic password without a username', [hook], authorized(basic(':abc')), asBasic(null)],
    ['an invalid basic password if its base64 is broken', [hook], authorized('Basic aG9vazphYmM!'), asBasic(null)],
    [
      'an invalid basic password without a colon, whatever it begins with',
      [{ in: 'basic', username: 'hoo' }],
      authorized(basic('hook')),
      asBasic(null),
    ],
    ['a basic password without padding', [hook], authorized('Basic aG9vazphYg'), asBasic('ab')],
    ['no basic password after another scheme', [hook], authorized('Bearer aG9vazphYmM='), []],
    [
      'only the basic password if a bare header is accepted too',
      [bare, hook],
      authorized(basic('hook:abc')),
      asBasic('abc'),
    ],
    ['the bare header beside basic, if it has another scheme', [bare, hook], authorized('abc'), inHeader('abc')],
    ['the basic header as it is, if basic is not accepted', [bare], authorized('Basic abc'), inHeader('Basic abc')],
    ['nothing in a header that is not accepted', [key], authorized('abc'), []],
    ['nothing in a header without its scheme, if another header needs none', [bearer, key], authorized('abc'), []],
    [
      'nothing in a header without its scheme, if a parameter of the same name is accepted',
      [bearer, { in: 'query', name: 'authorization' }],
      authorized('abc'),
      [],
    ],
    [
      'nothing in a parameter with the name of an accepted header',
      [key],
      { ...request, rawQueryString: 'x-key=abc' },
      [],
    ],
    [
      'the decoded parameter of the query',
      [query],
      { ...request, rawQueryString: 'a=1&token=b%20c' },
      [{ in: 'query', place: 'query token', value: 'b c' }],
    ],
    [
      'an invalid parameter that is there twice',
      [query],
      { ...request, rawQueryString: 'token=b&token=b' },
      [{ in: 'query', place: 'query token', value: null }],
    ],
    [
      'each accepted parameter of the query',
      [query, { in: 'query', name: 'key' }],
      { ...request, rawQueryString: 'key=a&token=b' },
      [
        { in: 'query', place: 'query token', value: 'b' },
        { in: 'query', place: 'query key', value: 'a' },
      ],
    ],
    [
      'a parameter once, if two placements name it',
      [query, query],
      { ...request, rawQueryString: 'token=b' },
      [{ in: 'query', place: 'query token', value: 'b' }],
    ],
    [
      'the last segment of the path',
      [{ in: 'path' }],
      { ...request, rest: 'a/b/c' },
      [{ in: 'path', place: 'path', value: 'c' }],
    ],
    ['nothing in an empty path', [{ in: 'path' }], { ...request, rest: '' }, []],
    ['nothing in the path if it is not accepted', [query], { ...request, rest: 'a/b' }, []],
    [
      'everything that is accepted',
      [bearer, query, { in: 'path' }, key],
      { headers: { authorization: 'Bearer a', 'x-key': 'd' }, rawQueryString: 'token=b', rest: 'c' },
      [
        { in: 'query', place: 'query token', value: 'b' },
        { in: 'path', place: 'path', value: 'c' },
        { in: 'header', place: 'header authorization', value: 'a' },
        { in: 'header', place: 'header x-key', value: 'd' },
      ],
    ],
  ])('%s', (_, accept, carrier, expected) => {
    expect(credentialsIn(accept, carrier)).toEqual(expected);
  });
});

test('a body is not read if no placement is in it', () => {
  expect(credentialsInBody([{ in: 'path' }], Buffer.from('{"path":"a"}'), 'application/json')).toEqual([]);
});

test.each([
  [null, false],
  ['', false],
  ['a token of the sender', true],
  // A generated token that lost its last character.
  [`hle_${'0'.repeat(48)}`, false],
])('the value %j of a credential can be a live token: %p', (value, expected) => {
  expect(isPlausible({ in: 'path', place: 'path', value })).toBe(expected);
});

test.each<[Placement, string]>([
  [{ in: 'query', name: 'token' }, 'query token'],
  [{ in: 'header', name: 'x-key', scheme: 'Token' }, 'header x-key'],
  [{ in: 'body', path: '/token' }, 'body /token'],
  [{ in: 'path' }, 'path'],
  [{ in: 'basic', username: 'hook' }, 'basic'],
])('operators see the placement %j as %s', (placement, name) => {
  expect(placementName(placement)).toBe(name);
});

test.each<[Placement, string, RegExp | undefined]>([
  [{ in: 'path' }, 'a/b', /slash|"\/"/],
  [{ in: 'path' }, ' ab ', undefined],
  [{ in: 'query', name: 'token' }, 'a/b', undefined],
  [{ in: 'header', name: 'x-key' }, ' ab', /spaces/],
  [{ in: 'header', name: 'x-key' }, 'ab ', /spaces/],
  [{ in: 'header', name: 'x-key' }, 'a b/c', undefined],
  [{ in: 'query', name: 'token' }, ' ab ', undefined],
])('the placement %j can not carry the token %j if there is a reason: %p', (placement, value, why) => {
  expect(whyCannotCarry(placement, value)).toEqual(why && expect.stringMatching(why));
});
