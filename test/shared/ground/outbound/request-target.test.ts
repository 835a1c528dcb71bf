/** Which URLs a request may go to, before any look-up. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressRule } from '../../../../shared/ground/outbound/public-address.ts';
import { type ForbiddenRule, ownHostOf, requestTarget } from '../../../../shared/ground/outbound/request-target.ts';
import { anyUrl } from '../../../support/any-text.ts';

const own = ['hooks.example.com', 'abc123.execute-api.eu-central-1.amazonaws.com', 'xn--bcher-kva.example', '9.9.9.9'];
const targetOf = (url: string) => requestTarget(url, own, addressRule([]));

test.each<[ForbiddenRule, string]>([
  ['url', ''],
  ['url', 'receiver.example'],
  ['url', '/path'],
  ['url', 'https://'],
  ['url', 'https://a b'],
  ['url', 'https://receiver.example:65536/'],
  ['url', 'https://256.0.0.1/'],
  ['url', 'https://./'],
  ['url', 'https://.../'],
  ['https', 'http://receiver.example/'],
  ['https', 'HTTP://receiver.example:443/'],
  ['https', 'ftp://receiver.example/'],
  ['https', 'file:///etc/passwd'],
  ['https', 'wss://receiver.example/'],
  ['userinfo', 'https://user@receiver.example/'],
  ['userinfo', 'https://:password@receiver.example/'],
  ['userinfo', 'https://user:password@receiver.example/'],
  // Who reads it hastily takes it for GitHub's.
  ['userinfo', 'https://github.com@receiver.example/'],
  ['port', 'https://receiver.example:0/'],
  ['port', 'https://receiver.example:1/'],
  ['port', 'https://receiver.example:22/'],
  ['port', 'https://receiver.example:80/'],
  ['port', 'https://receiver.example:442/'],
  ['port', 'https://receiver.example:444/'],
  ['port', 'https://receiver.example:1023/'],
  ['own_host', 'https://hooks.example.com/e/abc'],
  ['own_host', 'https://HOOKS.example.COM/'],
  ['own_host', 'https://hooks.example.com./'],
  ['own_host', 'https://hooks.example.com../'],
  ['own_host', 'https://hooks.example.com...../e/abc'],
  ['own_host', 'https://hooks.example.com..:8443/'],
  ['own_host', 'https://hooks.example.com。。/'],
  ['own_host', 'https://hooks.example.com%2E%2E/'],
  ['own_host', 'https://9.9.9.9../'],
  ['own_host', 'https://hooks.example.com:8443/'],
  ['own_host', 'https://hooks。example．com/'],
  ['own_host', 'https://%68ooks.example.com/'],
  ['own_host', 'https://abc123.execute-api.eu-central-1.amazonaws.com/'],
  ['own_host', 'https://bücher.example/'],
  ['own_host', 'https://9.9.9.9/'],
  ['own_host', 'https://0x9.9.9.9./'],
  ['address', 'https://127.0.0.1/'],
  ['address', 'https://127.0.0.1../'],
  ['address', 'https://127.0.0.1:9001/2018-06-01/runtime/invocation/next'],
  ['address', 'https://2130706433/'],
  ['address', 'https://0x7f.1/'],
  ['address', 'https://0/'],
  ['address', 'https://169.254.169.254/latest/meta-data/'],
  ['address', 'https://[::1]/'],
  ['address', 'https://[::]/'],
  ['address', 'https://[::ffff:127.0.0.1]/'],
  ['address', 'https://[fd00:ec2::254]/latest/meta-data/'],
])('%s forbids %s', (rule, url) => {
  expect(targetOf(url)).toBe(rule);
});

describe('plain http', () => {
  const here = ['127.0.0.0/8', '::1/128', '10.0.0.0/8'];
  const plain = (url: string, allow = here, ownHosts: string[] = []) =>
    requestTarget(url, ownHosts, addressRule(allow));

  test.each([
    ['http://127.0.0.1:8080/in', '127.0.0.1', '127.0.0.1:8080'],
    ['http://127.9.8.7:1024/in', '127.9.8.7', '127.9.8.7:1024'],
    ['http://2130706433:8080/in', '127.0.0.1', '127.0.0.1:8080'],
    ['http://[::1]:8080/in', '::1', '[::1]:8080'],
    ['http://127.0.0.1:443/in', '127.0.0.1', '127.0.0.1:443'],
  ])('goes to an address of this machine that is allowed: %s', (url, host, authority) => {
    expect(plain(url)).toMatchObject({ host, authority, path: '/in', isAddress: true, isPlain: true });
    expect(plain(url, [])).toBe('https');
  });

  test.each<[ForbiddenRule, string]>([
    ['https', 'http://10.0.0.1:8080/'],
    ['https', 'http://localhost:8080/'],
    ['https', 'http://127.0.0.1.example.com:8080/'],
    ['https', 'http://8.8.8.8:8080/'],
    ['https', 'http://[::ffff:127.0.0.1]:8080/'],
    ['port', 'http://127.0.0.1/'],
    ['port', 'http://127.0.0.1:1023/'],
    ['userinfo', 'http://ada@127.0.0.1:8080/'],
  ])('goes nowhere else: %s forbids %s', (rule, url) => {
    expect(plain(url)).toBe(rule);
  });

  test('goes to another port of an own host that is named with its port', () => {
    const own = ['127.0.0.1:4566'];
    expect(plain('http://127.0.0.1:4566/hooks/a/b', here, own)).toBe('own_host');
    expect(plain('http://127.0.0.1:4567/', here, own)).toMatchObject({ port: 4567 });
    expect(plain('http://127.0.0.1:4567/', here, ['127.0.0.1'])).toBe('own_host');
  });
});

test.each([
  ['hooks.example.com.', 'https://hooks.example.com/'],
  ['hooks.example.com..', 'https://hooks.example.com.../'],
  ['hooks.example.com..:8443', 'https://hooks.example.com:8443/'],
])('an own host may be written with final dots: %s forbids %s', (host, url) => {
  expect(requestTarget(url, [host], addressRule([]))).toBe('own_host');
});

test('however many dots end it, a host is the same target', () => {
  fc.assert(
    fc.property(anyUrl({ query: true, fragment: true }), fc.integer({ min: 1, max: 9 }), (text, dots) => {
      const url = new URL(text);
      const dotted = `${url.protocol}//${url.hostname}${'.'.repeat(dots)}${url.port && `:${url.port}`}${url.pathname}${url.search}`;
      fc.pre(url.username === '' && url.password === '' && URL.canParse(dotted));
      expect(targetOf(dotted)).toEqual(targetOf(text));
    }),
  );
});

test.each([
  ['https://receiver.example', 'receiver.example', 443, 'receiver.example', '/', false],
  ['https://receiver.example/a/b?c=d#e', 'receiver.example', 443, 'receiver.example', '/a/b?c=d', false],
  ['https://receiver.example:443/?', 'receiver.example', 443, 'receiver.example', '/', false],
  ['https://receiver.example:1024/', 'receiver.example', 1024, 'receiver.example:1024', '/', false],
  ['https://receiver.example:65535/', 'receiver.example', 65_535, 'receiver.example:65535', '/', false],
  ['https://Receiver.Example./', 'receiver.example', 443, 'receiver.example', '/', false],
  ['https://receiver.example..:8443/', 'receiver.example', 8443, 'receiver.example:8443', '/', false],
  ['https://bücher.test/ä b', 'xn--bcher-kva.test', 443, 'xn--bcher-kva.test', '/%C3%A4%20b', false],
  ['https://other.hooks.example.com/', 'other.hooks.example.com', 443, 'other.hooks.example.com', '/', false],
  ['https://example.com/', 'example.com', 443, 'example.com', '/', false],
  ['https://8.8.8.8:8443/', '8.8.8.8', 8443, '8.8.8.8:8443', '/', true],
  ['https://[2a00:0::1]/', '2a00::1', 443, '[2a00::1]', '/', true],
  ['https://[2a00::1]:8443/', '2a00::1', 8443, '[2a00::1]:8443', '/', true],
])('%s is a target', (url, host, port, authority, path, isAddress) => {
  expect(targetOf(url)).toEqual({ host, port, authority, path, isAddress, isPlain: false });
});

test('a port is allowed if it is 443 or not below 1024', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65_535 }), (port) => {
      const isAllowed = port === 443 || port >= 1024;
      expect(typeof targetOf(`https://receiver.example:${port}/`)).toBe(isAllowed ? 'object' : 'string');
    }),
  );
});

test('whatever a URL looks like, the target is that of URL, or there is none', () => {
  fc.assert(
    fc.property(anyUrl({ query: true, fragment: true }), (url) => {
      const target = targetOf(url);
      const { protocol, host, pathname, search, username, password } = new URL(url);
      const isPlain = protocol === 'https:' && username === '' && password === '';
      expect(isPlain || typeof target === 'string').toBe(true);
      const whole = { authority: host.replace(/\.+(?=:|$)/, ''), path: pathname + search };
      expect(typeof target === 'string' ? whole : target).toMatchObject(whole);
    }),
  );
});

test.each([
  ['https://hooks.example.com', 'hooks.example.com'],
  ['https://hooks.example.com/in/', 'hooks.example.com'],
  ['http://127.0.0.1:4566', '127.0.0.1:4566'],
  ['https://Hooks.Example.com/in', 'hooks.example.com'],
  ['https://hooks.example.com.:8443', 'hooks.example.com:8443'],
  ['https://hooks.example.com:443', 'hooks.example.com'],
  ['https://bücher.example', 'xn--bcher-kva.example'],
  ['no URL', ''],
])('the own host of %s is %j', (url, host) => {
  expect(ownHostOf(url)).toBe(host);
});
