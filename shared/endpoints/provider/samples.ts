/**
 * The samples of the senders. They are apart from `presets.ts`, so that the functions that senders wait for do not contain
 * them.
 */
import * as all from './generated/all-samples.ts';
import type { Sample } from './preset.ts';
import { isProviderId, type ProviderId } from './presets.ts';

/** The sample of each sender. */
export const samples: Record<ProviderId, Sample> = all;

/** The sample of a sender. An unknown one has the sample of `generic`. */
export const sampleOf = (id: string): Sample => samples[isProviderId(id) ? id : 'generic'];
