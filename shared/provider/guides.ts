/** What a person has to know to set each sender up. It is prose, which no function needs that senders wait for. */

import { guides as cloud } from './cloud.ts';
import { guides as code } from './code.ts';
import { guides as commerce } from './commerce.ts';
import { guides as content } from './content.ts';
import { guides as generic } from './generic.ts';
import { guides as identity } from './identity.ts';
import { guides as mail } from './mail.ts';
import { guides as message } from './message.ts';
import { guides as payment } from './payment.ts';
import type { Guide } from './preset.ts';
import type { ProviderId } from './presets.ts';
import { guides as support } from './support.ts';
import { guides as work } from './work.ts';

export const guides: Record<ProviderId, Guide> = {
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
