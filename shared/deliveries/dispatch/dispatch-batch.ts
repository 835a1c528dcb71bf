/**
 * Handles a batch of the dispatch queue: attempts what is due, and puts aside what a lane has to attempt. One slow receiver delays
 * the others of its batch by one time limit, and then it is known as slow.
 */

import { type Revised, revise, unchanged } from '../../ground/aws/revised-item.ts';
import { type Destination, isPaused } from '../destination/destination.ts';
import type { DeliveryJob, Target } from './delivery-job.ts';
import { type DeliveryRow, expectsJob, newRow } from './delivery-row.ts';
import { healthNow, needsLane } from './destination-health.ts';
import type { Attempt, DispatchPorts } from './ports.ts';
import { finish, postpone, type RecordPorts, recordResult } from './record-result.ts';

/** A message, and how often it was received, this time included. */
export interface Received<T> {
  id: string;
  body: T;
  receives: number;
}

export interface DispatchBatchPorts extends RecordPorts, Pick<DispatchPorts, 'readDestination' | 'log'> {
  attempt: Attempt;
}

/** A message that was received so often ended the function, or was not finished in time, each time before. */
const tooManyReceives = 3;
/** So often for one that is alone. With those before, it is the fifth time. */
const tooManyReceivesAlone = 4;

/** Whether a message came so often that it is handled alone, or given up if it is. */
export const cameTooOften = ({ body, receives }: Received<DeliveryJob>): boolean =>
  receives >= (body.alone ? tooManyReceivesAlone : tooManyReceives);

/** What is read of a destination once a batch. */
interface Seen {
  destination: Destination | undefined;
  toLane: boolean;
}

async function seeDestination(to: Target, { readDestination, health }: DispatchBatchPorts): Promise<Seen> {
  const [destination, state] = await Promise.all([readDestination(to), health.read(to)]);
  const toLane =
    destination !== undefined &&
    (isPaused(destination) ||
      destination.rate !== undefined ||
      destination.concurrency !== undefined ||
      needsLane(healthNow(state, destination.generation)));
  return { destination, toLane };
}

/** `aside`: the lane has to attempt it. */
type Outcome = 'done' | 'aside';

/** A message that is put aside, and its destination. */
type Aside = Received<DeliveryJob> & Seen;

async function dispatchOne(
  message: Received<DeliveryJob>,
  { destination, toLane }: Seen,
  ports: DispatchBatchPorts,
): Promise<Outcome> {
  const { deliveries, clock } = ports;
  const { body: job } = message;
  // Not even its row is read: who parks it does that, and a flood for one destination has to be put aside quickly.
  if (toLane) return 'aside';
  const found: Revised<DeliveryRow> | undefined = await deliveries.rows.read(job);
  if (!expectsJob(found?.value, job)) return 'done';
  if (!destination) {
    await finish(job, { status: 'cancelled', reason: 'destination_deleted' }, undefined, ports, { found });
    return 'done';
  }
  if (cameTooOften(message)) {
    if (job.alone) await finish(job, { status: 'failed', reason: 'internal' }, destination, ports);
    else await postpone(job, destination, ports, { due: clock.now(), alone: true });
    return 'done';
  }
  const result = await ports.attempt(job, destination, () => true);
  if (result.kind === 'paused') return 'aside';
  await recordResult(job, result, destination, 'dispatch', ports, { found });
  return 'done';
}

/**
 * Puts aside what a lane has to attempt. What the queue does not take is due at the next sweep.
 * @returns the ids of the messages that have to come again
 */
async function putAside(aside: readonly Aside[], { queues, deliveries, clock, log }: DispatchBatchPorts) {
  if (aside.length === 0) return [];
  const refused = new Set((await queues.overflow(aside.map(({ body }) => ({ body })))).map(({ body }) => body));
  const failed: string[] = [];
  const leaveToSweep = async ({ id, body: job, destination }: Aside): Promise<void> => {
    const now = clock.now();
    await revise(deliveries.rows, job, (row) =>
      expectsJob(row, job) ? { ...(row ?? newRow(job, destination, now)), due: now } : unchanged,
    ).catch((error) => {
      log({ warning: 'delivery_not_put_aside', fault: (error as Error).name, event: job.event }, 'warn');
      failed.push(id);
    });
  };
  await Promise.all(aside.filter(({ body }) => refused.has(body)).map(leaveToSweep));
  return failed;
}

/** @returns the ids of the messages that have to come again */
export async function dispatchBatch(
  messages: readonly Received<DeliveryJob>[],
  ports: DispatchBatchPorts,
): Promise<string[]> {
  const known = new Map<string, Promise<Seen>>();
  const see = (to: Target): Promise<Seen> => {
    const seeing = known.get(to.id) ?? seeDestination(to, ports);
    known.set(to.id, seeing);
    return seeing;
  };
  const failed: string[] = [];
  const aside: Aside[] = [];
  const handle = async (message: Received<DeliveryJob>): Promise<void> => {
    try {
      const seen = await see(message.body.to);
      if ((await dispatchOne(message, seen, ports)) === 'aside') aside.push({ ...message, ...seen });
    } catch (error) {
      ports.log({ warning: 'delivery_not_handled', fault: (error as Error).name, event: message.body.event }, 'warn');
      failed.push(message.id);
    }
  };
  await Promise.all(messages.filter(({ body }) => !body.alone).map(handle));
  // What may end the function comes last, one at a time, so that it takes no other with it.
  for (const message of messages.filter(({ body }) => body.alone)) await handle(message);
  return [...failed, ...(await putAside(aside, ports))];
}
