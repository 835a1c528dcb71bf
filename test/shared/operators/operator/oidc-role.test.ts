import { expect, test } from '@jest/globals';
import { type RoleRule, roleOfClaims } from '../../../../shared/operators/operator/oidc-role.ts';

const rules: RoleRule[] = [
  { role: 'flow_designer', claim: 'groups', value: 'support' },
  { role: 'connection_admin', claim: 'groups', value: 'platform' },
  { role: 'connection_admin', claim: '/realm_access/roles', value: 'hooks' },
  { role: 'flow_designer', claim: 'https://acme.test/role', value: 'reader' },
  { role: 'flow_designer', claim: '/a~1b/~0c', value: 'x' },
];

test.each([
  ['a text', { groups: 'support' }, 'flow_designer'],
  ['a list', { groups: ['other', 'platform'] }, 'connection_admin'],
  ['the highest of several', { groups: ['support', 'platform'] }, 'connection_admin'],
  ['a nested list', { realm_access: { roles: ['hooks'] } }, 'connection_admin'],
  ['a name that is a URL', { 'https://acme.test/role': 'reader' }, 'flow_designer'],
  ['an escaped pointer', { 'a/b': { '~c': 'x' } }, 'flow_designer'],
])('a role comes from %s', (_, claims, role) => {
  expect(roleOfClaims(claims, rules)).toBe(role);
});

test.each([
  ['no claims', {}],
  ['another value', { groups: ['Platform', 'platform '] }],
  ['a part of a text', { groups: 'platform support' }],
  ['a nested list', { groups: [['platform']] }],
  ['an object', { groups: { platform: true, 0: 'platform' } }],
  ['a name that looks like the pointer', { '/realm_access/roles': ['hooks'] }],
  ['null on the way', { realm_access: null }],
  ['a text on the way', { realm_access: '{"roles":["hooks"]}' }],
  ['an inherited member', Object.create({ groups: ['platform'] })],
])('no role comes from %s', (_, claims) => {
  expect(roleOfClaims(claims, rules)).toBeUndefined();
});

test('an absent claim fits no rule, whatever its value is', () => {
  expect(roleOfClaims({}, [{ role: 'connection_admin', claim: 'groups', value: 'undefined' }])).toBeUndefined();
});
