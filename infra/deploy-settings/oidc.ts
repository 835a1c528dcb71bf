import { z } from 'zod';
import type { Role } from '../../shared/ground/base/actor.ts';
import { pointerSchema } from '../../shared/ground/base/json-pointer.ts';
import type { RoleRule } from '../../shared/operators/operator/oidc-role.ts';
import { isSafeIssuerUrl, type OidcSettings } from '../../shared/operators/operator/oidc-settings.ts';
import { readerOf, type Setting, wholeNumber } from './setting.ts';
import { SettingError, UnusableValue } from './setting-error.ts';
import type { Stage } from './stage.ts';

const longestText = 256;

/** Lambda takes 4 KB of environment variables for all settings together. */
const longestSettings = 2_048;

/** An issuer is compared with `iss` character by character, so a query or a fragment is a typing mistake. */
const issuerUrl = (description: string) =>
  ({
    schema: z
      .string()
      .max(longestText)
      .regex(/^https?:\/\/[^\s?#]+$/)
      .refine(isSafeIssuerUrl)
      .describe(description),
    advice: 'use an https URL without user, query and fragment, exactly as the issuer writes it',
  }) satisfies Setting;

/** `claim=value`, several with commas, or a list in a file. A claim that begins with a slash is a JSON pointer. */
const textsIn = (rules: string | string[]): string[] => (typeof rules === 'string' ? rules.split(',') : rules);

function claimIn(text: string): { claim: string; value: string } | undefined {
  const [, claim = '', value = ''] = /^([^=\s]+)=([^\s\p{C}](?:[^\p{C}]*[^\s\p{C}])?)$/u.exec(text) ?? [];
  const isClaim = claim.startsWith('/') ? pointerSchema.safeParse(claim).success : claim !== '';
  return isClaim && text.length <= longestText ? { claim, value } : undefined;
}

const rules = (description: string) =>
  ({
    schema: z
      .union([z.string(), z.array(z.string().max(longestText))])
      .refine((given) => textsIn(given).every(claimIn))
      .describe(description),
    advice: 'write claim=value, such as groups=platform-team or /realm_access/roles=admin',
  }) satisfies Setting;

export const oidcSettings = {
  oidcIssuer: issuerUrl(
    'The OpenID Connect issuer whose tokens operators may use: an https URL, exactly as the issuer writes it.',
  ),
  oidcAudience: {
    schema: z
      .string()
      .max(longestText)
      .regex(/^[\x21-\x7e]+$/)
      .describe('The audience (aud) of the tokens.'),
    advice: 'use the audience (aud) of the tokens, such as hooklatch',
  },
  oidcJwksUri: issuerUrl('The keys of the issuer, if it has no discovery document.'),
  oidcAdmins: rules('The claims that make a connection_admin: claim=value, one or several.'),
  oidcDesigners: rules('The claims that make a flow_designer: claim=value, one or several.'),
  oidcOperatorDays: {
    ...wholeNumber({ from: 0, to: 365 }, (number) =>
      number.describe('For how many days an admin with a token of the issuer may add operators; 0 for none.'),
    ),
    advice: 'use a whole number from 1 to 365, or 0 for none',
  },
} satisfies Record<string, Setting>;

/** The settings for an OpenID Connect issuer, as the context has them. */
export type OidcContext = Readonly<Partial<Record<keyof typeof oidcSettings, unknown>>>;

/**
 * Reads the settings for an OpenID Connect issuer. Returns undefined if none is set.
 * @throws SettingError for a value that can't be used, and if a setting is missing
 */
export function oidcOf(context: OidcContext, stage: Stage): OidcSettings | undefined {
  if (Object.keys(oidcSettings).every((name) => context[name as keyof OidcContext] === undefined)) return undefined;
  const read = readerOf(oidcSettings, context);
  const [issuer, audience, jwksUri] = [read('oidcIssuer'), read('oidcAudience'), read('oidcJwksUri')];
  const roles = [
    ...rulesOf(read('oidcAdmins'), 'connection_admin'),
    ...rulesOf(read('oidcDesigners'), 'flow_designer'),
  ];
  const operatorDays = read('oidcOperatorDays');
  if (issuer === undefined) throw missing('oidcIssuer', 'https://token.actions.githubusercontent.com');
  if (audience === undefined) throw missing('oidcAudience', 'hooklatch');
  if (roles.length === 0) throw missing('oidcAdmins', 'groups=platform-team');
  checkTransport({ oidcIssuer: issuer, oidcJwksUri: jwksUri }, stage);
  const settings = { issuer, audience, ...(jwksUri && { jwksUri }), roles, ...(operatorDays && { operatorDays }) };
  if (JSON.stringify(settings).length > longestSettings)
    throw new SettingError(`the settings oidc… are too long; give roles by fewer or shorter claims`);
  return settings;
}

const missing = (name: keyof OidcContext, example: string): SettingError =>
  new SettingError(`${name} is missing, because another setting oidc… is set; add for example ${name}=${example}`);

/** Only the stage dev may have an issuer on this machine, by http. */
function checkTransport(urls: Record<'oidcIssuer' | 'oidcJwksUri', string | undefined>, stage: Stage): void {
  if (stage === 'dev') return;
  for (const [name, url] of Object.entries(urls))
    if (url?.startsWith('http:')) throw new UnusableValue(name, url, oidcSettings.oidcIssuer.advice);
}

const rulesOf = (given: string | string[] = [], role: Role): RoleRule[] =>
  textsIn(given).flatMap((text) => {
    const rule = claimIn(text);
    return rule ? [{ role, ...rule }] : [];
  });
