import { errorCodeOf, pause } from './process-batch.ts';

/** Polls a source and passes what it has to a function. */
export interface Poller {
  /**
   * Resolves once everything that the source has for the function now has been processed or given up. Until then, batches don't
   * wait for more. Rejects if the poller is closed first.
   */
  settled(): Promise<void>;
  /** Stops polling and waits for the running batches. */
  close(): Promise<void>;
}

/**
 * Repeats a step until the signal comes. After a failure it pauses, because the store may recover.
 * @param onFailure gets the code of the error
 */
export async function repeat(
  step: () => Promise<void>,
  signal: AbortSignal,
  onFailure: (code: string) => void,
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      await step();
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      onFailure(errorCodeOf(error));
      await pause(failures, signal);
    }
  }
}
