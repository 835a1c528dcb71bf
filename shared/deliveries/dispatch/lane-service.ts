/** The paced service of what is parked, the oldest first: faster and faster, until it is as fast as the destination may have it. */

import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import type { Destination } from '../destination/destination.ts';
import { perSecondOf } from '../destination/destination-rate.ts';
import { deliveryIdOf } from './delivery-job.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { type DestinationHealth, freshHealth, topPace } from './destination-health.ts';
import { askedRows, attemptRow, type LanePorts, type Next, parkedRows, retire, type Turn } from './lane-turn.ts';

const secondMs = 1_000;
/** For how long a pass begins attempts before it looks again at the destination and its health, in milliseconds. */
const passMs = 5 * secondMs;
/** The most attempts that a lane has under way. A destination's `concurrency` can be less. */
const usualWidth = 16;

/** How fast the lane attempts. */
interface Pace {
  /** The time from the beginning of an attempt to that of the next, in milliseconds. */
  everyMs: number;
  /** The most attempts under way, and in a pass. */
  width: number;
  most: number;
  /** Whether it gets no faster. */
  isTop: boolean;
}

function paceOf(
  { rate, concurrency = usualWidth }: Destination,
  health: DestinationHealth | undefined,
  isCareful: boolean,
): Pace {
  const perSecond = rate === undefined ? topPace : perSecondOf(rate);
  const known = health?.pace ?? 1;
  const wanted = Math.min(known, perSecond);
  const isTop = known >= Math.min(topPace, perSecond);
  const seconds = isTop ? passMs / secondMs : 1;
  return {
    everyMs: secondMs / wanted,
    width: isCareful ? 1 : concurrency,
    most: Math.max(1, Math.floor(wanted * seconds)),
    isTop,
  };
}

/**
 * Attempts deliveries in their order, at a pace. Begins no more of them after the first that does not go well, because the health that the
 * pass has read is old then.
 */
async function attemptInOrder(
  rows: readonly DeliveryRow[],
  { everyMs, width }: Pace,
  destination: Destination,
  turn: Turn,
  ports: LanePorts,
): Promise<void> {
  const { clock } = ports;
  const began = clock.now();
  const faults: unknown[] = [];
  let begun = 0;
  let goesWell = true;
  const sleepUntil = (time: number) => (time > clock.now() ? clock.sleep(time - clock.now()) : undefined);
  const work = async (): Promise<void> => {
    while (goesWell && clock.now() - began < passMs) {
      const row = rows[begun];
      if (!row) return;
      begun += 1;
      await sleepUntil(began + (begun - 1) * everyMs);
      if (!goesWell) return;
      try {
        if (!(await attemptRow(row, destination, turn, 'lane', ports))) goesWell = false;
      } catch (error) {
        faults.push(error);
        goesWell = false;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, rows.length) }, work));
  // Only when all have ended: what an invocation leaves behind when it ends is lost.
  if (faults.length > 0) throw faults[0];
  await sleepUntil(began + begun * everyMs);
}

/** Attempts what operators asked for and then the oldest of what is parked, as many as the pace allows. */
export async function attemptParked(
  turn: Turn,
  destination: Destination,
  health: DestinationHealth | undefined,
  passBegan: number,
  ports: LanePorts,
): Promise<Next> {
  const { deliveries, clock } = ports;
  const pace = paceOf(destination, health, turn.lease.isCareful);
  const chosen = (await askedRows(turn, ports)).slice(0, pace.most);
  const first = new Set(chosen.map(deliveryIdOf));
  for await (const rows of parkedRows(turn, destination, health, ports)) {
    const others = rows.filter((row) => !first.has(deliveryIdOf(row)));
    chosen.push(...others.slice(0, pace.most - chosen.length));
    if (chosen.length >= pace.most) break;
  }
  if (chosen.length === 0) {
    if (health?.state === 'recovering')
      await revise(deliveries.health, turn.lease.to.id, (now) =>
        now?.generation === health.generation && now.state === 'recovering' && now.blockedUntil <= clock.now()
          ? { ...now, state: 'closed' as const }
          : unchanged,
      );
    return retire(turn, passBegan, ports);
  }
  await attemptInOrder(chosen, pace, destination, turn, ports);
  if (!pace.isTop)
    await revise(deliveries.health, turn.lease.to.id, (now) => {
      const known = now ?? freshHealth(destination.generation);
      return known.generation === destination.generation
        ? { ...known, pace: Math.min(topPace, known.pace * 2) }
        : unchanged;
    });
  return 'again';
}
