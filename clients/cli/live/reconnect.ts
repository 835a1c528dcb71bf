/** Repeats reads while the API does not answer, so that a command outlives a restart of the deployment. */

import { waitAfter } from '../../../shared/ground/base/backoff.ts';
import { isPassing } from '../../../shared/operators/api/api-error.ts';
import { Interrupted } from '../command-error.ts';
import type { Terminal } from '../terminal.ts';

export interface ReconnectOptions {
  wait: Terminal['wait'];
  /** Ends the attempts. */
  stopped: AbortSignal;
  /** Gets a line when the API does not answer, and when it answers again. */
  tell: (text: string) => void;
}

/** The longest wait before an attempt, in ms: once the API answers again, events must not be late for long. */
const maxWaitMs = 8_000;

/**
 * Until when the answer of the first attempt must have begun, in ms; each further one may take twice as long. After the machine slept, a
 * request goes into a connection that nobody has any more, and nobody says so. Its end ends that connection too. There can be two.
 */
const firstBeginsWithinMs = 5_000;
const mostDoublings = 3;

/**
 * The result of a read, however long the API does not answer.
 * @param read gets the time after which its answer must have begun, in ms
 * @throws Interrupted once `stopped` aborts, and every error that does not pass, such as that of a revoked token
 */
export async function reconnect<T>(
  read: (beginsWithinMs: number) => Promise<T>,
  { wait, stopped, tell }: ReconnectOptions,
): Promise<T> {
  let noted = '';
  for (let attempts = 0; ; ) {
    try {
      const result = await read(firstBeginsWithinMs * 2 ** Math.min(attempts, mostDoublings));
      if (attempts > 0) tell('The API answers again.');
      return result;
    } catch (error) {
      if (stopped.aborted) throw new Interrupted();
      if (!isPassing(error)) throw error;
      attempts += 1;
      const ms = Math.min(maxWaitMs, waitAfter(attempts, undefined, 0));
      // Once for each reason: the API may be away for hours.
      if (error.message !== noted) tell(`${error.message} Tries again until it answers.`);
      noted = error.message;
      await wait(ms, stopped);
    }
  }
}
