import type { LambdaFunction } from './lambda-function.ts';
import { shutDownResult } from './lambda-instance.ts';

/** The delay before the next call if the function was busy. A call to a busy function does not count as an attempt. */
const throttleDelayMs = 1000;

interface AsyncCall {
  called: LambdaFunction;
  event: unknown;
  /** When it is dropped if it has not begun, on the clock of `performance`. */
  until: number;
}

/**
 * Invocations whose caller does not wait. Failed invocations are retried, as far as the function's bounds allow. Retries that still
 * wait when the runtime stops are dropped.
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
    void this.#attempt({ called, event, until: performance.now() + called.asyncBounds.maxAgeMs }, 0);
  }

  /**
   * Drops the invocations that wait for a retry. Running invocations end when their function closes, and are not
   * retried.
   */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#waiting) clearTimeout(timer);
  }

  async #attempt(call: AsyncCall, failures: number): Promise<void> {
    const { called, event } = call;
    const invocation = await called.invoke(event);
    if (invocation === shutDownResult || invocation.status === 'answered' || invocation.status === 'too_large') return;
    if (invocation.status === 'throttled') return this.#later(throttleDelayMs, call, failures);
    const delay = failures < called.asyncBounds.retries ? this.#retryDelays[failures] : undefined;
    if (delay !== undefined) this.#later(delay, call, failures + 1);
  }

  #later(delay: number, call: AsyncCall, failures: number): void {
    if (this.#isClosed || performance.now() + delay > call.until) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      void this.#attempt(call, failures);
    }, delay);
    this.#waiting.add(timer);
  }
}
