/** What a change of a destination's record means for its deliveries. */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import { type Destination, isFinished } from '../destination/destination.ts';
import type { DestinationRecordChange } from '../destination/destination-change.ts';
import { freshHealth } from './destination-health.ts';
import type { EnsureTimer } from './lane-timer.ts';
import type { DispatchPorts } from './ports.ts';

/** `begun`: what waits is attempted at once. `deleted`: what waits is cancelled. */
export type DestinationEffect =
  | { kind: 'begun'; destination: Destination }
  | { kind: 'deleted'; destination: Destination };

/** Undefined if the deliveries go on as before. */
export function effectOf({ before, after }: DestinationRecordChange): DestinationEffect | undefined {
  if (!isFinished(before)) return undefined;
  if (!isFinished(after) || after.id !== before.id) return { kind: 'deleted', destination: before };
  return after.generation > before.generation ? { kind: 'begun', destination: after } : undefined;
}

/**
 * What follows when an operator has resumed a destination, or has changed its URL or its credentials. Forgets how the destination was. Its
 * lane then attempts at once what waits, also what waits for hours. Runs after the record has the new generation: if this is lost, the old
 * health counts for nothing all the same, and what waits comes when it is due.
 */
export async function beginGeneration(
  { id, name, generation }: Destination,
  {
    deliveries,
    queues,
    clock,
    ensureTimer,
  }: Pick<DispatchPorts, 'deliveries' | 'queues' | 'clock'> & { ensureTimer: EnsureTimer },
): Promise<void> {
  await revise(deliveries.health, id, (health) =>
    health === undefined || health.generation < generation
      ? { ...freshHealth(generation, health, clock.now()), state: 'recovering' as const, gather: true }
      : unchanged,
  );
  const to = { id, name };
  await ensureTimer(to, clock.now());
  // If the message is lost, the sweep sends another one.
  await queues.lane([{ body: to }]);
}
