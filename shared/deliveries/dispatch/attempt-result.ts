/** What came of an attempt, as far as the next steps depend on it. */
import type { AttemptNote } from './delivery-row.ts';

/**
 * What an attempt that was sent says about the delivery and its destination.
 *
 * - `delivered`: a 2xx.
 * - `gone`: a 410. The receiver wants no more of it.
 * - `limited`: a 429.
 * - `refused`: any other answer below 500. It speaks of this delivery first.
 * - `broken`: a 5xx, or no answer at all. It speaks of the destination.
 */
export type AnswerKind = 'delivered' | 'gone' | 'limited' | 'refused' | 'broken';

/** An attempt that was sent. */
export interface SentAttempt {
  kind: AnswerKind;
  note: AttemptNote;
  /** What the receiver asked for by Retry-After, in milliseconds. */
  retryAfter?: number;
  /** The generation of the destination that got it. */
  generation: number;
  /** When it ended, in epoch milliseconds. That is not `note.at` and `note.ms` together: the time before the request counts too. */
  ended: number;
}

/** An attempt that was not sent. */
export type UnsentAttempt =
  /** The event is gone, or another one has its id. */
  | { kind: 'expired' }
  /** The destination is gone, or the transform left nothing. */
  | { kind: 'cancelled'; reason: string }
  /** No repetition will help. */
  | { kind: 'failed'; reason: string; cause?: string }
  | { kind: 'paused' }
  /** The lane that wanted it has lost its lease. */
  | { kind: 'fenced' }
  /** A fault of ours. It is tried again soon, and is no attempt. */
  | { kind: 'later'; fault: string };

/** The fault of an attempt whose transform got no concurrency, or whose expression gets none at present. */
export const transformThrottled = 'transform_throttled';

export type AttemptResult = SentAttempt | UnsentAttempt;

/** What a final status means. It is never below 200. */
export function kindOfStatus(status: number): AnswerKind {
  if (status < 300) return 'delivered';
  if (status === 410) return 'gone';
  if (status === 429) return 'limited';
  return status < 500 ? 'refused' : 'broken';
}

export const wasSent = (result: AttemptResult): result is SentAttempt => 'note' in result;
