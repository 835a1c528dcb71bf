/** Which role the claims of an OpenID Connect token give. */
import type { Role } from '../../ground/base/actor.ts';

/** A rule that gives a role to tokens whose claim has this value, or whose claim is a list that contains it. */
export interface RoleRule {
  role: Role;
  /** The name of a claim, or a JSON pointer into one, such as `/realm_access/roles`. */
  claim: string;
  value: string;
}

type Claims = Readonly<Record<string, unknown>>;

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

/** The value of a claim. This file can't use `json-pointer.ts`, because all that it imports is loaded only on demand. */
function claimOf(claims: Claims, name: string): unknown {
  if (!name.startsWith('/')) return memberOf(claims, name);
  const keys = name
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<unknown>(memberOf, claims);
}

/** The highest role that a rule gives, or undefined if no rule fits. */
export function roleOfClaims(claims: Claims, rules: readonly RoleRule[]): Role | undefined {
  const given = rules.filter(({ claim, value }) => [claimOf(claims, claim)].flat().includes(value));
  return given.some(({ role }) => role === 'connection_admin') ? 'connection_admin' : given[0]?.role;
}
