/** The timer of a destination's lane. */
import { revise } from '../../ground/aws/revised-item.ts';
import type { Target } from './delivery-job.ts';
import type { DispatchPorts, LaneTimer } from './ports.ts';

/** An instance touches a timer at most once in this time, in milliseconds. */
const touchEveryMs = 60_000;
/**
 * Who parks keeps the timer for this time, in milliseconds: the longest for which a delivery is attempted. A pass that finds nothing ends
 * that. Earlier versions see one shard of what is parked, and would remove the timer when they find nothing there: after an update that was
 * rolled back, the next one would look for nothing.
 */
const keptMs = 720 * 60 * 60_000;
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
 * noted that somebody needs it. Who asks while a write is under way waits for that one.
 */
export function timerKeeper({ deliveries, clock }: TimerPorts): EnsureTimer {
  const ensured = new Map<string, number>();
  const writing = new Map<string, Promise<unknown>>();

  async function write(to: Target, soon: boolean): Promise<void> {
    const now = clock.now();
    await revise(
      deliveries.timers,
      to.id,
      (timer): LaneTimer => ({
        to,
        due: soon ? now : (timer?.due ?? now),
        touched: Math.max(now + keptMs, timer?.touched ?? 0),
      }),
    );
    if (ensured.size >= maxRemembered) ensured.clear();
    // From before the write: what is touched later than this time is seen by a pass that began before it.
    ensured.set(to.id, now);
  }

  return async (to, soon = false) => {
    const underWay = writing.get(to.id);
    if (underWay && !soon) {
      await underWay;
      return false;
    }
    if (!soon && clock.now() - (ensured.get(to.id) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return false;
    const own = write(to, soon);
    writing.set(to.id, own);
    try {
      await own;
    } finally {
      if (writing.get(to.id) === own) writing.delete(to.id);
    }
    return true;
  };
}
