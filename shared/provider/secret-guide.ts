/** Tells an operator where an endpoint's secret comes from when it can not be generated here. */
import { guides } from './guides.ts';
import type { Preset } from './preset.ts';
import { isProviderId, type ProviderId, presets } from './presets.ts';

/** The sentence of the sender's guide about its secret, where the guide is about this way of getting one. */
function sentenceFor(provider: string, secretFrom: 'sender' | 'handshake'): string | undefined {
  const id: ProviderId = isProviderId(provider) ? provider : 'generic';
  const preset: Preset = presets[id];
  return preset.secretFrom === secretFrom ? guides[id].secret : undefined;
}

/**
 * What to do so that an endpoint has the secret that its sender makes.
 * @param secretFrom the setting in force: the sender shows its secret, or delivers it in a handshake
 */
export function secretGuide(provider: string, secretFrom: 'sender' | 'handshake'): string {
  const known = sentenceFor(provider, secretFrom);
  if (secretFrom === 'sender') {
    const where = known ?? "Copy the secret from the sender's settings.";
    return `${where} Then send it as value: POST …/endpoint/token {"value": "…"}.`;
  }
  const how = known ?? 'The sender delivers its secret to the URL.';
  return `${how} POST …/endpoint/handshake opens the window; a secret that you have already can be sent as value instead.`;
}
