/** The timer of a destination's lane. */
import { revise } from '../aws/revised-item.ts';
import type { Target } from './delivery-job.ts';
import type { DispatchPorts, LaneTimer } from './ports.ts';

/** An instance touches a timer at most once in this time, in milliseconds. */
const touchEveryMs = 60_000;
/** The most destinations that an instance remembers. */
const maxRemembered = 10_000;

export type TimerPorts = Pick<DispatchPorts, 'deliveries' | 'clock'>;

/**
 * Makes sure that a destination's lane will work. With `soon`, at the next sweep.
 * @returns whether this call wrote. An instance that did a moment ago does not
 */
export type EnsureTimer = (to: Target, soon?: boolean) => Promise<boolean>;

/**
 * Creates what ensures timers for one instance. A timer that is there keeps its time, because it may wait for a probe; it is only
 * noted that somebody needs it.
 */
export function timerKeeper({ deliveries, clock }: TimerPorts): EnsureTimer {
  const ensured = new Map<string, number>();
  return async (to, soon = false) => {
    const now = clock.now();
    if (!soon && now - (ensured.get(to.id) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return false;
    await revise(
      deliveries.timers,
      to.id,
      (timer): LaneTimer => ({
        to,
        due: soon ? now : (timer?.due ?? now),
        touched: Math.max(now, timer?.touched ?? 0),
      }),
    );
    if (ensured.size >= maxRemembered) ensured.clear();
    // From before the write: what is touched later than this time is seen by a pass that began before it.
    ensured.set(to.id, now);
    return true;
  };
}
