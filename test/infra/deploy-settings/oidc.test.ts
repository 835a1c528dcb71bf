import { expect, test } from '@jest/globals';
import { type OidcContext, oidcOf } from '../../../infra/deploy-settings/oidc.ts';

const nothing: OidcContext = {
  oidcIssuer: undefined,
  oidcAudience: undefined,
  oidcJwksUri: undefined,
  oidcAdmins: undefined,
  oidcDesigners: undefined,
  oidcOperatorDays: undefined,
};
const complete = {
  ...nothing,
  oidcIssuer: 'https://id.example.com/realms/acme',
  oidcAudience: 'hooklatch',
  oidcAdmins: 'groups=platform',
};

test('without settings there is no issuer', () => {
  expect(oidcOf(nothing, 'prod')).toBeUndefined();
});

test('an issuer needs an audience and a claim that gives a role', () => {
  expect(oidcOf(complete, 'prod')).toEqual({
    issuer: 'https://id.example.com/realms/acme',
    audience: 'hooklatch',
    roles: [{ role: 'connection_admin', claim: 'groups', value: 'platform' }],
  });
  const withKeys = { ...complete, oidcJwksUri: 'https://keys.example.com/jwks' };
  expect(oidcOf(withKeys, 'prod')?.jwksUri).toBe('https://keys.example.com/jwks');
});

test('each role has several claims, also in a list, with values that contain commas and equals signs', () => {
  const admins = 'sub=repo:acme/infra:environment:production,/realm_access/roles=hooks admin,https://acme.test/r=a=b';
  expect(oidcOf({ ...complete, oidcAdmins: admins, oidcDesigners: ['groups=a,b', 'team=x'] }, 'dev')?.roles).toEqual([
    { role: 'connection_admin', claim: 'sub', value: 'repo:acme/infra:environment:production' },
    { role: 'connection_admin', claim: '/realm_access/roles', value: 'hooks admin' },
    { role: 'connection_admin', claim: 'https://acme.test/r', value: 'a=b' },
    { role: 'flow_designer', claim: 'groups', value: 'a,b' },
    { role: 'flow_designer', claim: 'team', value: 'x' },
  ]);
});

test.each([
  ['oidcIssuer', 'oidcIssuer is missing, because another setting oidc… is set; add for example oidcIssuer='],
  ['oidcAudience', 'oidcAudience is missing'],
  ['oidcAdmins', 'oidcAdmins is missing'],
])('%s is demanded if another is set', (name, message) => {
  expect(() => oidcOf({ ...complete, [name]: undefined }, 'dev')).toThrow(message);
  expect(() => oidcOf({ ...nothing, oidcJwksUri: 'https://keys.example.com' }, 'dev')).toThrow('oidcIssuer is missing');
});

test.each([
  'id.example.com',
  'http://id.example.com',
  'https://id.example.com?a=1',
  'https://id.example.com#a',
  'https://user@id.example.com',
  'https://',
  'https://id example.com',
  'ftp://id.example.com',
  `https://id.example.com/${'a'.repeat(256)}`,
  '',
  1,
])("an issuer can't be %p", (oidcIssuer) => {
  const message = `-c oidcIssuer=${oidcIssuer} can't be used; use an https URL without user, query and fragment`;
  expect(() => oidcOf({ ...complete, oidcIssuer }, 'dev')).toThrow(message);
});

test('an issuer on this machine may use http in the stage dev alone', () => {
  for (const oidcIssuer of ['http://localhost:8080/realms/a', 'http://127.0.0.1:8080', 'http://[::1]:8080']) {
    expect(oidcOf({ ...complete, oidcIssuer }, 'dev')?.issuer).toBe(oidcIssuer);
    expect(() => oidcOf({ ...complete, oidcIssuer }, 'prod')).toThrow(`-c oidcIssuer=${oidcIssuer} can't be used`);
  }
});

test.each(['', 'a b', 'ä', 'a'.repeat(257), 5])("an audience can't be %p", (oidcAudience) => {
  expect(() => oidcOf({ ...complete, oidcAudience }, 'dev')).toThrow(
    `-c oidcAudience=${oidcAudience} can't be used; use the audience (aud) of the tokens, such as hooklatch`,
  );
});

test.each([
  '',
  'groups',
  'groups=',
  '=a',
  'groups=a,',
  'gro ups=a',
  '/=a',
  '/a~2=b',
  'groups= a',
  'a=b\n',
  {},
  5,
  ['groups'],
])("claims that give a role can't be %p", (value) => {
  for (const name of ['oidcAdmins', 'oidcDesigners'])
    expect(() => oidcOf({ ...complete, [name]: value }, 'dev')).toThrow(
      `-c ${name}=${String(value)} can't be used; write claim=value, such as groups=platform-team or /realm_access/roles=admin`,
    );
});

test.each([
  [undefined, undefined],
  ['0', undefined],
  [0, undefined],
  ['1', 1],
  [30, 30],
  ['365', 365],
])('an admin of the issuer adds operators for oidcOperatorDays=%p days: %p', (oidcOperatorDays, operatorDays) => {
  expect(oidcOf({ ...complete, oidcOperatorDays }, 'prod')?.operatorDays).toBe(operatorDays);
});

test.each(['', '-1', '1.5', '366', '00', '1 day', 'never', null, true])(
  "an admin of the issuer can't add operators for oidcOperatorDays=%p days",
  (oidcOperatorDays) => {
    expect(() => oidcOf({ ...complete, oidcOperatorDays }, 'dev')).toThrow(
      `oidcOperatorDays=${oidcOperatorDays} can't be used; use a whole number from 1 to 365, or 0 for none`,
    );
  },
);

test('oidcOperatorDays needs an issuer', () => {
  expect(() => oidcOf({ ...nothing, oidcOperatorDays: '7' }, 'dev')).toThrow('oidcIssuer is missing');
});

test('what does not fit into the environment of a function is refused', () => {
  const oidcAdmins = Array.from({ length: 30 }, (_, at) => `groups=${at}${'a'.repeat(60)}`);
  expect(() => oidcOf({ ...complete, oidcAdmins }, 'dev')).toThrow('too long');
});
