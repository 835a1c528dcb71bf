import { type Throttle, throttles } from '../throttles.ts';
import { wholeNumber } from './whole-number.ts';

/** The limit of both settings. The limit is far more than AWS grants a new account. */
const most = 100_000;

/**
 * Reads `-c senderRate` and `-c senderBurst`: how many requests each public route takes from all senders together.
 * @throws SettingError for a number that can't be used
 */
export function senderThrottleOf(rate: unknown, burst: unknown): Throttle {
  const { senders } = throttles;
  return {
    rate: rate === undefined ? senders.rate : wholeNumber('senderRate', rate, most),
    burst: burst === undefined ? senders.burst : wholeNumber('senderBurst', burst, most),
  };
}
