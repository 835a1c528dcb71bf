/** Logs refused requests without a line for each: a flood of them must not become a flood of log lines. */
import type { Log, LogLine } from './logger.ts';

/** The time between two lines with the same reason, in milliseconds. */
const intervalMs = 1_000;

/**
 * Creates the log of one function instance. It writes at most one line a second for each reason. `heldBack` of the next line counts
 * the refusals since the last one. If none follows, they are not counted.
 */
export function refusalLog(log: Log, now: () => Date): (line: LogLine & { reason: string }) => void {
  const reasons = new Map<string, { nextAt: number; heldBack: number }>();
  return (line) => {
    const at = now().getTime();
    const { nextAt = at, heldBack = 0 } = reasons.get(line.reason) ?? {};
    if (at < nextAt) {
      reasons.set(line.reason, { nextAt, heldBack: heldBack + 1 });
      return;
    }
    reasons.set(line.reason, { nextAt: at + intervalMs, heldBack: 0 });
    log({ outcome: 'refused', ...line, ...(heldBack > 0 && { heldBack }) });
  };
}
