import type { LambdaFunction } from './lambda-function.ts';
import { shutDownResult } from './lambda-instance.ts';

/** The delay before the next call if the function was busy. A call to a busy function does not count as an attempt. */
const throttleDelayMs = 1000;

/**
 * Invocations whose caller does not wait. Failed invocations are retried. Retries that still wait when the runtime
 * stops are dropped.
 */
export class AsyncInvocations {
  readonly #retryDelays: readonly number[];
  readonly #waiting = new Set<NodeJS.Timeout>();
  #isClosed = false;

  /** @param retryDelays milliseconds to wait before each retry; after the last retry the event is dropped */
  constructor(retryDelays: readonly number[]) {
    this.#retryDelays = retryDelays;
  }

  /** Returns at once. Only the function's log shows the result. */
  start(called: LambdaFunction, event: unknown): void {
    void this.#attempt(called, event, 0);
  }

  /**
   * Drops the invocations that wait for a retry. Running invocations end when their function closes, and are not
   * retried.
   */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#waiting) clearTimeout(timer);
  }

  async #attempt(called: LambdaFunction, event: unknown, failures: number): Promise<void> {
    const invocation = await called.invoke(event);
    if (invocation === shutDownResult || invocation.status === 'answered' || invocation.status === 'too_large') return;
    if (invocation.status === 'throttled') return this.#later(throttleDelayMs, called, event, failures);
    const delay = this.#retryDelays[failures];
    if (delay !== undefined) this.#later(delay, called, event, failures + 1);
  }

  #later(delay: number, called: LambdaFunction, event: unknown, failures: number): void {
    if (this.#isClosed) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      void this.#attempt(called, event, failures);
    }, delay);
    this.#waiting.add(timer);
  }
}
