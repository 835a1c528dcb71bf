/** How a deployment accepts the tokens of an OpenID Connect issuer as operators' tokens. */
import type { RoleRule } from './oidc-role.ts';

export interface OidcSettings {
  /** The `iss` of the tokens, character by character. */
  issuer: string;
  /** The `aud` of the tokens. */
  audience: string;
  /** Where the issuer's keys are. Without it, the issuer's discovery document says so. */
  jwksUri?: string | undefined;
  /** The rules that give a role. A token without a role is refused. */
  roles: RoleRule[];
  /** For how many days an admin with such a token may add operators. Without it, such an admin adds none. */
  operatorDays?: number | undefined;
}

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Whether keys may come from this URL: https without credentials, or http from this machine, for a local issuer. */
export function isSafeIssuerUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && loopbackHosts.includes(hostname));
}
