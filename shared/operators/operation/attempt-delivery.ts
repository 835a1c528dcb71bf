/** Attempts a delivery now that waits for its next attempt. */
import { attemptNow, type NotAttempted } from '../../deliveries/dispatch/attempt-now.ts';
import type { DeliveryRow } from '../../deliveries/dispatch/delivery-row.ts';
import type { DispatchPorts } from '../../deliveries/dispatch/ports.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation } from './operation.ts';
import { destinationPaused } from './pause-destination.ts';
import { deliveryExpired, requireDelivery, requireTarget } from './redeliver-delivery.ts';

export type AttemptDeliveryPorts = Pick<DispatchPorts, 'deliveries' | 'queues' | 'clock' | 'readDestination'> &
  Parameters<typeof attemptNow>[3];

const refusals = {
  ended: () =>
    new Refusal('delivery_ended', 'This delivery has ended, so no attempt waits. To send it again, redeliver it.'),
  expired: deliveryExpired,
  paused: destinationPaused,
  too_many_asked: () =>
    new Refusal(
      'too_many_asked',
      'For this destination 20 deliveries are asked for already. Wait until some of them are attempted, or attempt all that waits.',
    ),
} satisfies Record<NotAttempted, () => Refusal>;

/** @returns the row as it is then: its lane attempts it next, within what its destination allows */
export const attemptDelivery: Operation<{ id: string }, AttemptDeliveryPorts, DeliveryRow> = async (
  { id },
  { actor },
  ports,
) => {
  const row = await requireDelivery(id, ports);
  const result = await attemptNow(row, await requireTarget(row, ports), actor.id, ports);
  if (typeof result === 'string') throw refusals[result]();
  return result;
};
