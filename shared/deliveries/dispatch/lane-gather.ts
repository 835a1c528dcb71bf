/** After a change of a destination, or a resumption, what waits for hours is attempted at once. */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import { parkedRow } from './delivery-row.ts';
import type { DestinationHealth } from './destination-health.ts';
import type { LanePorts, Turn } from './lane-turn.ts';
import { sweepAgainMs } from './record-result.ts';

const minuteMs = 60_000;
/** With less of the lease left, the rest is for the next pass, in milliseconds. */
const enoughLeaseMs = 30_000;

/** Parks what waits for hours, so that the lane attempts it now. What is due soon comes by itself. */
export async function gather(
  turn: Turn,
  health: DestinationHealth,
  { deliveries, clock, ensureTimer }: LanePorts,
): Promise<void> {
  let after: string | undefined;
  do {
    const page = await deliveries.listByState(turn.lease.to.id, 'waiting', after);
    const late = page.items.filter(({ due }) => (due ?? 0) > clock.now() + sweepAgainMs + minuteMs);
    // Like everybody who parks: this pass may not see in the index what it parks, and must not take the lane for empty.
    if (late.length > 0) await ensureTimer(turn.lease.to);
    await Promise.all(
      late.map((seen) =>
        revise(deliveries.rows, seen, (row) => {
          if (row?.status !== 'waiting' || row.attempt !== seen.attempt || row.due !== seen.due) return unchanged;
          return parkedRow(row);
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
