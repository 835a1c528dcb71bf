/** A path that a stranger chose never leads out of the URL to which it is appended. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { appendPath } from '../../../../shared/ground/base/append-path.ts';
import { count } from '../../../support/full-counts.ts';

const hook = 'http://localhost:3000/hook?own=1';

test.each([
  ['a/b', '/hook/a/b'],
  ['', '/hook'],
  ['a/', '/hook/a/'],
  ['a//b', '/hook/a//b'],
  ['/', '/hook//'],
  ['//host/a', '/hook///host/a'],
  ['a;v=1', '/hook/a;v=1'],
  ["a-b.c_d~e!$&'()*+,=:@", "/hook/a-b.c_d~e!$&'()*+,=:@"],
  ['Łódź 🙂', '/hook/%C5%81%C3%B3d%C5%BA%20%F0%9F%99%82'],
  ['a?b#c', '/hook/a%3Fb%23c'],
  ['a\\b', '/hook/a%5Cb'],
  ['a\tb\r\nc', '/hook/a%09b%0D%0Ac'],
  ['100%', '/hook/100%25'],
  ['a%20b', '/hook/a%2520b'],
  ['a%2Fb', '/hook/a%252Fb'],
  ['...', '/hook/...'],
  ['.well-known/..a', '/hook/.well-known/..a'],
  ['\ud800', '/hook/%EF%BF%BD'],
])('%j arrives as %s', (path, arrives) => {
  expect(appendPath(hook, path)).toBe(`http://localhost:3000${arrives}?own=1`);
});

test.each([
  ['http://localhost:3000/', 'a/b', 'http://localhost:3000/a/b'],
  ['http://localhost:3000/hook/', 'a', 'http://localhost:3000/hook/a'],
  ['http://localhost:3000/hook/', '', 'http://localhost:3000/hook/'],
  ['http://localhost:3000/a%2Fb', 'c', 'http://localhost:3000/a%2Fb/c'],
  // A program reads what begins with two slashes as a host.
  ['http://localhost:3000/', '//host/a', 'http://localhost:3000/host/a'],
  ['http://localhost:3000/', '/', 'http://localhost:3000/'],
])('%s with %j is %s', (href, path, url) => {
  expect(appendPath(href, path)).toBe(url);
});

test.each([
  '..',
  '.',
  '../../admin/users/1',
  'a/..',
  'a/./b',
  '/../admin',
  '..\\..\\admin',
  'a\\..',
  '..;/admin',
  '..;v=1/admin',
  '%2e%2e/admin',
  '%2E%2e/admin',
  '.%2e/admin',
  '..%2fadmin',
  '..%2Fadmin',
  '..%5cadmin',
  '%252e%252e%252fadmin',
  '%25252E./admin',
  '..%3badmin',
  '..%3fa',
  '..%23a',
  '.\t./admin',
  '.\r\n./admin',
  '.%09./admin',
  '.. /admin',
  '..\0/admin',
])('%j is not appended', (path) => {
  expect(appendPath(hook, path)).toBeUndefined();
  expect(appendPath('http://localhost:3000/', path)).toBeUndefined();
});

const path = (piece: fc.Arbitrary<string>): fc.Arbitrary<string> => {
  const segment = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  return fc.array(segment, { maxLength: 5 }).map((segments) => segments.join('/'));
};
const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const leaving = ['.', '..', '/', '\\', '%2e', '%2E', '%2f', '%5C', '%25', '%3b', ';', '?', '#', '%', ' ', '\t', '\n'];
const hostile = path(fc.oneof(fc.constantFrom(...leaving), fc.constantFrom('admin', '@host', ':80', '%c0%ae'), unit));
/** Each piece has a letter, so no segment consists of dots. */
const harmless = path(
  fc.oneof(
    fc.constantFrom(
      'a',
      'Łódź',
      '🙂 x',
      '..b',
      'c..',
      '.d',
      'e.f',
      'g;v=1',
      'h?',
      'i#',
      'j%20',
      'k%2Fl',
      'm\\n',
      'o\tp\r\nq',
    ),
    unit.map((text) => `x${text}`),
  ),
);
const folder = fc.constantFrom('', '/hook', '/hook/', '/a/b%2Fc', '/h%C3%B6k');
const numRuns = count({ usual: 1_000, full: 10_000 });
const urlOf = (base: string) => `http://localhost:3000${base}?own=1`;

/** Where a careless program looks: it decodes as often as it can, and then resolves dots. */
function resolved(pathname: string): string {
  const once = pathname.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return once === pathname ? new URL(once.replace(/;[^/\\?#]*/g, ''), 'http://program').pathname : resolved(once);
}

test('whatever the path is, the result is below the URL', () => {
  let appended = 0;
  fc.assert(
    fc.property(folder, hostile, (base, rest) => {
      const result = appendPath(urlOf(base), rest);
      if (result === undefined) return;
      appended += 1;
      const { origin, pathname, search, hash } = new URL(result);
      const below = base.replace(/\/$/, '');
      const isBelow = pathname === base || pathname.startsWith(`${below}/`);
      const staysBelow = resolved(`/1/2/3/4/5${pathname}`).startsWith(
        `/1/2/3/4/5${resolved(below).replace(/\/$/, '')}`,
      );
      const isNoHost = !pathname.startsWith('//');
      expect([origin, search, hash, isBelow, staysBelow, isNoHost]).toEqual([
        ...['http://localhost:3000', '?own=1', ''],
        ...[true, true, true],
      ]);
    }),
    { numRuns },
  );
  expect(appended).toBeGreaterThan(numRuns / 10);
});

test('a path without dot segments arrives as it came', () => {
  fc.assert(
    fc.property(folder, harmless, (base, rest) => {
      const below = base.replace(/\/$/, '');
      const { pathname } = new URL(appendPath(urlOf(base), rest) ?? 'http://refused/refused');
      const came = (below === '' ? rest.replace(/^\/+/, '') : rest).toWellFormed();
      const [begins, arrived] = [pathname.slice(0, below.length + 1), pathname.slice(below.length + 1)];
      if (came === '') expect(pathname).toBe(base || '/');
      else expect([begins, decodeURIComponent(arrived)]).toEqual([`${below}/`, came]);
    }),
    { numRuns },
  );
});
