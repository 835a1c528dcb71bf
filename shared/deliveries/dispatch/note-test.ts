/** A test of a destination that succeeded says about its health what a probe would. */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import { type Destination, isPaused } from '../destination/destination.ts';
import { afterTest } from './destination-health.ts';
import type { EnsureTimer } from './lane-timer.ts';
import type { DispatchPorts } from './ports.ts';

export type NoteTestPorts = Pick<DispatchPorts, 'deliveries' | 'queues' | 'clock' | 'readDestination'> & {
  ensureTimer: EnsureTimer;
};

/**
 * Makes a destination that was failing recover. It is read again: what was paused or changed during the test says nothing. The timer is moved first,
 * so that a crash in between strands nothing.
 * @param tested as it was when the test began
 */
export async function noteTest({ id, name, generation }: Destination, ports: NoteTestPorts): Promise<void> {
  const { deliveries, queues, clock, readDestination, ensureTimer } = ports;
  const to = { id, name };
  const destination = await readDestination(to);
  if (!destination || isPaused(destination) || destination.generation !== generation) return;
  const before = (await deliveries.health.read(id))?.value;
  if (before?.generation !== generation || afterTest(before, 0) === before) return;
  await ensureTimer(to, clock.now());
  const { written } = await revise(deliveries.health, id, (health) => {
    if (health?.generation !== generation) return unchanged;
    const after = afterTest(health, clock.now());
    return after === health ? unchanged : after;
  });
  // If the message is lost, the sweep sends another one.
  if (written) await queues.lane([{ body: to }]);
}
