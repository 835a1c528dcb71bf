/** When a reader of live events reads, so that it reads an event within two seconds. */
import type { Terminal } from '../terminal.ts';

/** The time from the beginning of a read to that of the next one, in ms. */
const readEveryMs = 1_000;

/**
 * Starts the schedule with a read that begins now. The result waits until the next one is due, and not at all if the
 * last one and the work after it took longer. It is false after Ctrl-C.
 */
export function readSchedule({ wait, now }: Pick<Terminal, 'wait' | 'now'>, stopped: AbortSignal) {
  let begun = now().getTime();
  return async (): Promise<boolean> => {
    // A clock that was set back counts as no time gone by.
    const gone = Math.max(0, now().getTime() - begun);
    await wait(Math.max(0, readEveryMs - gone), stopped);
    begun = now().getTime();
    return !stopped.aborted;
  };
}
