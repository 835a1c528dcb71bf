import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Carrier,
  type Placement,
  placementSchema,
  placeOf,
  presentedIn,
  presentedInBody,
  redact,
} from '../../shared/placement.ts';
import { generateToken } from '../../shared/token.ts';

const issued = fc
  .tuple(fc.constantFrom('hle' as const, 'hlo' as const), fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([kind, random]) => generateToken(kind, random));
const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 12, maxLength: 40 });
const names = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const headerNames = fc.constantFrom('x-token', 'authorization', 'x-api-key', 'referer', 'constructor');
const placements = fc.oneof(
  fc.record({ in: fc.constant('query' as const), name: names }),
  fc.record({ in: fc.constant('path' as const) }),
  fc.record({ in: fc.constant('header' as const), name: headerNames }),
  fc.record({ in: fc.constant('header' as const), name: headerNames, scheme: fc.constantFrom('Bearer', 'Token') }),
  fc.record({ in: fc.constant('basic' as const), username: fc.constantFrom('hook', 'a&b=c%') }),
);

const encode = encodeURIComponent;
const percented = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** A request with this value where the placement asks for it. */
function carrying(placement: Placement, value: string, noise: string): Carrier {
  const headers: Record<string, string> = { 'user-agent': 'test' };
  if (placement.in === 'header') headers[placement.name] = placement.scheme ? `${placement.scheme} ${value}` : value;
  if (placement.in === 'basic') {
    headers['authorization'] = `Basic ${Buffer.from(`${placement.username}:${value}`).toString('base64')}`;
  }
  return {
    headers,
    rawQueryString: placement.in === 'query' ? `n=${encode(noise)}&${encode(placement.name)}=${encode(value)}` : 'n=1',
    rest: placement.in === 'path' ? `first/${value}` : undefined,
  };
}

/** Everything that redact lets out, also as a reader who decodes it would see it. */
function shown(accept: Placement[], carrier: Carrier): string {
  const { headers, query, path } = redact(accept, carrier);
  const decoded = [...new URLSearchParams(`&${query}`)].flat();
  return [...Object.entries(headers).flat(), query, ...decoded, path].join('\n');
}

describe('redaction', () => {
  test('lets no value through that stands in an accepted placement', () => {
    const values = fc.oneof(ascii, issued).filter((value) => value.trim() === value && !value.includes('/'));
    fc.assert(
      fc.property(fc.array(placements, { minLength: 1, maxLength: 4 }), values, fc.string(), (accept, value, noise) => {
        fc.pre(!noise.includes(value));
        for (const placement of accept) {
          const carrier = carrying(placement, value, noise);
          if (!(placement.in === 'query' && placement.name === 'n')) {
            expect(presentedIn([placement], carrier)).toEqual([{ in: placement.in, place: placeOf(placement), value }]);
          }
          expect(shown(accept, carrier)).not.toContain(value);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('lets no issued token through, wherever it stands', () => {
    const around = fc.string({ unit: fc.constantFrom('a', '_', '-', '/', '&', '=', '?', '%', ' ', 'h') });
    const where = fc.constantFrom('header', 'query', 'encoded', 'name', 'path');
    fc.assert(
      fc.property(fc.array(placements, { maxLength: 3 }), issued, around, around, where, (accept, token, a, b, at) => {
        const text = `${a}${token}${b}`;
        const queries = new Map([
          ['query', `q=1&r=${text}`],
          ['encoded', `r=${percented(text)}`],
          ['name', `${text}=1&q=2`],
        ]);
        const carrier: Carrier = {
          headers: at === 'header' ? { 'x-other': text } : {},
          rawQueryString: queries.get(at) ?? '',
          rest: at === 'path' ? text : undefined,
        };
        expect(shown(accept, carrier)).not.toContain(token);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps what is no secret as it came', () => {
    const headers = { 'x-signature': 't=1,v1=abc', 'content-type': 'text/plain' };
    const carrier = { headers, rawQueryString: 'a=%20+b&a=2&&c', rest: 'one/two' };
    expect(redact([{ in: 'query', name: 'token' }], carrier)).toEqual({
      headers,
      query: 'a=%20+b&a=2&&c',
      path: 'one/two',
    });
  });

  test('takes an accepted name out however it is written', () => {
    const carrier = { headers: { cookie: 'a=1' }, rawQueryString: 'token=s1&%74oken=s2&to%6ben&a=1', rest: 'x/s3' };
    expect(redact([{ in: 'query', name: 'token' }, { in: 'path' }], carrier)).toEqual({
      headers: { cookie: 'REDACTED' },
      query: 'token=REDACTED&%74oken=REDACTED&to%6ben=REDACTED&a=1',
      path: 'x/REDACTED',
    });
  });
});

describe('a body', () => {
  const accept: Placement[] = [{ in: 'body', path: '/auth/a~1b~0c' }];
  const form: Placement[] = [{ in: 'body', path: '/token' }];
  const inBody = (body: string, contentType = 'application/json', placement = accept) =>
    presentedInBody(placement, Buffer.from(body), contentType);

  test('presents the string at its pointer', () => {
    const place = 'body /auth/a~1b~0c';
    expect(inBody('{"auth":{"a/b~c":"secret"}}')).toEqual([{ in: 'body', place, value: 'secret' }]);
    expect(inBody('token=a+b%26', 'application/x-www-form-urlencoded; charset=utf-8', form)).toEqual([
      { in: 'body', place: 'body /token', value: 'a b&' },
    ]);
  });

  test.each(['{"auth":{"a/b~c":7}}', '{"auth":{"a/b~c":null}}', '{"auth":{"a/b~c":{}}}'])(
    '%s presents what can not be right',
    (body) => expect(inBody(body)).toMatchObject([{ in: 'body', value: null }]),
  );

  test('that gives a form field twice presents what can not be right', () => {
    const presented = inBody('token=one&token=two', 'application/x-www-form-urlencoded', form);
    expect(presented).toMatchObject([{ in: 'body', value: null }]);
  });

  test.each(['', '{', 'null', '[]', '{"auth":"a/b~c"}', '{"auth":{}}', '"auth"'])('%j presents nothing', (body) =>
    expect(inBody(body)).toEqual([]),
  );

  test('presents nothing that only a prototype has', () => {
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
])('%j is no placement', (placement) => {
  expect(placementSchema.safeParse(placement).success).toBe(false);
});
