import { expect, test } from '@jest/globals';
import { forwardUrlOf } from '../../../../shared/ground/base/forward-url.ts';

test('credentials go into a header, and the URL that is requested has none', () => {
  expect(forwardUrlOf('http://me:p%40ss@host:8080/a?key=1#frag')).toEqual({
    href: 'http://host:8080/a?key=1',
    // printf me:p@ss | base64
    authorization: 'Basic bWU6cEBzcw==',
    shown: 'http://…@host:8080/a?key=…',
    // The first 16 digits of `openssl dgst -sha256` of the whole URL.
    key: 'http://host:8080 da88ef3d07a3d1d4',
  });
});

test('a URL without credentials has no such header', () => {
  expect(forwardUrlOf('https://example.com')).toEqual({
    href: 'https://example.com/',
    shown: 'https://example.com',
    key: 'https://example.com 100680ad546ce6a5',
  });
});

// The Base64 of `me:`, `:pw` and `100%:x`.
test.each([
  ['only a user name', 'http://me@host/', 'Basic bWU6'],
  ['only a password', 'http://:pw@host/', 'Basic OnB3'],
  ['a percent sign that encodes nothing', 'http://100%:x@host/', 'Basic MTAwJTp4'],
])('credentials may have %s', (_, url, authorization) => {
  expect(forwardUrlOf(url)).toMatchObject({ authorization, shown: 'http://…@host' });
});

test.each([
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://localhost:8080/events/', 'http://localhost:8080/events/'],
  ['https://example.com/hooks/in?key=query-secret&b=1', 'https://example.com/hooks/in?key=…&b=…'],
  ['https://example.com/?query-secret', 'https://example.com/?…'],
  ['https://example.com/?=query-secret', 'https://example.com/?=…'],
  ['https://example.com/in?key=query=secret', 'https://example.com/in?key=…'],
  ['https://example.com/in#hash-secret', 'https://example.com/in'],
  ['https://example.com/services/T01/B02/a-key-that-is-secret', 'https://example.com/services/T01/B02/…'],
  // 15 and 16 characters.
  ['https://example.com/abcdefghijklmno/abcdefghijklmnop', 'https://example.com/abcdefghijklmno/…'],
  ['https://example.com/?abcdefghijklmno=1&abcdefghijklmnop=2', 'https://example.com/?abcdefghijklmno=…&…=…'],
])('the terminal shows %s as %s, without its secrets', (url, shown) => {
  expect(forwardUrlOf(url)?.shown).toBe(shown);
});

test.each([
  '',
  'localhost:8080',
  'ftp://host/',
  '/events',
  'http://',
  'file:///tmp/x',
  'xhttp://host',
  'httpsx://host',
])('%j is not the URL of a program', (text) => {
  expect(forwardUrlOf(text)).toBeUndefined();
});
