import { z } from 'zod';
import { pointerSchema } from '../../shared/base/json-pointer.ts';
import type { RoleRule } from '../../shared/operator/oidc-role.ts';
import { isSafeIssuerUrl, type OidcSettings } from '../../shared/operator/oidc-settings.ts';
import type { Role } from '../../shared/operator/role.ts';
import { SettingError, unusable } from './setting-error.ts';
import type { SettingName } from './setting-names.ts';
import type { Stage } from './stage.ts';
import { wholeNumber } from './whole-number.ts';

/** The settings for an OpenID Connect issuer, as the context has them. */
export type OidcContext = Readonly<
  Record<'oidcIssuer' | 'oidcAudience' | 'oidcJwksUri' | 'oidcAdmins' | 'oidcDesigners' | 'oidcOperatorDays', unknown>
>;

const longestText = 256;

const mostOperatorDays = 365;

/** Lambda takes 4 KB of environment variables for all settings together. */
const longestSettings = 2_048;

const issuerUrlSchema = z
  .string()
  .max(longestText)
  .regex(/^https?:\/\/[^\s?#]+$/);
const rulesSchema = z.union([z.string(), z.array(z.string().max(longestText))]);

export const oidcIssuerSchema = issuerUrlSchema.describe(
  'The OpenID Connect issuer whose tokens operators may use: an https URL, exactly as the issuer writes it.',
);
export const oidcAudienceSchema = z
  .string()
  .max(longestText)
  .regex(/^[\x21-\x7e]+$/)
  .describe('The audience (aud) of the tokens.');
export const oidcJwksUriSchema = issuerUrlSchema.describe('The keys of the issuer, if it has no discovery document.');
export const oidcAdminsSchema = rulesSchema.describe(
  'The claims that make a connection_admin: claim=value, one or several.',
);
export const oidcDesignersSchema = rulesSchema.describe(
  'The claims that make a flow_designer: claim=value, one or several.',
);
export const oidcOperatorDaysSchema = z
  .int()
  .min(0)
  .max(mostOperatorDays)
  .describe('For how many days an admin with a token of the issuer may add operators; 0 for none.');

/**
 * Reads the settings for an OpenID Connect issuer. Returns undefined if none is set.
 * @throws SettingError for a value that can't be used, and if a setting is missing
 */
export function oidcOf(context: OidcContext, stage: Stage): OidcSettings | undefined {
  const { oidcIssuer, oidcAudience, oidcJwksUri, oidcAdmins, oidcDesigners } = context;
  const issuer = oidcIssuer === undefined ? undefined : issuerUrl('oidcIssuer', oidcIssuer, stage);
  const audience = oidcAudience === undefined ? undefined : plainText(oidcAudience);
  const jwksUri = oidcJwksUri === undefined ? undefined : issuerUrl('oidcJwksUri', oidcJwksUri, stage);
  const roles = [
    ...rulesOf('oidcAdmins', oidcAdmins, 'connection_admin'),
    ...rulesOf('oidcDesigners', oidcDesigners, 'flow_designer'),
  ];
  const operatorDays = operatorDaysOf(context.oidcOperatorDays);
  if (Object.values(context).every((value) => value === undefined)) return undefined;
  if (issuer === undefined) throw missing('oidcIssuer', 'https://token.actions.githubusercontent.com');
  if (audience === undefined) throw missing('oidcAudience', 'hooklatch');
  if (roles.length === 0) throw missing('oidcAdmins', 'groups=platform-team');
  const settings = { issuer, audience, ...(jwksUri && { jwksUri }), roles, ...(operatorDays && { operatorDays }) };
  if (JSON.stringify(settings).length > longestSettings)
    throw new SettingError(`the settings oidc… are too long; give roles by fewer or shorter claims`);
  return settings;
}

const missing = (name: SettingName, example: string): SettingError =>
  new SettingError(`${name} is missing, because another setting oidc… is set; add for example ${name}=${example}`);

/** For how many days an admin of the issuer may add operators. 0, the default, is for none. */
const operatorDaysOf = (value: unknown): number =>
  value === undefined || value === 0 || value === '0'
    ? 0
    : wholeNumber('oidcOperatorDays', value, mostOperatorDays, ', or 0 for none');

/** An issuer is compared with `iss` character by character, so a query or a fragment is a typing mistake. */
function issuerUrl(name: 'oidcIssuer' | 'oidcJwksUri', value: unknown, stage: Stage): string {
  const { data: url } = issuerUrlSchema.safeParse(value);
  if (url && isSafeIssuerUrl(url) && (url.startsWith('https:') || stage === 'dev')) return url;
  throw unusable(name, value, 'use an https URL without user, query and fragment, exactly as the issuer writes it');
}

function plainText(value: unknown): string {
  const { data } = oidcAudienceSchema.safeParse(value);
  if (data !== undefined) return data;
  throw unusable('oidcAudience', value, 'use the audience (aud) of the tokens, such as hooklatch');
}

/**
 * The rules of a role: `claim=value`, several with commas, or a list in a file. A claim that begins with a slash is a JSON
 * pointer.
 */
function rulesOf(name: 'oidcAdmins' | 'oidcDesigners', value: unknown, role: Role): RoleRule[] {
  if (value === undefined) return [];
  const texts: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
  return texts.map((text) => {
    const [, claim = '', wanted = ''] = /^([^=\s]+)=([^\s\p{C}](?:[^\p{C}]*[^\s\p{C}])?)$/u.exec(String(text)) ?? [];
    const isClaim = claim.startsWith('/') ? pointerSchema.safeParse(claim).success : claim !== '';
    if (typeof text === 'string' && text.length <= longestText && isClaim) return { role, claim, value: wanted };
    throw unusable(name, value, 'write claim=value, such as groups=platform-team or /realm_access/roles=admin');
  });
}
