/** Sends an ended delivery again. */
import type { Destination } from '../../deliveries/destination/destination.ts';
import { deliveryKeyOf } from '../../deliveries/dispatch/delivery-job.ts';
import type { DeliveryRow } from '../../deliveries/dispatch/delivery-row.ts';
import type { DispatchPorts } from '../../deliveries/dispatch/ports.ts';
import { type NotRedelivered, redeliver } from '../../deliveries/dispatch/redeliver.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation } from './operation.ts';

export type RedeliverDeliveryPorts = Pick<DispatchPorts, 'deliveries' | 'queues' | 'clock' | 'readDestination'>;

export const deliveryNotFound = (): Refusal =>
  new Refusal(
    'delivery_not_found',
    'There is no delivery with this id. It may not have been attempted yet, or is gone.',
  );

export const deliveryExpired = (): Refusal =>
  new Refusal('delivery_expired', 'The event of this delivery has expired, so there is nothing left to send.');

const refusals = {
  not_found: deliveryNotFound,
  not_ended: () =>
    new Refusal('delivery_not_ended', 'This delivery still waits for its next attempt, so it needs no other one.'),
  expired: deliveryExpired,
} satisfies Record<NotRedelivered, () => Refusal>;

/**
 * The row of the delivery with this id.
 * @throws a refusal if there is none
 */
export async function requireDelivery(
  id: string,
  { deliveries }: { deliveries: { rows: Pick<RedeliverDeliveryPorts['deliveries']['rows'], 'read'> } },
): Promise<DeliveryRow> {
  const key = deliveryKeyOf(id);
  const found = key && (await deliveries.rows.read(key));
  if (found) return found.value;
  throw deliveryNotFound();
}

/**
 * The destination of a delivery.
 * @throws a refusal if it was deleted
 */
export async function requireTarget(
  { to }: DeliveryRow,
  { readDestination }: Pick<DispatchPorts, 'readDestination'>,
): Promise<Destination> {
  const destination = await readDestination(to);
  if (destination) return destination;
  throw new Refusal('destination_not_found', 'The destination of this delivery was deleted.');
}

/** @returns the row. Its message is in the queue */
export const redeliverDelivery: Operation<{ id: string }, RedeliverDeliveryPorts, DeliveryRow> = async (
  { id },
  { actor },
  ports,
) => {
  const row = await requireDelivery(id, ports);
  const result = await redeliver(row, await requireTarget(row, ports), actor.id, ports);
  if (typeof result === 'string') throw refusals[result]();
  return result;
};
