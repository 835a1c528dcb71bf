/**
 * Attempts a delivery now because an operator asks for it: it is parked, and its lane takes it before all others, within what the destination
 * allows. A message that was to come later finds it parked, and is dropped. So whatever waits has one worker.
 */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import { type Destination, isPaused } from '../destination/destination.ts';
import { type DeliveryRow, isAsked, isOnItsWay, parkedRow } from './delivery-row.ts';
import { isLive } from './delivery-states.ts';
import { type EnsureTimer, isFull, putFirst } from './lane-timer.ts';
import type { DispatchPorts } from './ports.ts';

/** Why a delivery is not attempted now. */
export type NotAttempted = 'ended' | 'expired' | 'paused' | 'too_many_asked';

export type AttemptNowPorts = Pick<DispatchPorts, 'deliveries' | 'queues' | 'clock'> & { ensureTimer: EnsureTimer };

/**
 * The timer is ensured before the row is parked, so that a crash in between strands nothing. To ask again while nothing has happened yet adds
 * nothing but another message to the lane.
 * @param seen as it was when the operator asked
 * @param by who asks
 * @returns the row as it is then. One that is on its way is only noted
 */
export async function attemptNow(
  seen: DeliveryRow,
  destination: Destination,
  by: string,
  ports: AttemptNowPorts,
): Promise<DeliveryRow | NotAttempted> {
  const { deliveries, queues, clock, ensureTimer } = ports;
  const { to, attempt } = seen;
  if (isPaused(destination)) return 'paused';
  const asked = (await deliveries.timers.read(to.id))?.value.asked ?? [];
  if (isFull(asked, seen)) return 'too_many_asked';
  await ensureTimer(to);
  let reason: NotAttempted | undefined;
  const { value: row } = await revise(deliveries.rows, seen, (row) => {
    const now = clock.now();
    reason = undefined;
    if (!row || !isLive(row)) reason = 'ended';
    else if (now >= row.expiresAt * 1000) reason = 'expired';
    // The attempt that was asked for may have been made meanwhile.
    if (!row || reason || row.attempt !== attempt || row.asked?.attempt === attempt) return unchanged;
    // What is on its way goes on. If it is parked then, the lane takes it first, too.
    const isComing = row.status === 'waiting' && isOnItsWay(row, now);
    return { ...(isComing ? row : parkedRow(row)), asked: { by, at: now, attempt } };
  });
  if (!row || reason) return reason ?? 'ended';
  if (!isAsked(row)) return row;
  await putFirst(to, row, ports);
  // If the message is lost, the sweep sends another one.
  await queues.lane([{ body: to }]);
  return row;
}
