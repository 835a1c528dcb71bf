/** After a change of a destination, or if an operator asks for it, what waits is attempted at once. */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import { isOnItsWay, parkedRow } from './delivery-row.ts';
import type { DestinationHealth } from './destination-health.ts';
import type { LanePorts, Turn } from './lane-turn.ts';

/** With less of the lease left, the rest is for the next pass, in milliseconds. */
const enoughLeaseMs = 30_000;

/** Parks what waits, so that the lane attempts it now. What is on its way comes by itself. */
export async function gather(
  turn: Turn,
  health: DestinationHealth,
  { deliveries, clock, ensureTimer }: LanePorts,
): Promise<void> {
  let after: string | undefined;
  do {
    const page = await deliveries.listByState(turn.lease.to.id, 'waiting', after);
    const later = page.items.filter((row) => !isOnItsWay(row, clock.now()));
    // Like everybody who parks: this pass may not see in the index what it parks, and must not take the lane for empty.
    if (later.length > 0) await ensureTimer(turn.lease.to);
    await Promise.all(
      later.map((seen) =>
        revise(deliveries.rows, seen, (row) => {
          const comesLater = row?.status === 'waiting' && row.attempt === seen.attempt && !isOnItsWay(row, clock.now());
          return comesLater ? parkedRow(row) : unchanged;
        }),
      ),
    );
    after = page.next;
  } while (after !== undefined && clock.now() < turn.lease.until - enoughLeaseMs);
  if (after !== undefined) return;
  await revise(deliveries.health, turn.lease.to.id, (now) =>
    now?.generation === health.generation && now.gather ? { ...now, gather: false } : unchanged,
  );
}
