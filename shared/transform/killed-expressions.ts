/**
 * Stops expressions that had to be killed. Each kill takes seconds of the few evaluations that an instance may have under way, and the
 * deliveries of other rules wait behind it.
 */

/** So many kills within a minute stop an expression, for a quarter of an hour. */
const killsToStop = 3;
const withinMs = 60_000;
const stopMs = 15 * 60_000;
/** The most expressions that an instance remembers. */
const maxRemembered = 1_000;

export interface KilledExpressions {
  isStopped(expression: string): boolean;
  /** Notes that an evaluation was killed. */
  add(expression: string): void;
}

/**
 * Creates the memory of one instance. What is stopped is tried again later, by this instance or another one, so nothing that the
 * expression could handle is lost. An edited expression is another one, and is not stopped.
 * @param now epoch milliseconds
 * @param onStop is told when an expression is stopped
 */
export function killedExpressions(now: () => number, onStop: () => void): KilledExpressions {
  const kills = new Map<string, number[]>();
  const stopped = new Map<string, number>();
  return {
    isStopped: (expression) => now() < (stopped.get(expression) ?? Number.NEGATIVE_INFINITY),
    add(expression) {
      const at = now();
      const recent = [...(kills.get(expression) ?? []), at].filter((time) => time > at - withinMs);
      for (const remembered of [kills, stopped]) if (remembered.size >= maxRemembered) remembered.clear();
      kills.set(expression, recent);
      if (recent.length < killsToStop) return;
      kills.delete(expression);
      stopped.set(expression, at + stopMs);
      onStop();
    },
  };
}
