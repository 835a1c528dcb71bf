/**
 * The row of a delivery: what became of it so far, and what comes next. All writes are conditional, so a message that comes twice
 * or late changes nothing.
 */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import { type Destination, pausedMsAt } from '../destination/destination.ts';
import { type DeliveryJob, deliveryFields } from './delivery-job.ts';
import { deliveryStates } from './delivery-states.ts';

/** What came of one attempt. */
export const attemptNoteSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** When the request began, in epoch milliseconds. */
    at: z.int(),
    /** How long the attempt took: the evaluation of its transform, the tokens and the requests. */
    ms: z.int(),
    /** `answered`, or why there was no answer. */
    outcome: z.string(),
    status: z.optional(z.int()),
    /** A sentence, if there was no answer. */
    cause: z.optional(z.string()),
    /** The beginning of the answer. Secrets of the destination are struck out. */
    answer: z.optional(z.string()),
  }),
);
export type AttemptNote = z.infer<typeof attemptNoteSchema>;

export const deliveryRowSchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...deliveryFields,
    status: z.enum(deliveryStates),
    /** Why it ended, if that was not an answer. */
    reason: z.optional(z.string()),
    cause: z.optional(z.string()),
    /** The number of the next attempt. A message for another one is dropped. */
    attempt: z.int(),
    /** Its place in the schedule of waits. A probe of an open destination does not move it. */
    step: z.int(),
    /** How often it was redelivered. */
    redelivery: z.int(),
    /** When the row was made or redelivered, in epoch milliseconds. The age of a delivery counts from here. */
    madeAt: z.int(),
    /** How long the destination had been paused by then, in milliseconds. */
    pausedMs: z.int(),
    /** When the sweep sends it, in epoch milliseconds. */
    due: z.optional(z.int()),
    /** When the next attempt is meant to be, if the queue keeps that time: `due` is then later, in case that the message is lost. */
    nextAt: z.optional(z.int()),
    /** Who asked last for an attempt now, when, and which attempt that was. While the row expects that one, its lane takes it first. */
    asked: z.optional(z.object({ by: z.string(), at: z.int(), attempt: z.int() })),
    /** Who redelivered it last. */
    redeliveredBy: z.optional(z.string()),
    /** The job that redelivered it last. A job redelivers each delivery once. */
    redeliveryJob: z.optional(z.string()),
    alone: z.optional(z.boolean()),
    /** How many workers of the lane have ended in its present attempt. */
    crashes: z.optional(z.int()),
    last: z.optional(attemptNoteSchema),
  }),
);
export type DeliveryRow = z.infer<typeof deliveryRowSchema>;

/**
 * The first row of a delivery. Its age and the pauses that are taken off it count from the same instant: otherwise the pause that
 * runs at its making would be taken off wholly, or not at all.
 */
export function newRow(job: DeliveryJob, destination: Destination | undefined, now: number): DeliveryRow {
  const { attempt: _, alone: __, redelivery = 0, ...fields } = job;
  const pausedMs = destination ? pausedMsAt(destination, new Date(now)) : 0;
  return { ...fields, status: 'waiting', attempt: 1, step: 0, redelivery, madeAt: now, pausedMs };
}

/** What only a row has, and no message. */
const ofRowsAlone = [
  'status',
  'reason',
  'cause',
  'step',
  'madeAt',
  'pausedMs',
  'due',
  'nextAt',
  'asked',
  'redeliveredBy',
  'redeliveryJob',
  'crashes',
  'last',
] as const;

/** The message for the next attempt of a row. */
export function jobOf(row: DeliveryRow): DeliveryJob {
  const job: Partial<DeliveryRow> = { ...row };
  for (const name of ofRowsAlone) delete job[name];
  return job as DeliveryJob;
}

/**
 * The number of an attempt as a person counts it. A redelivery takes a number that no attempt has, so that no earlier message is mistaken for
 * a later one.
 */
export const attemptNumberOf = ({ attempt, redelivery = 0 }: Pick<DeliveryJob, 'attempt' | 'redelivery'>): number =>
  attempt - redelivery;

/** How often a delivery was attempted. */
export const attemptsOf = (row: DeliveryRow): number => attemptNumberOf(row) - 1;

/**
 * All attempts of a delivery, in their order. A first attempt that went well stands in the row alone.
 * @param notes those that are kept besides the row
 */
export const attemptsOfRow = ({ last }: DeliveryRow, notes: readonly AttemptNote[]): AttemptNote[] =>
  last && !notes.some(({ at }) => at === last.at) ? [...notes, last] : [...notes];

/** A row that its destination's lane will attempt. */
export function parkedRow(row: DeliveryRow): DeliveryRow {
  const { due: _, nextAt: __, ...kept } = row;
  return { ...kept, status: 'parked' };
}

/** A message comes within so many milliseconds of its time: what is due so soon is as good as under way. */
const soonMs = 5_000;

/** When the next attempt of a waiting row is, in epoch milliseconds. */
export const nextTimeOf = ({ nextAt, due = 0 }: DeliveryRow): number => nextAt ?? due;

/**
 * Whether the message of a waiting row is on its way: its attempt may have begun. Whoever took the row then would make the attempt twice. A later
 * message finds the row parked, and is dropped.
 */
export const isOnItsWay = (row: DeliveryRow, now: number): boolean => nextTimeOf(row) <= now + soonMs;

/** Whether an operator asked for the attempt that a parked row expects. */
export const isAsked = ({ status, asked, attempt }: DeliveryRow): boolean =>
  status === 'parked' && asked?.attempt === attempt;

/** How old a delivery is, in milliseconds, without the time in which its destination was paused. */
export const ageOf = ({ madeAt, pausedMs }: DeliveryRow, destination: Destination, now: number): number =>
  now - madeAt - (pausedMsAt(destination, new Date(now)) - pausedMs);

/** Whether a row, or its absence, expects the attempt of this message, and no lane has it. */
export const expectsJob = (row: DeliveryRow | undefined, { attempt }: DeliveryJob): boolean =>
  row ? row.status === 'waiting' && row.attempt === attempt : attempt === 1;

/** How a delivery ended, and why if that was not an answer. */
export type DeliveryEnd = Pick<DeliveryRow, 'status' | 'reason' | 'cause'>;

/** The same row without what only a live one has, at its end. */
export function endedRow(row: DeliveryRow, { status, reason, cause }: DeliveryEnd): DeliveryRow {
  const { due: _, alone: __, reason: ___, cause: ____, nextAt: _____, crashes: ______, ...kept } = row;
  return { ...kept, status, ...(reason !== undefined && { reason }), ...(cause !== undefined && { cause }) };
}
