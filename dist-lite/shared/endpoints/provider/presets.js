/** Finds a sender's preset by its id. A connection's `provider` is such an id. */
import * as all from "./generated/all-presets.js";
export const presets = all;
export const providerIds = Object.keys(presets);
export const isProviderId = (id) => Object.hasOwn(presets, id);
/**
 * The preset of a provider. An unknown provider gets the preset `generic`, because a record may name a provider that
 * this version does not have.
 */
export const presetOf = (id) => presets[isProviderId(id) ? id : 'generic'];
