/** Parks deliveries that their destination's lane will attempt. Nothing is attempted here, so a flood is put aside quickly. */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { expectsJob, isAsked, newRow, parkedRow } from './delivery-row.ts';
import { type EnsureTimer, putFirst } from './lane-timer.ts';
import type { DispatchPorts } from './ports.ts';
import { finish } from './record-result.ts';

export type ParkPorts = Pick<DispatchPorts, 'deliveries' | 'clock' | 'readDestination' | 'queues'> & {
  ensureTimer: EnsureTimer;
};

/**
 * Parks one delivery, and makes sure that the lane works. A message that comes again ensures that too: perhaps whoever parked the row
 * came no further.
 */
export async function parkDelivery(job: DeliveryJob, ports: ParkPorts): Promise<void> {
  const { deliveries, clock, readDestination, queues, ensureTimer } = ports;
  const destination = await readDestination(job.to);
  if (!destination) {
    await finish(job, { status: 'cancelled', reason: 'destination_deleted' }, undefined, ports);
    return;
  }
  const { value, written } = await revise(deliveries.rows, job, (row) => {
    if (!expectsJob(row, job)) return unchanged;
    return parkedRow(row ?? newRow(job, destination, clock.now()));
  });
  // The first that is parked wakes the lane, which would otherwise wait for the sweep. A lane that works already drops the message.
  if (value?.status !== 'parked') return;
  const isFirst = await ensureTimer(job.to);
  if (written && isAsked(value)) await putFirst(job.to, value, ports);
  else if (!isFirst) return;
  await queues.lane([{ body: job.to }]);
}
