/** Sends what was made for a delivery again. */

import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import { type Destination, pausedMsAt } from '../destination/destination.ts';
import type { DeliveryKey } from './delivery-job.ts';
import { type DeliveryRow, jobOf } from './delivery-row.ts';
import { isLive } from './delivery-states.ts';
import type { DispatchPorts } from './ports.ts';
import { sweepAgainMs } from './record-result.ts';

/** Why a delivery can't be sent again. */
export type NotRedelivered = 'not_found' | 'not_ended' | 'expired';

export type RedeliverPorts = Pick<DispatchPorts, 'deliveries' | 'queues' | 'clock'>;

/** Why this delivery can't be sent again. */
export function whyNotRedelivered(row: DeliveryRow, now: number): 'not_ended' | 'expired' | undefined {
  if (isLive(row)) return 'not_ended';
  return now >= row.expiresAt * 1000 ? 'expired' : undefined;
}

interface Author {
  /** The destination, which must be the delivery's. */
  destination: Destination;
  by: string;
  /** The job that redelivers many. Without one, the mark of an earlier job stays: that job must not take the delivery again. */
  jobId?: string;
}

/**
 * Makes an ended delivery due, from the beginning of its schedule. The number of its next attempt is one that no message has.
 * `sendRedelivered` then sends it; if the caller crashes before that, the sweep does.
 * @param whyNot why a row is left as it is
 */
export async function makeDueAgain<Reason extends string>(
  key: DeliveryKey,
  { destination, by, jobId }: Author,
  whyNot: (row: DeliveryRow, now: number) => Reason | undefined,
  { deliveries, clock }: RedeliverPorts,
): Promise<DeliveryRow | Reason | 'not_found'> {
  const now = clock.now();
  const found = await deliveries.rows.read(key);
  if (!found) return 'not_found';
  let reason: Reason | 'not_found' | undefined = whyNot(found.value, now);
  if (reason !== undefined) return reason;
  const { last, attempt, expiresAt } = found.value;
  // The row keeps the last attempt alone, and a first one that went well is nowhere else.
  if (last) await deliveries.putAttempt({ ...key, expiresAt }, attempt - 1, last);
  const { value, written } = await revise(
    deliveries.rows,
    key,
    (row) => {
      reason = row ? whyNot(row, now) : 'not_found';
      if (!row || reason !== undefined) return unchanged;
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
        ...(jobId !== undefined && { redeliveryJob: jobId }),
      };
    },
    { found },
  );
  return written && value ? value : (reason ?? 'not_found');
}

/** Sends the messages of deliveries that were made due. One that the queue does not take is due at the next sweep. */
export async function sendRedelivered(
  sent: readonly DeliveryRow[],
  { deliveries, queues, clock }: RedeliverPorts,
): Promise<void> {
  const waiting = sent.map((row) => ({ row, message: { body: jobOf(row) } }));
  const refused = new Set(await queues.dispatch(waiting.map(({ message }) => message)));
  for (const { row, message } of waiting)
    if (refused.has(message))
      await revise(deliveries.rows, row, (now) =>
        now?.due === row.due && now?.attempt === row.attempt ? { ...now, due: clock.now() } : unchanged,
      );
}

/** Sends one ended delivery again. */
export async function redeliver(
  key: DeliveryKey,
  destination: Destination,
  by: string,
  ports: RedeliverPorts,
): Promise<DeliveryRow | NotRedelivered> {
  const result = await makeDueAgain(key, { destination, by }, whyNotRedelivered, ports);
  if (typeof result !== 'string') await sendRedelivered([result], ports);
  return result;
}
