/**
 * The lane of a destination: its one worker, while it is not served from the queue. It holds a lease, and looks at it right before each
 * attempt, so that two workers never attempt at the same time.
 *
 * An open destination gets one probe at a time, at longer and longer intervals. A recovering one gets what is parked, that of the oldest
 * events first, with more and more attempts a second, until nothing is left at the top pace. A turn takes a minute at most and hands
 * on to the next one. The last one of a chain can't: the sweep wakes its successor for the time when it ends.
 */

import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import { isPaused } from '../destination/destination.ts';
import type { Target } from './delivery-job.ts';
import { healthNow, tellAt } from './destination-health.ts';
import { gather } from './lane-gather.ts';
import { giveBack, renew, takeLane } from './lane-lease.ts';
import { tellNotices } from './lane-notices.ts';
import { probe } from './lane-probe.ts';
import { attemptParked } from './lane-service.ts';
import { type LanePorts, type Next, parkedRows, retire, type Turn } from './lane-turn.ts';
import { sweepAgainMs } from './record-result.ts';

const secondMs = 1_000;
/** The lease is renewed when less than this is left, in milliseconds. */
const renewBelowMs = 60 * secondMs;
/** How long a turn takes at most before it hands on, in milliseconds. */
const turnMs = 60 * secondMs;
/** How long a lane rests after a fault of ours, in milliseconds. */
const restAfterFaultMs = 10 * secondMs;

/**
 * Gives the lease back, and then sets the timer. Who moved the timer to now meanwhile also sent a message, which found the lane taken. So this
 * worker sends one. Whoever moves it later sends a message that finds the lane free.
 */
async function rest({ lease, timer, health }: Turn, wanted: number, ports: LanePorts): Promise<void> {
  const { deliveries, queues, clock } = ports;
  // An incident is told at its time. One that could not be told then waits as everything does.
  const at = (health && tellAt(health)) ?? 0;
  const restUntil = at > clock.now() ? Math.min(at, wanted) : wanted;
  await giveBack(lease, ports);
  const { value } = await revise(deliveries.timers, lease.to.id, (now) => {
    if (!now) return unchanged;
    const due = now.due === timer?.due ? restUntil : Math.min(now.due, restUntil);
    return due === now.due ? unchanged : { ...now, due };
  });
  if (value && value.due <= clock.now()) await queues.lane([{ body: lease.to }]);
}

/** Lets the sweep wake the next worker for the time when this one ends. If this is lost, that one comes up to a minute later. */
const announceEnd = (to: Target, ends: number, { deliveries, log }: LanePorts): Promise<unknown> =>
  revise(deliveries.timers, to.id, (timer) => (timer ? { ...timer, due: ends } : unchanged)).catch((error) =>
    log({ warning: 'lane_end_not_announced', fault: (error as Error).name, destination: to.name }, 'warn'),
  );

/** Looks once at what there is to do, and does some of it. */
async function pass(turn: Turn, ports: LanePorts): Promise<Next> {
  const { deliveries, clock } = ports;
  const { to } = turn.lease;
  const passBegan = clock.now();
  turn.timer = (await deliveries.timers.read(to.id))?.value;
  turn.isEmpty = true;
  const destination = await ports.readDestination(to);
  const stored = await ports.health.read(to);
  turn.health = stored;
  await tellNotices(to, stored, ports);
  const health = destination && healthNow(stored, destination.generation);
  /** Attempts nothing, but ends what is over, which has to end also while nothing is attempted. */
  const waitFor = async (restUntil: number): Promise<Next> => {
    let any = false;
    for await (const rows of parkedRows(turn, destination, health, ports)) any ||= rows.length > 0;
    return any ? { restUntil } : retire(turn, passBegan, ports);
  };
  if (!destination || isPaused(destination)) return waitFor(passBegan + sweepAgainMs);
  if (health?.gather) await gather(turn, health, ports);
  if (health?.state === 'open') return probe(turn, destination, health, passBegan, ports);
  if (health && health.blockedUntil > clock.now())
    return waitFor(Math.min(health.blockedUntil, passBegan + sweepAgainMs));
  return attemptParked(turn, destination, health, passBegan, ports);
}

/** One turn of a destination's lane. Does nothing if another worker has the lease. */
export async function serveLane(to: Target, ports: LanePorts): Promise<void> {
  const { clock, queues } = ports;
  const until = clock.now() + turnMs;
  const ends = queues.isLast ? until : undefined;
  const lease = await takeLane(to, { owner: ports.newId(), ends }, until, ports);
  if (!lease) return;
  if (ends !== undefined) await announceEnd(to, ends, ports);
  const turn: Turn = { lease, done: new Set(), timer: undefined, health: undefined, isEmpty: true };
  for (;;) {
    if (clock.now() > until) return rest(turn, clock.now(), ports);
    if (lease.until - clock.now() < renewBelowMs) await renew(lease, ports);
    if (lease.until === 0) return;
    const next = await pass(turn, ports).catch((error): Next => {
      // A fault of ours. Without this, the lane would stand still until the sweep sends its timer again.
      ports.log({ warning: 'lane_interrupted', fault: (error as Error).name, destination: to.name }, 'warn');
      return { restUntil: clock.now() + restAfterFaultMs };
    });
    if (next !== 'again') return rest(turn, next.restUntil, ports);
  }
}
