/**
 * Stops expressions that had to be killed, rule by rule. Each kill takes seconds of the few evaluations that an instance may have under way,
 * and the deliveries of other rules wait behind it.
 */
import type { RuleInForce } from './transform.ts';

/** So many kills within a minute stop the expression of a rule, for a quarter of an hour. */
const killsToStop = 3;
const withinMs = 60_000;
const stopMs = 15 * 60_000;
/** The most rules that an instance remembers. */
const maxRemembered = 1_000;

export interface KilledExpressions {
  isStopped(of: RuleInForce): boolean;
  /** Notes that an evaluation was killed. */
  add(of: RuleInForce): void;
}

/** Another connection may have the same expression, and other events. A list that was edited has another version. */
const keyOf = ({ connectionId, routes, rule }: RuleInForce): string => [connectionId, routes, rule].join(' ');

/**
 * Creates the memory of one instance. What is stopped is tried again later, by this instance or another one, so nothing that the
 * expression could handle is lost.
 * @param now epoch milliseconds
 * @param onStop is told when an expression is stopped
 */
export function killedExpressions(now: () => number, onStop: () => void): KilledExpressions {
  const kills = new Map<string, number[]>();
  const stopped = new Map<string, number>();
  return {
    isStopped: (of) => now() < (stopped.get(keyOf(of)) ?? Number.NEGATIVE_INFINITY),
    add(of) {
      const key = keyOf(of);
      const at = now();
      const recent = [...(kills.get(key) ?? []), at].filter((time) => time > at - withinMs);
      for (const remembered of [kills, stopped]) if (remembered.size >= maxRemembered) remembered.clear();
      kills.set(key, recent);
      if (recent.length < killsToStop) return;
      kills.delete(key);
      stopped.set(key, at + stopMs);
      onStop();
    },
  };
}
