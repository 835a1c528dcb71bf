/** One attempt at a time for a destination that is open, at longer and longer intervals. */

import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import type { Destination } from '../destination/destination.ts';
import { perSecondOf } from '../destination/destination-rate.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { type DestinationHealth, probing } from './destination-health.ts';
import { askedRows, attemptRow, type LanePorts, type Next, parkedRows, retire, type Turn } from './lane-turn.ts';

const secondMs = 1_000;
/** How long a turn looks for what is parked at an open destination, in milliseconds. */
const searchMs = 20 * secondMs;

/** When a delivery was attempted last, in epoch milliseconds. */
const attemptedAt = ({ last }: DeliveryRow): number => last?.at ?? 0;

/**
 * A probe takes any delivery that was never attempted, or else the one that was not attempted for the longest time. So each has its turn: some
 * that the receiver always refuses must not keep its destination open.
 * @returns `more` if the search took too long to see all, undefined if nothing is parked
 */
async function findProbe(
  turn: Turn,
  destination: Destination,
  health: DestinationHealth,
  ports: LanePorts,
): Promise<DeliveryRow | 'more' | undefined> {
  const { clock } = ports;
  const searchUntil = clock.now() + searchMs;
  let chosen: DeliveryRow | undefined;
  let equals = 0;
  for await (const rows of parkedRows(turn, destination, health, ports)) {
    for (const row of rows) {
      if (chosen && attemptedAt(row) > attemptedAt(chosen)) continue;
      equals = chosen && attemptedAt(chosen) === attemptedAt(row) ? equals + 1 : 1;
      if (clock.random() * equals < 1) chosen = row;
    }
    if (clock.now() > searchUntil) return chosen ?? 'more';
  }
  return chosen;
}

export async function probe(
  turn: Turn,
  destination: Destination,
  health: DestinationHealth,
  passBegan: number,
  ports: LanePorts,
): Promise<Next> {
  const { deliveries, clock } = ports;
  const asked = await askedRows(turn, ports);
  const { blockedUntil } = health;
  const isNow = asked.length > 0 && blockedUntil <= clock.now();
  const found = isNow ? asked[0] : await findProbe(turn, destination, health, ports);
  if (found === undefined) return retire(turn, passBegan, ports);
  if (found === 'more') return 'again';
  const at = health.probe?.at ?? 0;
  if (!isNow && clock.now() < at) return { restUntil: asked.length > 0 ? Math.min(at, blockedUntil) : at };
  // Moved before the attempt, so that a second worker makes none.
  const { written } = await revise(deliveries.health, turn.lease.to.id, (now) =>
    now?.state === 'open' && now.generation === health.generation && now.probe?.at === health.probe?.at
      ? probing(now, clock.now(), isNow)
      : unchanged,
  );
  if (!written) return 'again';
  await attemptRow(found, destination, turn, 'probe', ports);
  // Several may be asked for: they come no faster than the destination may have them.
  if (isNow && destination.rate) await clock.sleep(secondMs / perSecondOf(destination.rate));
  return 'again';
}
