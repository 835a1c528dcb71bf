/** Checks that the chosen auth can work with this provider. */

import { Refusal } from '../../ground/base/refusal.ts';
import { presetOf } from '../provider/presets.ts';
import type { Auth } from '../settings/auth.ts';
import { checkScheme } from '../signature/scheme-check.ts';
import { whySchemeIsUnsafe } from './custom-scheme.ts';
import { schemeOf } from './settings-in-force.ts';

const invalidScheme = (message: string): Refusal =>
  new Refusal('invalid_scheme', `auth.scheme cannot be used: ${message}`, {
    errors: [{ path: 'auth.scheme', pointer: '/auth/scheme', message }],
  });

/** The names of a provider's schemes. */
function schemeNames(provider: string): string[] {
  const { scheme, older = {} } = presetOf(provider);
  return [...(scheme ? [provider] : []), ...Object.keys(older)];
}

/** @throws a refusal that says what to choose instead */
export function checkAuth(provider: string, auth: Auth): void {
  if (!('scheme' in auth)) return;
  const scheme = schemeOf(provider, auth.scheme);
  if (!scheme) {
    const choices = schemeNames(provider);
    throw invalidScheme(
      choices.length > 0
        ? `the schemes of ${provider} are ${choices.join(', ')}. Name one of them, or send a custom scheme.`
        : `${provider} has no scheme that works without further fields. Send the scheme as an object with kind.`,
    );
  }
  if (typeof auth.scheme === 'string') return;
  const errors = checkScheme(scheme).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first) throw invalidScheme(errors.map(({ message }) => message).join(' '));
  const why = whySchemeIsUnsafe(provider, auth);
  if (why) throw invalidScheme(why);
}
