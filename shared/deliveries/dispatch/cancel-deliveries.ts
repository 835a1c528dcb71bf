/** Cancels what waits for a destination that is deleted. */
import { inParallel } from '../../ground/base/parallel.ts';
import { deliveryIdOf } from './delivery-job.ts';
import { jobOf } from './delivery-row.ts';
import { liveStates } from './delivery-states.ts';
import type { DispatchPorts } from './ports.ts';
import { finish } from './record-result.ts';

/** The most cancellations at a time. */
const atOnce = 16;

/**
 * Runs after the destination's record is gone. What it does not reach in its time is cancelled where it is found: by who dispatches it,
 * or by the lane, whose timer stays for that.
 * @param until when it ends at the latest, in epoch milliseconds
 * @returns how many were cancelled, and the ids of some
 */
export async function cancelDeliveries(
  destination: string,
  until: number,
  ports: Pick<DispatchPorts, 'deliveries' | 'clock'>,
): Promise<{ cancelled: number; sample: string[] }> {
  const sample: string[] = [];
  let cancelled = 0;
  for (const state of liveStates) {
    let after: string | undefined;
    do {
      const page = await ports.deliveries.listByState(destination, state, after);
      const done = await inParallel(page.items, atOnce, (row) =>
        finish(jobOf(row), { status: 'cancelled', reason: 'destination_deleted' }, undefined, ports),
      );
      cancelled += done.filter(Boolean).length;
      sample.push(...page.items.slice(0, 20 - sample.length).map(deliveryIdOf));
      after = page.next;
    } while (after !== undefined && ports.clock.now() < until);
  }
  return { cancelled, sample };
}
