/** The presets of all senders by their ids, which is what a connection names as its provider. */
import type { Preset } from './preset.ts';
import { presets as cloud } from './provider/cloud.ts';
import { presets as code } from './provider/code.ts';
import { presets as commerce } from './provider/commerce.ts';
import { presets as content } from './provider/content.ts';
import { presets as generic } from './provider/generic.ts';
import { presets as identity } from './provider/identity.ts';
import { presets as mail } from './provider/mail.ts';
import { presets as message } from './provider/message.ts';
import { presets as payment } from './provider/payment.ts';
import { presets as support } from './provider/support.ts';
import { presets as work } from './provider/work.ts';

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
