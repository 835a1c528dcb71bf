/**
 * The calls of a store that have not ended. A call goes on after its caller is gone, and in a closed store dynalite throws
 * where nobody can catch it.
 */
export class RunningCalls {
  private readonly running = new Set<Promise<object>>();
  private readonly closing: Error;
  private hasEnded = false;

  /** @param closing what a call after the end throws */
  constructor(closing: Error) {
    this.closing = closing;
  }

  /** Makes a call. Throws `closing` once `end` was called. */
  async add(run: () => Promise<object>): Promise<object> {
    if (this.hasEnded) throw this.closing;
    const call = run();
    this.running.add(call);
    return call.finally(() => this.running.delete(call));
  }

  /** Waits for all calls, and refuses further ones. */
  async end(): Promise<void> {
    this.hasEnded = true;
    await Promise.allSettled(this.running);
  }
}
