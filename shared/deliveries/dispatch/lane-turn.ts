/** What all work of a lane has in common: the turn of its worker, the parked deliveries, an attempt of one of them, and the end of the work. */

import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import { type Destination, isPaused } from '../destination/destination.ts';
import { deliveryIdOf } from './delivery-job.ts';
import { ageOf, type DeliveryRow, isAsked, jobOf } from './delivery-row.ts';
import { type DestinationHealth, isShutSince, tellAt } from './destination-health.ts';
import { type HeldLease, noteTrying } from './lane-lease.ts';
import { forgetAsked } from './lane-timer.ts';
import type { Attempt, DispatchPorts, LaneTimer } from './ports.ts';
import { finish, giveUp, type RecordPorts, recordResult, sweepAgainMs } from './record-result.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

export interface LanePorts
  extends RecordPorts,
    Pick<DispatchPorts, 'readDestination' | 'publishNotices' | 'newId' | 'log'> {
  attempt: Attempt;
}

/** One turn of one worker. */
export interface Turn {
  lease: HeldLease;
  /** What this turn has attempted or ended. The index may show it for a while. */
  done: Set<string>;
  /** What the pass read: the timer, and the health, also that of an earlier generation. */
  timer: LaneTimer | undefined;
  health: DestinationHealth | undefined;
  /** Whether the pass found nothing parked, not even what the turn has attempted: the index may not show yet that it is parked again. */
  isEmpty: boolean;
}

/** What a pass leads to: another pass, or a rest until a time. */
export type Next = 'again' | { restUntil: number };

const nameOf = (row: DeliveryRow): string => `${deliveryIdOf(row)} ${row.attempt}`;

/** Ends a parked delivery that no attempt can help. Returns whether it did. */
async function endIfOver(
  row: DeliveryRow,
  destination: Destination | undefined,
  health: DestinationHealth | undefined,
  ports: LanePorts,
): Promise<boolean> {
  const now = ports.clock.now();
  const job = jobOf(row);
  if (!destination) {
    await finish(job, { status: 'cancelled', reason: 'destination_deleted' }, undefined, ports);
    return true;
  }
  if (now >= row.expiresAt * secondMs) {
    await finish(job, { status: 'expired' }, destination, ports);
    return true;
  }
  const overFor = ageOf(row, destination, now) - destination.giveUpAfterHours * hourMs;
  if (isPaused(destination) || overFor < 0 || !isShutSince(health, now - overFor, now)) return false;
  await giveUp(job, (found) => found?.status === 'parked' && found.attempt === row.attempt, destination, ports);
  return true;
}

/** The parked deliveries that this turn has not touched yet, page by page. Ends those that are over. */
export async function* parkedRows(
  turn: Turn,
  destination: Destination | undefined,
  health: DestinationHealth | undefined,
  ports: LanePorts,
): AsyncGenerator<DeliveryRow[]> {
  let after: string | undefined;
  do {
    const page = await ports.deliveries.listByState(turn.lease.to.id, 'parked', after);
    if (page.items.length > 0) turn.isEmpty = false;
    const left: DeliveryRow[] = [];
    for (const row of page.items) {
      if (turn.done.has(nameOf(row))) continue;
      if (await endIfOver(row, destination, health, ports)) turn.done.add(nameOf(row));
      else left.push(row);
    }
    yield left;
    after = page.next;
  } while (after !== undefined);
}

/** The parked deliveries that operators asked for, and that this turn has not touched yet. Read by their keys, so no number of others delays them. */
export async function askedRows(turn: Turn, ports: LanePorts): Promise<DeliveryRow[]> {
  const asked = turn.timer?.asked ?? [];
  if (asked.length === 0) return [];
  const found = await Promise.all(
    asked.map(async (one) => ({ one, row: (await ports.deliveries.rows.read(one))?.value })),
  );
  const gone = found.filter(({ one, row }) => !row || !isAsked(row) || row.attempt !== one.attempt);
  if (gone.length > 0)
    await forgetAsked(
      turn.lease.to,
      gone.map(({ one }) => one),
      ports,
    );
  if (gone.length < found.length) turn.isEmpty = false;
  return found.flatMap((each) =>
    each.row && !gone.includes(each) && !turn.done.has(nameOf(each.row)) ? [each.row] : [],
  );
}

/** @returns whether nothing speaks against the next attempt */
export async function attemptRow(
  seen: DeliveryRow,
  destination: Destination,
  turn: Turn,
  via: 'lane' | 'probe',
  ports: LanePorts,
): Promise<boolean> {
  const { deliveries, clock } = ports;
  turn.done.add(nameOf(seen));
  const found = await deliveries.rows.read(seen);
  if (found?.value.status !== 'parked' || found.value.attempt !== seen.attempt) return true;
  const job = jobOf(found.value);
  // Before the attempt, so that a wish is one attempt, whatever becomes of its record.
  if (isAsked(found.value)) await forgetAsked(turn.lease.to, [found.value], ports);
  if (turn.lease.isCareful) await noteTrying(turn.lease, found.value, ports);
  const result = await ports.attempt(job, destination, () => clock.now() < turn.lease.until);
  await recordResult(job, result, destination, via, ports);
  return result.kind === 'delivered';
}

/**
 * A pass that found nothing ends the time for which the timer is kept. The timer goes if nobody touched it for a while after that, and
 * another pass found nothing.
 */
export async function retire(turn: Turn, passBegan: number, { deliveries, clock }: LanePorts): Promise<Next> {
  const {
    timer,
    health,
    lease: { to },
  } = turn;
  const owes =
    health !== undefined && (health.notices.length > 0 || health.givenUp > 0 || tellAt(health) !== undefined);
  if (timer && turn.isEmpty && !owes && timer.touched > passBegan)
    await revise(deliveries.timers, to.id, (now) =>
      now?.touched === timer.touched ? { ...now, touched: passBegan } : unchanged,
    );
  if (timer && turn.isEmpty && !owes && passBegan > timer.touched + sweepAgainMs)
    await revise(deliveries.timers, to.id, (now) => (now && now.touched === timer.touched ? undefined : unchanged));
  return { restUntil: clock.now() + minuteMs };
}
