/** What a person has to know to set each sender up. It is prose, which no function needs that senders wait for. */
import type { Guide } from './preset.ts';
import type { ProviderId } from './presets.ts';
import { guides as cloud } from './provider/cloud.ts';
import { guides as code } from './provider/code.ts';
import { guides as commerce } from './provider/commerce.ts';
import { guides as content } from './provider/content.ts';
import { guides as generic } from './provider/generic.ts';
import { guides as identity } from './provider/identity.ts';
import { guides as mail } from './provider/mail.ts';
import { guides as message } from './provider/message.ts';
import { guides as payment } from './provider/payment.ts';
import { guides as support } from './provider/support.ts';
import { guides as work } from './provider/work.ts';

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
