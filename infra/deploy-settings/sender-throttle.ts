import { type Throttle, throttles } from '../throttles.ts';
import { wholeNumber, wholeNumberSchema } from './whole-number.ts';

/** The limit of both settings. The limit is far more than AWS grants a new account. */
const most = 100_000;

export const senderRateSchema = wholeNumberSchema(most)
  .default(throttles.senders.rate)
  .describe('How many webhooks each public route takes a second.');
export const senderBurstSchema = wholeNumberSchema(most)
  .default(throttles.senders.burst)
  .describe('How many webhooks each public route takes at once.');

/**
 * Reads `senderRate` and `senderBurst`: how many requests each public route takes from all senders together.
 * @throws SettingError for a number that can't be used
 */
export function senderThrottleOf(rate: unknown, burst: unknown): Throttle {
  const { senders } = throttles;
  return {
    rate: rate === undefined ? senders.rate : wholeNumber('senderRate', rate, most),
    burst: burst === undefined ? senders.burst : wholeNumber('senderBurst', burst, most),
  };
}
