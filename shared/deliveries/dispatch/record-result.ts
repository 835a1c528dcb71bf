/**
 * Writes down what came of an attempt, and sees to the next one. The row comes first, then the message, then the health: whatever
 * is lost in between, the row says when the delivery goes on.
 */

import { type Revised, revise, unchanged } from '../../ground/aws/revised-item.ts';
import type { Destination } from '../destination/destination.ts';
import { isRetried } from '../destination/retry-settings.ts';
import { type AttemptResult, type SentAttempt, transformThrottled, wasSent } from './attempt-result.ts';
import type { DeliveryJob } from './delivery-job.ts';
import {
  type AttemptNote,
  ageOf,
  type DeliveryEnd,
  type DeliveryRow,
  endedRow,
  newRow,
  parkedRow,
} from './delivery-row.ts';
import { isLive } from './delivery-states.ts';
import { freshHealth } from './destination-health.ts';
import type { HealthLog } from './health-log.ts';
import type { EnsureTimer } from './lane-timer.ts';
import type { DispatchPorts } from './ports.ts';
import { nextAttemptAt, waitAt } from './retry-schedule.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
/** A wait up to this long is the queue's own; a longer one only stands in the row. In milliseconds. */
const longestQueueWait = minuteMs;
/** When the sweep sends what the queue had to send, in case that the message was lost. In milliseconds. */
export const sweepAgainMs = 15 * minuteMs;
/** When something is tried again that a fault of ours prevented: soon at first, and later if the fault lasts. */
const laterMs = (age: number): number => Math.round(Math.min(sweepAgainMs, Math.max(30 * secondMs, age / 4)));

export interface RecordPorts extends Pick<DispatchPorts, 'deliveries' | 'queues' | 'clock' | 'log'> {
  health: HealthLog;
  ensureTimer: EnsureTimer;
}

/** What a row has of an answer at most, in bytes: with it, a usual row is smaller than the KB that one write unit pays. */
const maxRowAnswer = 192;

/** The beginning of a text, in bytes. */
function beginningOf(text: string, bytes: number): string {
  let beginning = text.slice(0, bytes);
  while (Buffer.byteLength(beginning) > bytes) beginning = beginning.slice(0, -1);
  return beginning.toWellFormed();
}

/** A row has the last attempt, with the beginning of its answer. */
const brief = ({ answer, ...note }: AttemptNote): AttemptNote => ({
  ...note,
  ...(answer !== undefined && { answer: beginningOf(answer, maxRowAnswer) }),
});

/** Who made an attempt. A probe moves no schedule; the lane's own attempts do. */
export type AttemptedBy = 'dispatch' | 'lane' | 'probe';

/** What was read of a row before the attempt. */
export interface SeenRow {
  found: Revised<DeliveryRow> | undefined;
}

/** Whether a row still expects the attempt of this message. The lane attempts what is parked, so that counts too. */
const expects = (row: DeliveryRow | undefined, { attempt }: DeliveryJob): boolean =>
  row ? isLive(row) && row.attempt === attempt : attempt === 1;

/** Ends a delivery without an attempt. */
export async function finish(
  job: DeliveryJob,
  end: DeliveryEnd,
  destination: Destination | undefined,
  { deliveries, clock }: Pick<RecordPorts, 'deliveries' | 'clock'>,
  seen?: SeenRow,
): Promise<boolean> {
  const { written } = await revise(
    deliveries.rows,
    job,
    (row) => (expects(row, job) ? endedRow(row ?? newRow(job, destination, clock.now()), end) : unchanged),
    seen,
  );
  return written;
}

/** Makes a row due soon, for whatever prevented its attempt. It counts as none. */
export const postpone = (
  job: DeliveryJob,
  destination: Destination | undefined,
  { deliveries, clock }: Pick<RecordPorts, 'deliveries' | 'clock'>,
  change: { due: number; alone?: true },
): Promise<unknown> =>
  revise(deliveries.rows, job, (row) =>
    expects(row, job)
      ? { ...(row ?? newRow(job, destination, clock.now())), status: 'waiting' as const, nextAt: change.due, ...change }
      : unchanged,
  );

/**
 * Gives a delivery up: it is counted in its destination's health, and its timer ensured, before the row ends. After a crash in
 * between, the row is given up once more, and one too many is told; the other order would tell none.
 */
export async function giveUp(
  job: DeliveryJob,
  mayEnd: (row: DeliveryRow | undefined) => boolean,
  destination: Destination,
  { deliveries, clock, ensureTimer }: RecordPorts,
  sent?: SentAttempt,
): Promise<void> {
  const before = (await deliveries.rows.read(job))?.value;
  if (!mayEnd(before)) return;
  await revise(deliveries.health, job.to.id, (health) => {
    const known = health ?? freshHealth(destination.generation);
    return { ...known, givenUp: known.givenUp + 1, givenUpSample: job.event };
  });
  await ensureTimer(job.to);
  await revise(deliveries.rows, job, (row) =>
    mayEnd(row)
      ? {
          ...endedRow(row ?? newRow(job, destination, clock.now()), { status: 'given_up' }),
          ...(sent && { attempt: job.attempt + 1, last: brief(sent.note) }),
        }
      : unchanged,
  );
}

/** How an answer ends its delivery: a 2xx, a 410, and what the destination does not want to be tried again. Undefined if it goes on. */
function endAfter({ kind, note }: SentAttempt, { retryOn }: Destination): DeliveryEnd | undefined {
  if (kind === 'delivered') return { status: 'delivered' };
  if (kind === 'gone') return { status: 'failed', reason: 'gone' };
  return isRetried(retryOn, note.status) ? undefined : { status: 'failed', reason: 'not_retried' };
}

/** Records an answer that ends a delivery. */
async function recordEnd(
  job: DeliveryJob,
  { note }: SentAttempt,
  end: DeliveryEnd,
  destination: Destination,
  { deliveries, clock }: RecordPorts,
  seen: SeenRow | undefined,
): Promise<void> {
  const isDelivered = end.status === 'delivered';
  // The receiver has it, so any earlier end is untrue. Only what was redelivered since is another matter.
  const wins = (row: DeliveryRow | undefined) =>
    isDelivered && row?.redelivery === (job.redelivery ?? 0) && row.status !== 'delivered';
  await revise(
    deliveries.rows,
    job,
    (row) => {
      if (!expects(row, job) && !wins(row)) return unchanged;
      const known = row ?? newRow(job, destination, clock.now());
      return { ...endedRow(known, end), attempt: Math.max(known.attempt, job.attempt + 1), last: brief(note) };
    },
    seen,
  );
}

/** Records a failure, and when the next attempt is. Returns the wait if the queue has to send it. */
async function recordFailure(
  job: DeliveryJob,
  sent: SentAttempt,
  destination: Destination,
  via: AttemptedBy,
  ports: RecordPorts,
): Promise<number | undefined> {
  const { deliveries, clock, queues } = ports;
  const now = clock.now();
  const found = await deliveries.rows.read(job);
  const before = found?.value ?? newRow(job, destination, now);
  const limit = destination.giveUpAfterHours * hourMs;
  const wait = waitAt(destination, before.step, clock.random(), sent.retryAfter);
  const at = nextAttemptAt(now, wait, { age: ageOf(before, destination, now), limit });
  if (at === undefined) {
    await giveUp(job, (row) => expects(row, job), destination, ports, sent);
    return undefined;
  }
  const isShort = at - now <= longestQueueWait && !queues.isLast;
  const { written } = await revise(
    deliveries.rows,
    job,
    (row) => {
      if (!expects(row, job)) return unchanged;
      const { alone: _, crashes: __, ...known } = row ?? before;
      const next = { ...known, attempt: job.attempt + 1, last: brief(sent.note) };
      if (via === 'probe') return parkedRow(next);
      const due = isShort ? at + sweepAgainMs : at;
      return { ...next, status: 'waiting' as const, step: next.step + 1, due, nextAt: at };
    },
    { found },
  );
  return written && isShort && via !== 'probe' ? at - now : undefined;
}

/** How long beyond its limit a delivery waits for a fault of ours to end, in milliseconds. */
const faultGraceMs = hourMs;

/**
 * A fault of ours is no attempt, but even so a delivery must end some time: a while after its limit, because a short fault must not take
 * its last attempt. The metric filter of the alarm reads the line of the log: nothing else tells of the fault. A lack of concurrency has an
 * alarm of its own.
 */
async function tryLater(job: DeliveryJob, fault: string, destination: Destination, ports: RecordPorts): Promise<void> {
  if (fault !== transformThrottled)
    ports.log({ warning: 'attempt_postponed', fault, event: job.event, destination: job.to.name }, 'warn');
  const now = ports.clock.now();
  const row = (await ports.deliveries.rows.read(job))?.value;
  const age = row ? ageOf(row, destination, now) : 0;
  if (age >= destination.giveUpAfterHours * hourMs + faultGraceMs)
    await giveUp(job, (found) => expects(found, job), destination, ports);
  else await postpone(job, destination, ports, { due: now + laterMs(age) });
}

/** @param seen the row before the attempt, if it was read by who records it */
export async function recordResult(
  job: DeliveryJob,
  result: AttemptResult,
  destination: Destination,
  via: AttemptedBy,
  ports: RecordPorts,
  seen?: SeenRow,
): Promise<void> {
  if (!wasSent(result)) {
    if (result.kind === 'fenced' || result.kind === 'paused') return;
    if (result.kind === 'later') return tryLater(job, result.fault, destination, ports);
    const { kind: status, ...why } = result;
    await finish(job, { status, ...why }, destination, ports, seen);
    return;
  }
  const { kind, note, generation, ended, retryAfter } = result;
  const end = endAfter(result, destination);
  const isPlain = kind === 'delivered' && job.attempt === 1;
  if (!isPlain) await ports.deliveries.putAttempt(job, job.attempt, note);
  if (end) await recordEnd(job, result, end, destination, ports, seen);
  else {
    const delayMs = await recordFailure(job, result, destination, via, ports);
    const { alone: _, ...rest } = job;
    // What the queue does not take is sent by the sweep.
    if (delayMs !== undefined) await ports.queues.dispatch([{ body: { ...rest, attempt: job.attempt + 1 }, delayMs }]);
  }
  const event = `${job.event}/${job.receivedAt}`;
  await ports.health.tell(job.to, { kind, event, generation, began: note.at, ended, ms: note.ms, retryAfter });
}
