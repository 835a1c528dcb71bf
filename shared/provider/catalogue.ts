/** The senders that are known, as operators read of them; apart from the schemas, so that other bundles have no prose. */

import { coversBody } from '../signature/scheme.ts';
import { guides } from './guides.ts';
import type { Preset } from './preset.ts';
import { type ProviderId, presets, providerIds } from './presets.ts';
import type { ProviderSummary, ProviderView } from './provider-view.ts';

/** Whether a delivery that this preset lets in was signed as a whole; PayPal and SNS, which have no scheme here, do so. */
function bodyCover({ kind, scheme }: Preset): { coversBody?: boolean } {
  if (kind === 'token') return {};
  return { coversBody: scheme === undefined || coversBody(scheme) };
}

/** All that is known of a sender. */
export function providerOf(id: ProviderId): ProviderView {
  const preset: Preset = presets[id];
  const { accept, type, handshakes, older = {}, secretFrom = 'operator', ...rest } = preset;
  return {
    id,
    ...guides[id],
    ...rest,
    ...bodyCover(preset),
    ...(accept && { accept: [...accept] }),
    ...(type && { type: [...type] }),
    ...(handshakes && { handshakes: [...handshakes] }),
    older: Object.keys(older),
    secretFrom,
  };
}

/** All senders, in short. */
export const providerSummaries = (): ProviderSummary[] => providerIds.map(providerOf);
