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
