import { describe, expect, test } from '@jest/globals';
import {
  cacheControlOf,
  codingFor,
  fileTypeOf,
  isCompressible,
  isKnown,
  pageHeaders,
} from '../../../../shared/operators/api/static-file.ts';

test.each([
  ['index.html', 'text/html; charset=utf-8', true],
  ['assets/app-1a2b.js', 'text/javascript; charset=utf-8', true],
  ['assets/app.css', 'text/css; charset=utf-8', true],
  ['logo.svg', 'image/svg+xml', true],
  ['a/icon.png', 'image/png', false],
  ['favicon.ico', 'image/x-icon', false],
  ['font.woff2', 'font/woff2', false],
  ['openapi.json', 'application/json', true],
  ['licenses.txt', 'text/plain; charset=utf-8', true],
])('%s is %s', (path, type, compressible) => {
  expect([fileTypeOf(path), isCompressible(path)]).toEqual([type, compressible]);
});

test.each(['app.js.br', 'app.js.gz', 'run.sh', 'index', 'a.constructor', ''])('%j has no type', (path) => {
  expect(fileTypeOf(path)).toBeUndefined();
});

test('only a file whose name has a digest is kept', () => {
  expect(cacheControlOf('assets/app-1a2b.js')).toBe('public, max-age=31536000, immutable');
  for (const path of ['index.html', 'favicon.svg', 'more/assets/app.js']) expect(cacheControlOf(path)).toBe('no-cache');
});

describe('the coding', () => {
  test.each([
    [undefined, undefined],
    ['', undefined],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['gzip;q=1', 'gzip'],
    ['GZIP;Q=0.5', 'gzip'],
    ['br;q=0.2, gzip;q=0.8', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0', undefined],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['br;q=0, *', 'gzip'],
    ['identity', undefined],
    ['br;q=x', undefined],
    ['br ; q=0.2 , gzip; q=0.8', 'gzip'],
    ['br;level=3;q=0.5, gzip;q=0.1', 'br'],
    ['gzip;q=0.5, br;q=0.5', 'br'],
    ['gzip;q=0.5, *', 'br'],
  ])('for Accept-Encoding %j is %j', (accept, coding) => {
    expect(codingFor(accept, ['br', 'gzip'])).toBe(coding);
  });

  test('is one that there is', () => {
    expect(codingFor('br, gzip;q=0.1', ['gzip'])).toBe('gzip');
    expect(codingFor('br, gzip', [])).toBeUndefined();
  });
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
  ['', false],
  [undefined, false],
])('If-None-Match %j knows the content "a": %j', (header, known) => {
  expect(isKnown('"a"', header)).toBe(known);
});

test('only a W/ at the start is no part of the tag', () => {
  expect(isKnown('"aW/b"', '"aW/b"')).toBe(true);
  expect(isKnown('"aW/b"', '"ab"')).toBe(false);
});

test('a page loads from its own origin alone, runs no text as code, and is in no frame', () => {
  expect(pageHeaders['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; font-src 'self' data:; img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(pageHeaders).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
});
