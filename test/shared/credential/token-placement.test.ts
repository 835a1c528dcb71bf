import { describe, expect, test } from '@jest/globals';
import {
  credentialsIn,
  credentialsInBody,
  type Placement,
  placementSchema,
} from '../../../shared/credential/token-placement.ts';

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

test.each(['constructor', '__proto__'])('a request without a header %s presents no token there', (name) => {
  const carrier = { headers: {}, rawQueryString: '', rest: undefined };
  expect(credentialsIn([{ in: 'header', name }], carrier)).toEqual([]);
});
