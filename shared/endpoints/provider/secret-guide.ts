/** Tells an operator where an endpoint's secret comes from if the sender makes it. */
import type { SecretAdvice } from '../../ground/base/advice-schema.ts';
import * as all from './generated/all-guides.ts';
import type { Guide } from './preset.ts';
import { isProviderId, type ProviderId, presetOf } from './presets.ts';

/** The guide of each sender. */
export const guides: Record<ProviderId, Guide> = all;

const guideOf = (provider: string): Guide => guides[isProviderId(provider) ? provider : 'generic'];

/** What is true for senders whose guide does not say it, because their presets have another `secretFrom`. */
const anySender = {
  sender: "Copy the secret from the sender's settings.",
  handshake: 'The sender delivers its secret to the URL.',
};

/**
 * How an endpoint gets the secret that its sender makes.
 * @param secretFrom the setting in force: the sender shows its secret, or delivers it in a handshake
 */
export const secretAdvice = (
  provider: string,
  secretFrom: 'sender' | 'handshake',
  { field = 'value', verb = 'generateToken' }: Partial<Pick<SecretAdvice, 'field' | 'verb'>> = {},
): SecretAdvice => ({
  code: secretFrom === 'sender' ? 'adopt_secret' : 'await_secret',
  where: presetOf(provider).secretFrom === secretFrom ? guideOf(provider).secret : anySender[secretFrom],
  field,
  verb,
});

/** Why a text can't be a secret of this sender, or undefined if it can. */
export function whyNoSecretOf(provider: string, secret: string): string | undefined {
  const { name, secretPrefix = '' } = guideOf(provider);
  return secret.startsWith(secretPrefix)
    ? undefined
    : `a signing secret of ${name} begins with ${secretPrefix}: copy that secret, not another key`;
}
