import { throttles } from '../throttles.ts';
import { wholeNumber } from './whole-number.ts';

/** Far more than AWS grants a new account. */
const number = wholeNumber({ to: 100_000 });

export const senderRate = {
  ...number,
  schema: number.schema.default(throttles.senders.rate).describe('How many webhooks each public route takes a second.'),
};

export const senderBurst = {
  ...number,
  schema: number.schema.default(throttles.senders.burst).describe('How many webhooks each public route takes at once.'),
};
