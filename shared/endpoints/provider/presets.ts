/** Finds a sender's preset by its id. A connection's `provider` is such an id. */
import * as all from './generated/all-presets.ts';
import type { Preset } from './preset.ts';

export const presets = all;

export type ProviderId = keyof typeof presets;

export const providerIds = Object.keys(presets) as ProviderId[];

export const isProviderId = (id: string): id is ProviderId => Object.hasOwn(presets, id);

/**
 * The preset of a provider. An unknown provider gets the preset `generic`, because a record may name a provider that
 * this version does not have.
 */
export const presetOf = (id: string): Preset => presets[isProviderId(id) ? id : 'generic'];
