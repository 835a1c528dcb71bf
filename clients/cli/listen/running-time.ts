/**
 * A time limit for a program on the same machine. It counts only the time in which this process runs: while the machine sleeps, the program
 * sleeps too, and the answer to a process that is stopped waits until it goes on.
 */

const stepMs = 1_000;

export interface RunningLimit {
  /** Aborts when the time is up. */
  signal: AbortSignal;
  /** Ends the counting. */
  end(): void;
}

/** @param uptime milliseconds since some fixed moment, by a clock that nobody sets */
export function runningLimit(ms: number, uptime: () => number = () => performance.now()): RunningLimit {
  const up = new AbortController();
  const everyMs = Math.min(stepMs, ms);
  let left = ms;
  let last = uptime();
  const timer = setInterval(() => {
    const gone = uptime() - last;
    last += gone;
    // More than that is a pause.
    if (gone < 2 * everyMs) left -= gone;
    // A timer may be early by a millisecond.
    if (left >= 1) return;
    clearInterval(timer);
    // What has arrived is read first.
    setImmediate(() => up.abort());
  }, everyMs);
  return { signal: up.signal, end: () => clearInterval(timer) };
}
