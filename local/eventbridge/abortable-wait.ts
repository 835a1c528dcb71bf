import { setTimeout } from 'node:timers/promises';

/** Resolves after so many milliseconds, or as soon as the signal aborts: whoever waits looks at the signal then. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** What a timer of Node takes at most, in milliseconds; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

export const waitByClock: Wait = async (milliseconds, signal) => {
  for (let left = milliseconds; left > 0 && !signal.aborted; left -= longestTimer) {
    await setTimeout(Math.min(left, longestTimer), undefined, { signal }).catch(() => {});
  }
};
