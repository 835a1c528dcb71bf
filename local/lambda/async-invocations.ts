import type { LambdaFunction } from './lambda-function.ts';
import { shutDownResult } from './lambda-instance.ts';

/** Milliseconds until a call is tried again that came while the function was busy: that counts as no attempt. */
const throttleDelay = 1000;

/** Calls whose caller does not wait: they are tried again when they fail, and forgotten when the runtime ends. */
export class AsyncInvocations {
  readonly #retryDelays: readonly number[];
  readonly #waiting = new Set<NodeJS.Timeout>();
  #isClosed = false;

  /** @param retryDelays milliseconds to wait before each new attempt; after the last one the event is dropped */
  constructor(retryDelays: readonly number[]) {
    this.#retryDelays = retryDelays;
  }

  /** Returns at once. The function's log tells how it went. */
  start(called: LambdaFunction, event: unknown): void {
    void this.#attempt(called, event, 0);
  }

  /** Drops what waits to be tried again. What runs now has its function closed first, and is not tried again. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#waiting) clearTimeout(timer);
  }

  async #attempt(called: LambdaFunction, event: unknown, failures: number): Promise<void> {
    const invocation = await called.invoke(event);
    if (invocation === shutDownResult || invocation.status === 'answered' || invocation.status === 'too_large') return;
    if (invocation.status === 'throttled') return this.#later(throttleDelay, called, event, failures);
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
