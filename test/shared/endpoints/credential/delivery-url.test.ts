import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type DeliveryUrl,
  deliveryUrlSchema,
  deliveryUrls,
} from '../../../../shared/endpoints/credential/delivery-url.ts';
import {
  credentialsIn,
  credentialsInBody,
  type Placement,
  placementName,
  type RequestHead,
  whyCannotCarry,
} from '../../../../shared/endpoints/credential/token-placement.ts';

const url = 'https://h.example/hooks/orders/0123456789abcdefghijkl';
const demand = { url, method: 'POST', isEnough: true };

test.each<[Placement, Omit<DeliveryUrl, 'placement'>]>([
  [
    { in: 'query', name: 'to ken' },
    {
      url: `${url}?to%20ken=a%2Fb%20c%26d%3De'f`,
      curl: `curl '${url}?to%20ken=a%2Fb%20c%26d%3De'\\''f' -X POST -H 'content-type: application/json' -d '{}'`,
    },
  ],
  [
    { in: 'path' },
    {
      url: `${url}/a%2Fb%20c%26d%3De'f`,
      curl: `curl '${url}/a%2Fb%20c%26d%3De'\\''f' -X POST -H 'content-type: application/json' -d '{}'`,
    },
  ],
  [
    { in: 'basic', username: 'us@er' },
    {
      url: "https://us%40er:a%2Fb%20c%26d%3De'f@h.example/hooks/orders/0123456789abcdefghijkl",
      curl: "curl 'https://us%40er:a%2Fb%20c%26d%3De'\\''f@h.example/hooks/orders/0123456789abcdefghijkl' -X POST -H 'content-type: application/json' -d '{}'",
    },
  ],
  [
    { in: 'header', name: 'authorization', scheme: 'Bearer' },
    {
      url,
      header: { name: 'authorization', value: "Bearer a/b c&d=e'f" },
      curl: `curl '${url}' -X POST -H 'authorization: Bearer a/b c&d=e'\\''f' -H 'content-type: application/json' -d '{}'`,
    },
  ],
  [
    { in: 'header', name: 'x-token' },
    {
      url,
      header: { name: 'x-token', value: "a/b c&d=e'f" },
      curl: `curl '${url}' -X POST -H 'x-token: a/b c&d=e'\\''f' -H 'content-type: application/json' -d '{}'`,
    },
  ],
  [
    { in: 'body', path: '/auth/pass~1code' },
    {
      url,
      curl: `curl '${url}' -X POST -H 'content-type: application/json' -d '{"auth":{"pass/code":"a/b c&d=e'\\''f"}}'`,
    },
  ],
])('the placement %j has its URL, its header and its curl command', (placement, expected) => {
  expect(deliveryUrls([placement], "a/b c&d=e'f", demand)).toEqual([{ placement, ...expected }]);
});

test('the delivery URLs list every accepted placement, in order', () => {
  const accept: Placement[] = [{ in: 'header', name: 'x-token' }, { in: 'query', name: 'token' }, { in: 'path' }];
  expect(deliveryUrls(accept, 'fake-token-01', demand).map(({ placement }) => placement)).toEqual(accept);
});

test('the curl command uses a method that the endpoint accepts', () => {
  const [{ curl } = { curl: '' }] = deliveryUrls([{ in: 'path' }], 'fake-token-01', { ...demand, method: 'PUT' });
  expect(curl).toBe(`curl '${url}/fake-token-01' -X PUT -H 'content-type: application/json' -d '{}'`);
});

test('the curl command has the header of the delivery id', () => {
  const [{ curl } = {}] = deliveryUrls([{ in: 'path' }], 'fake-token-01', { ...demand, idHeader: 'x-delivery' });
  expect(curl).toBe(
    `curl '${url}/fake-token-01' -X POST -H 'content-type: application/json' -H 'x-delivery: example-1' -d '{}'`,
  );
});

test('there is no curl command if a token alone is not enough', () => {
  const [usage] = deliveryUrls([{ in: 'path' }], 'fake-token-01', { ...demand, isEnough: false });
  expect(usage).toEqual({ placement: { in: 'path' }, url: `${url}/fake-token-01` });
});

test('the answer with a delivery URL has exactly these fields', () => {
  const usage = {
    placement: { in: 'header', name: 'x-token' },
    url,
    curl: 'curl',
    header: { name: 'x-token', value: 'fake-token-01' },
  };
  expect(deliveryUrlSchema.parse({ ...usage, body: 'fake-token-01' })).toEqual(usage);
  expect(deliveryUrlSchema.parse({ placement: { in: 'path' }, url })).toEqual({ placement: { in: 'path' }, url });
  expect(deliveryUrlSchema.safeParse({ ...usage, header: { name: 'x-token' } }).success).toBe(false);
});

const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 12, size: 'max', maxLength: 40 });
const headers = fc.constantFrom('x-token', 'authorization', 'referer', 'constructor');
const placements = fc.oneof(
  fc.record({
    in: fc.constant('query' as const),
    name: fc.string({ minLength: 1, size: 'max', maxLength: 12, unit: 'grapheme' }),
  }),
  fc.record({ in: fc.constant('path' as const) }),
  fc.record({ in: fc.constant('header' as const), name: headers }),
  fc.record({ in: fc.constant('header' as const), name: headers, scheme: fc.constantFrom('Bearer', 'Token') }),
  fc.record({ in: fc.constant('basic' as const), username: fc.constantFrom('hook', 'a&b=c%') }),
);

test('a request with the listed URL and header has the token at its placement', () => {
  fc.assert(
    fc.property(placements, ascii, (placement, value) => {
      fc.pre(whyCannotCarry(placement, value) === undefined && value !== '.' && value !== '..');
      const [usage] = deliveryUrls([placement], value, demand);
      const { pathname, search, username, password } = new URL(usage?.url ?? '');
      const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
      const basic = `Basic ${Buffer.from(credentials).toString('base64')}`;
      const carrier: RequestHead = {
        headers: {
          ...(username && { authorization: basic }),
          ...(usage?.header && { [usage.header.name]: usage.header.value }),
        },
        rawQueryString: search.slice(1),
        rest: decodeURIComponent(pathname.slice('/hooks/orders/0123456789abcdefghijkl/'.length)) || undefined,
      };
      expect(credentialsIn([placement], carrier)).toEqual([
        { in: placement.in, place: placementName(placement), value },
      ]);
    }),
  );
});

test('the body of the curl command has the token at its placement', () => {
  const keys = fc.string({ unit: fc.constantFrom('a', '/', '~', ' ', '_'), minLength: 1, maxLength: 5 });
  const safe = fc.string({
    unit: fc.constantFrom('a', 'B', '0', '"', '\\', '-'),
    minLength: 12,
    size: 'max',
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.array(keys, { minLength: 1, maxLength: 4 }), safe, (path, value) => {
      const pointer = path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
      const placement: Placement = { in: 'body', path: pointer };
      const [{ curl = '' } = {}] = deliveryUrls([placement], value, demand);
      const body = Buffer.from(/ -d '(.*)'$/.exec(curl)?.[1] ?? '');
      expect(credentialsInBody([placement], body, 'application/json')).toEqual([
        { in: 'body', place: `body ${pointer}`, value },
      ]);
    }),
  );
});
