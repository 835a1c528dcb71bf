/**
 * What the API shows about the senders. The schemas are in `provider-view.ts`, so that other bundles do not contain the
 * guides.
 */

import { apiWords, worded } from '../../ground/base/advice.ts';
import { coversBody } from '../signature/body-cover.ts';
import type { Preset } from './preset.ts';
import { type ProviderId, presets, providerIds } from './presets.ts';
import type { ProviderSummary, ProviderView } from './provider-view.ts';
import { guides } from './secret-guide.ts';

/** Whether the signature of a sender covers the whole body; undefined if the sender does not sign. */
export function isBodyCovered({ kind, scheme, coversBody: stated }: Preset): boolean | undefined {
  if (kind === 'token') return undefined;
  return scheme === undefined ? stated !== false : coversBody(scheme);
}

/** The preset and the guide of a sender. */
export function providerOf(id: ProviderId): ProviderView {
  const preset: Preset = presets[id];
  const { accept, otherIds, type, handshakes, older = {}, secretFrom = 'operator', ...rest } = preset;
  const { url, secret, contentType, test } = guides[id];
  const guide = { url, secret, ...(contentType !== undefined && { contentType }), ...(test !== undefined && { test }) };
  return {
    id,
    ...guides[id],
    url: worded(url, apiWords),
    secret: worded(secret, apiWords),
    guide,
    ...rest,
    coversBody: isBodyCovered(preset),
    ...(accept && { accept: [...accept] }),
    ...(otherIds && { otherIds: [...otherIds] }),
    ...(type && { type: [...type] }),
    ...(handshakes && { handshakes: [...handshakes] }),
    older: Object.keys(older),
    secretFrom,
  };
}

/** All senders, in short. */
export const providerSummaries = (): ProviderSummary[] => providerIds.map(providerOf);
