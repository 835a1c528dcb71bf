import { expect, test } from '@jest/globals';
import { isSafeIssuerUrl } from '../../../../shared/operators/operator/oidc-settings.ts';

test.each([
  ['https://login.example.com/tenant', true],
  ['https://login.example.com:8443/', true],
  ['http://localhost:8080/realms/hooks', true],
  ['http://127.0.0.1/', true],
  ['http://[::1]:8080/', true],
  ['http://login.example.com/', false],
  ['http://localhost.example.com/', false],
  ['ftp://localhost/', false],
  ['https://ada@login.example.com/', false],
  ['https://:fake-password@login.example.com/', false],
  ['https://ada:fake-password@login.example.com/', false],
  ['login.example.com', false],
  ['', false],
])('keys may come from %s: %s', (url, expected) => {
  expect(isSafeIssuerUrl(url)).toBe(expected);
});
