/** The timer of a destination's lane. */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import type { DeliveryKey, Target } from './delivery-job.ts';
import type { AskedDelivery, DispatchPorts, LaneTimer } from './ports.ts';

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
 * Makes sure that a destination's lane will work. With `by`, at that time at the latest, or at the next sweep.
 * @returns whether this call wrote. An instance that did a moment ago does not
 */
export type EnsureTimer = (to: Target, by?: number) => Promise<boolean>;

/**
 * Creates what ensures timers for one instance. A timer that is there keeps its time, because it may wait for a probe; it is only
 * noted that somebody needs it. Who asks while a write is under way waits for that one.
 */
export function timerKeeper({ deliveries, clock }: TimerPorts): EnsureTimer {
  const ensured = new Map<string, number>();
  const writing = new Map<string, Promise<unknown>>();

  /** What is due soon is moved all the same, if by a moment: a worker that rests meanwhile keeps what was moved. */
  const dueBy = (by: number, due: number | undefined, now: number): number =>
    due === undefined || due <= now ? by : Math.min(by, due - 1);

  async function write(to: Target, by: number | undefined): Promise<void> {
    const now = clock.now();
    await revise(
      deliveries.timers,
      to.id,
      (timer): LaneTimer => ({
        ...timer,
        to,
        due: by === undefined ? (timer?.due ?? now) : dueBy(by, timer?.due, now),
        touched: Math.max(now + keptMs, timer?.touched ?? 0),
      }),
    );
    if (ensured.size >= maxRemembered) ensured.clear();
    // From before the write: what is touched later than this time is seen by a pass that began before it.
    ensured.set(to.id, now);
  }

  return async (to, by) => {
    const underWay = writing.get(to.id);
    if (underWay && by === undefined) {
      await underWay;
      return false;
    }
    if (by === undefined && clock.now() - (ensured.get(to.id) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return false;
    const own = write(to, by);
    writing.set(to.id, own);
    try {
      await own;
    } finally {
      if (writing.get(to.id) === own) writing.delete(to.id);
    }
    return true;
  };
}

/** The most deliveries of a destination that are asked for at a time. */
export const mostAsked = 20;

const isSame = (one: DeliveryKey) => (other: DeliveryKey) =>
  one.event === other.event &&
  one.receivedAt === other.receivedAt &&
  one.rule === other.rule &&
  one.replay === other.replay;

/** Whether a lane has no room for another delivery that is asked for. */
export const isFull = (asked: readonly AskedDelivery[], one: DeliveryKey): boolean =>
  asked.length >= mostAsked && !asked.some(isSame(one));

/** Notes that a lane attempts a parked delivery before all others, and now. Call it after the delivery is parked. */
export async function putFirst(to: Target, one: AskedDelivery, { deliveries, clock }: TimerPorts): Promise<void> {
  const { event, receivedAt, rule, replay, attempt } = one;
  await revise(deliveries.timers, to.id, (timer): LaneTimer => {
    const now = clock.now();
    const asked = timer?.asked ?? [];
    const others = asked.filter((each) => !isSame(one)(each));
    return {
      to,
      due: now,
      touched: Math.max(now + keptMs, timer?.touched ?? 0),
      asked: isFull(asked, one) ? asked : [...others, { event, receivedAt, rule, replay, attempt }],
    };
  });
}

/** Forgets deliveries that were asked for, once they are no longer parked for that attempt. */
export const forgetAsked = (
  to: Target,
  gone: readonly AskedDelivery[],
  { deliveries }: Pick<TimerPorts, 'deliveries'>,
): Promise<unknown> =>
  revise(deliveries.timers, to.id, (timer) => {
    if (!timer?.asked) return unchanged;
    const left = timer.asked.filter((each) => !gone.some((one) => isSame(one)(each) && one.attempt === each.attempt));
    const { asked: _, ...rest } = timer;
    return left.length === timer.asked.length ? unchanged : { ...rest, ...(left.length > 0 && { asked: left }) };
  });
