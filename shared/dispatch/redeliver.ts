/** Sends what was made for a delivery again. */
import { revise, unchanged } from '../aws/revised-item.ts';
import { type Destination, pausedMsAt } from '../destination/destination.ts';
import type { DeliveryKey } from './delivery-job.ts';
import { type DeliveryRow, isLive, jobOf } from './delivery-row.ts';
import type { DispatchPorts } from './ports.ts';
import { sweepAgainMs } from './record-result.ts';

/** Why a delivery can't be sent again. */
export type NotRedelivered = 'not_found' | 'not_ended' | 'expired';

/**
 * Sends an ended delivery again, from the beginning of its schedule. If the message is lost, the sweep sends it. The number of its next attempt is one that no message has.
 * @param destination the destination, which must be the delivery's
 */
export async function redeliver(
  key: DeliveryKey,
  destination: Destination,
  by: string,
  { deliveries, queues, clock }: Pick<DispatchPorts, 'deliveries' | 'queues' | 'clock'>,
): Promise<DeliveryRow | NotRedelivered> {
  const now = clock.now();
  const found = await deliveries.rows.read(key);
  if (!found) return 'not_found';
  const { last, attempt, expiresAt } = found.value;
  // The row keeps the last attempt alone, and a first one that went well is nowhere else.
  if (last) await deliveries.putAttempt({ ...key, expiresAt }, attempt - 1, last);
  const { value, written } = await revise(
    deliveries.rows,
    key,
    (row) => {
      if (!row || isLive(row) || now >= row.expiresAt * 1000) return unchanged;
      const { reason: _, cause: __, ...kept } = row;
      return {
        ...kept,
        status: 'waiting' as const,
        attempt: row.attempt + 1,
        redelivery: row.redelivery + 1,
        step: 0,
        madeAt: now,
        pausedMs: pausedMsAt(destination, new Date(now)),
        due: now + sweepAgainMs,
        nextAt: now,
        redeliveredBy: by,
      };
    },
    { found },
  );
  if (written && value) {
    const refused = await queues.dispatch([{ body: jobOf(value) }]);
    if (refused.length > 0)
      await revise(deliveries.rows, key, (row) =>
        row?.due === value.due && row?.attempt === value.attempt ? { ...row, due: now } : unchanged,
      );
    return value;
  }
  if (!value) return 'not_found';
  return isLive(value) ? 'not_ended' : 'expired';
}
