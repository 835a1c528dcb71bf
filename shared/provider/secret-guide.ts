/** Tells an operator where an endpoint's secret comes from if the sender makes it. */
import { guides } from './generated/all-guides.ts';
import type { Guide } from './preset.ts';
import { isProviderId, presetOf } from './presets.ts';

const guideOf = (provider: string): Guide => guides[isProviderId(provider) ? provider : 'generic'];

/** The sentence about the secret in the sender's guide; undefined if the sender's preset has another `secretFrom`. */
function sentenceFor(provider: string, secretFrom: 'sender' | 'handshake'): string | undefined {
  return presetOf(provider).secretFrom === secretFrom ? guideOf(provider).secret : undefined;
}

/** How the operator sends the secret to Hooklatch. */
interface Sending {
  /** The field for the secret. If the endpoint has a token too, this field is `signingSecret`. */
  field?: 'value' | 'signingSecret';
  /** The request with that field. */
  request?: string;
}

/**
 * Tells the operator how an endpoint gets the secret that its sender makes.
 * @param secretFrom the setting in force: the sender shows its secret, or delivers it in a handshake
 */
export function secretGuide(provider: string, secretFrom: 'sender' | 'handshake', sending: Sending = {}): string {
  const { field = 'value', request = 'POST …/endpoint/token' } = sending;
  const known = sentenceFor(provider, secretFrom);
  if (secretFrom === 'sender') {
    const where = known ?? "Copy the secret from the sender's settings.";
    return `${where} Then send it as ${field}: ${request} {"${field}": "…"}.`;
  }
  const how = known ?? 'The sender delivers its secret to the URL.';
  return `${how} POST …/endpoint/handshake opens the window. If you already have the secret, send it as ${field} instead.`;
}

/** Why a text can't be a secret of this sender, or undefined if it can. */
export function whyNoSecretOf(provider: string, secret: string): string | undefined {
  const { name, secretPrefix = '' } = guideOf(provider);
  return secret.startsWith(secretPrefix)
    ? undefined
    : `a signing secret of ${name} begins with ${secretPrefix}: copy that secret, not another key`;
}
