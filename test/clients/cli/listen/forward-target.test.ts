import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UsageError } from '../../../../clients/cli/command-error.ts';
import { forwardTarget, sendTarget } from '../../../../clients/cli/listen/forward-target.ts';

test.each([
  ['http://localhost:3000/hook', undefined, 'http://localhost:3000/hook'],
  ['http://localhost:3000', '/hook', 'http://localhost:3000/hook'],
  ['http://localhost:3000/', '/', 'http://localhost:3000/'],
  ['https://me:pw@example.com?own=1', '/api/stripe/', 'https://example.com/api/stripe/?own=1'],
  ['3000', undefined, 'http://localhost:3000/'],
  ['1', '/hook', 'http://localhost:1/hook'],
  ['65535', '/a%2Fb/%20/ö', 'http://localhost:65535/a%2Fb/%20/%C3%B6'],
  ['0080', undefined, 'http://localhost/'],
  ['3000', '/..a/b../.well-known/a//b', 'http://localhost:3000/..a/b../.well-known/a//b'],
])('--forward %s with --path %s is %s', (forward, path, href) => {
  expect(forwardTarget(forward, path).href).toBe(href);
});

test.each([
  ['3000', 'http://localhost:3000/'],
  ['https://me:pw@example.com/hook?own=1', 'https://example.com/hook?own=1'],
])('--to %s is %s', (to, href) => {
  expect(sendTarget(to).href).toBe(href);
});

test.each(['localhost:3000', '0', '65536', '/hook'])('--to %s is no program', (to) => {
  expect(() => sendTarget(to)).toThrow(
    new UsageError('--to must be a port, such as 3000, or an http or https URL, such as http://localhost:3000/hook.'),
  );
});

test('credentials of --forward stay, and are not shown', () => {
  // printf me:pw | base64
  expect(forwardTarget('http://me:pw@localhost:3000', '/hook')).toMatchObject({
    authorization: 'Basic bWU6cHc=',
    shown: 'http://…@localhost:3000/hook',
  });
});

test.each(['http://localhost:3000', 'http://localhost:3000/', '3000'])(
  '%s with a path is the program of the URL that has it, so that a run goes on where one of the other ended',
  (forward) => {
    expect(forwardTarget(forward, '/hook')).toEqual(forwardTarget('http://localhost:3000/hook', undefined));
  },
);

const noTarget = '--forward must be a port, such as 3000, or an http or https URL, such as http://localhost:3000/hook.';
const noSlash = '--path must begin with a slash, such as /hook.';
const dots = '--path must not have . or .. as a part.';
const characters = '--path must have no space, no backslash and no control character.';
const query = '--path is a path alone: a query belongs to --forward, and no program gets what follows a #.';
const twice = '--forward has a path already. Leave --path out, or the path of --forward.';

test.each([
  ['localhost:3000', undefined, noTarget],
  ['0', undefined, noTarget],
  ['65536', undefined, noTarget],
  ['-1', undefined, noTarget],
  ['3e3', undefined, noTarget],
  ['', '/hook', noTarget],
  ['/hook', undefined, noTarget],
  ['3000', '', noSlash],
  ['3000', 'hook', noSlash],
  // What a shell of Windows makes of /hook.
  ['3000', 'C:/Program Files/Git/hook', noSlash],
  ['3000', 'http://other.example.com/hook', noSlash],
  ['3000', '/hook?a=1', query],
  ['3000', '/hook#a', query],
  ['3000', '/a b', characters],
  ['3000', '/a\nb', characters],
  ['3000', '\t/a', noSlash],
  ['3000', '/a\0', characters],
  ['3000', '/\\other.example.com/hook', characters],
  [
    '3000',
    '//other.example.com/hook',
    '--path must begin with one slash: some programs read what follows two as a host.',
  ],
  ['3000', '/a/../b', dots],
  ['3000', '/..', dots],
  ['3000', '/./a', dots],
  ['3000', '/a/%2E%2e', dots],
  ['3000', '/a/.%2e/b', dots],
  ['http://localhost:3000/hook', '/hook', twice],
  ['http://localhost:3000/hook?own=1', '/', twice],
])('--forward %j with --path %j is refused', (forward, path, message) => {
  expect(() => forwardTarget(forward, path)).toThrow(new UsageError(message));
});

/** The URL, or the error. */
function targetOrError(forward: string, path: string): URL | unknown {
  try {
    return new URL(forwardTarget(forward, path).href);
  } catch (error) {
    return error;
  }
}

test('whatever path is accepted, the program is the one of --forward, and gets each part of the path', () => {
  const part = fc.stringMatching(/^[a-z.%2eöF;:@ \\?#]{0,4}$/);
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const path = `/${parts.join('/')}`;
      const target = targetOrError('http://me:pw@localhost:3000?own=1', path);
      if (!(target instanceof URL)) return expect(target).toBeInstanceOf(UsageError);
      expect([target.origin, target.search]).toEqual(['http://localhost:3000', '?own=1']);
      expect(target.pathname).toBe(encodeURI(path).replaceAll('%25', '%'));
    }),
  );
});
