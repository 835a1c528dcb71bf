/** What follows from an attempt to send an event to the local program. */
import { retryAfterMs } from '../../../shared/ground/base/retry-after.ts';
import type { SendResult } from './send-request.ts';

/**
 * - `delivered`: the program answered 2xx.
 * - `refused`: the program answered that it will not take the event.
 * - `retry`: the event is sent again.
 * - `given_up`: the program failed too often.
 * - `skipped`: the event can't be sent.
 */
export type Outcome = 'delivered' | 'refused' | 'retry' | 'given_up' | 'skipped';

/** Client errors that ask for another attempt: timeout, too early, too many requests. */
const passing = new Set([408, 425, 429]);

/**
 * @param attempts those so far, this one included
 * @param most after so many failed attempts the event is given up
 */
export function outcomeOf(answer: SendResult, attempts: number, most: number): Outcome {
  if (answer.isUnsendable) return 'skipped';
  // While the program does not run, every event would fail. So this one waits for it.
  if (answer.status === undefined && !answer.isThere) return 'retry';
  const { status = 0 } = answer;
  if (status >= 200 && status < 300) return 'delivered';
  if (status >= 300 && status < 500 && !passing.has(status)) return 'refused';
  return attempts < most ? 'retry' : 'given_up';
}

/** Milliseconds that the program asked to wait. */
export const askedWait = (answer: SendResult, now: Date): number | undefined =>
  answer.status === undefined ? undefined : retryAfterMs(answer.retryAfter, now);
