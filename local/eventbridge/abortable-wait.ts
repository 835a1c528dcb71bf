import { setTimeout } from 'node:timers/promises';

/**
 * Resolves after this many milliseconds, or as soon as the signal aborts. The promise does not reject, so callers must
 * check the signal after the wait.
 */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** The longest timer of Node.js. A longer one would fire at once. */
const maxTimerMs = 2 ** 31 - 1;

export const waitByClock: Wait = async (milliseconds, signal) => {
  for (let left = milliseconds; left > 0 && !signal.aborted; left -= maxTimerMs) {
    await setTimeout(Math.min(left, maxTimerMs), undefined, { signal }).catch(() => {});
  }
};
