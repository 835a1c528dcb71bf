/** The presets of all senders by their ids, which is what a connection names as its provider. */

import { presets as cloud } from './cloud.ts';
import { presets as code } from './code.ts';
import { presets as commerce } from './commerce.ts';
import { presets as content } from './content.ts';
import { presets as generic } from './generic.ts';
import { presets as identity } from './identity.ts';
import { presets as mail } from './mail.ts';
import { presets as message } from './message.ts';
import { presets as payment } from './payment.ts';
import type { Preset } from './preset.ts';
import { presets as support } from './support.ts';
import { presets as work } from './work.ts';

export const presets = {
  ...generic,
  ...code,
  ...payment,
  ...commerce,
  ...message,
  ...mail,
  ...work,
  ...identity,
  ...support,
  ...cloud,
  ...content,
};

export type ProviderId = keyof typeof presets;

export const providerIds = Object.keys(presets) as ProviderId[];

export const isProviderId = (id: string): id is ProviderId => Object.hasOwn(presets, id);

/** The preset of a provider; a record that names one which is no longer there behaves as `generic`. */
export const presetOf = (id: string): Preset => presets[isProviderId(id) ? id : 'generic'];
