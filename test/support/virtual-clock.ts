import type { Wait } from '../../local/eventbridge/abortable-wait.ts';

/** A clock that moves only when a test moves it, with the waits that it ends. */
export class VirtualClock {
  #now: number;
  readonly #waits = new Set<{ due: number; end: () => void }>();

  constructor(start = '2026-03-01T12:00:00.000Z') {
    this.#now = Date.parse(start);
  }

  readonly now = (): Date => new Date(this.#now);

  readonly wait: Wait = (milliseconds, signal) =>
    new Promise((resolve) => {
      const waiting = { due: this.#now + milliseconds, end: () => end() };
      const end = (): void => {
        this.#waits.delete(waiting);
        signal.removeEventListener('abort', end);
        resolve();
      };
      if (milliseconds <= 0 || signal.aborted) return resolve();
      this.#waits.add(waiting);
      signal.addEventListener('abort', end);
    });

  /** How many wait. */
  get waiting(): number {
    return this.#waits.size;
  }

  /** Moves the clock, and ends the waits that are over then. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const { due, end } of [...this.#waits]) if (due <= this.#now) end();
  }
}
