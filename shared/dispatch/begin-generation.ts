/** What follows when an operator has resumed a destination, or has changed where it is or how it is proved. */
import { revise, unchanged } from '../aws/revised-item.ts';
import type { Destination } from '../destination/destination.ts';
import { freshHealth } from './destination-health.ts';
import type { EnsureTimer } from './lane-timer.ts';
import type { DispatchPorts } from './ports.ts';

/**
 * Forgets how the destination was, and lets its lane attempt at once what waits, also for hours. Runs after the record has the new
 * generation: if this is lost, the old health counts for nothing all the same, and what waits comes when it is due.
 */
export async function beginGeneration(
  { id, name, generation }: Destination,
  { deliveries, queues, ensureTimer }: Pick<DispatchPorts, 'deliveries' | 'queues'> & { ensureTimer: EnsureTimer },
): Promise<void> {
  await revise(deliveries.health, id, (health) =>
    health === undefined || health.generation < generation
      ? { ...freshHealth(generation, health), state: 'recovering' as const, gather: true }
      : unchanged,
  );
  const to = { id, name };
  await ensureTimer(to, true);
  // If the message is lost, the sweep sends another one.
  await queues.lane([{ body: to }]);
}
