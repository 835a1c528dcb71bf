/** Deliveries as operators read them. */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { shownMessageSchema } from '../route/routes-test.ts';
import { deliveryIdOf } from './delivery-job.ts';
import { type AttemptNote, attemptNoteSchema, attemptsOf, type DeliveryRow } from './delivery-row.ts';
import { deliveryStates } from './delivery-states.ts';

/** What came of an attempt, with what the receiver wrote. A receiver can write what only admins may see. */
const adminAttemptSchema = /* @__PURE__ */ schema(() => z.extend(attemptNoteSchema, { at: timeSchema }));

/** What came of an attempt: nothing of the receiver but its status. */
const attemptViewSchema = /* @__PURE__ */ schema(() => z.omit(adminAttemptSchema, { answer: true }));

/** The number of an attempt, from 1. */
const attemptNumber = /* @__PURE__ */ schema(() => ({ attempt: z.int() }));
export type NumberedAttempt = z.infer<typeof adminAttemptSchema> & { attempt: number };

const deliveryFieldsView = /* @__PURE__ */ schema(() => ({
  /** The `webhook-id` that the receiver reads. */
  id: z.string(),
  event: z.string(),
  connection: z.string(),
  receivedAt: timeSchema,
  rule: z.string(),
  /** The destination's name, which another one may have by now. */
  destination: z.string(),
  replay: z.optional(z.int()),
  test: z.optional(z.boolean()),
}));

export const deliveryViewSchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...deliveryFieldsView,
    status: z.enum(deliveryStates),
    /** Why it ended, if that was no answer. */
    reason: z.optional(z.string()),
    cause: z.optional(z.string()),
    /** How often it was attempted. */
    attempts: z.int(),
    /** How often it was redelivered, and by whom last. */
    redelivered: z.optional(z.object({ times: z.int(), by: z.optional(z.string()) })),
    /** Who asked last for an attempt now, and when. */
    asked: z.optional(z.object({ by: z.string(), at: timeSchema })),
    /** When the next attempt is due. Absent if its destination is paused, or if it has ended. */
    nextAttemptAt: z.optional(timeSchema),
    last: z.optional(attemptViewSchema),
  }),
);

/** The same for admins. */
export const adminDeliveryViewSchema = /* @__PURE__ */ schema(() =>
  z.extend(deliveryViewSchema, { last: z.optional(adminAttemptSchema) }),
);
export type DeliveryView = z.infer<typeof adminDeliveryViewSchema>;

/** What a delivery sent, made again. */
export const remadeMessageSchema = /* @__PURE__ */ schema(() =>
  z.object({
    sent: z.optional(
      z.extend(shownMessageSchema, {
        /** The names of the headers whose values nobody reads for this: configured ones, credentials and the signature. */
        hidden: z.array(z.string()),
      }),
    ),
    /** Why nothing can be made: `event_expired`, `transform_throttled`, or a reason that a delivery ends for. */
    unsent: z.optional(z.object({ reason: z.string(), cause: z.optional(z.string()) })),
    /** The body of the event holds a token, and was sent masked. */
    masked: z.optional(z.boolean()),
    /** Why no body is shown. */
    bodyWithheld: z.optional(z.string()),
    /** When the destination was changed, if that was after the last attempt: then it got what it was at that time. */
    destinationChangedAt: z.optional(timeSchema),
  }),
);
export type RemadeMessage = z.infer<typeof remadeMessageSchema>;

/** With `include=message`: what its last attempt sent, or what its first one will send. */
const withMessage = /* @__PURE__ */ schema(() => ({ message: z.optional(remadeMessageSchema) }));

/** A delivery with all its attempts. */
export const deliveryHistorySchema = /* @__PURE__ */ schema(() =>
  z.extend(deliveryViewSchema, { history: z.array(z.extend(attemptViewSchema, attemptNumber)), ...withMessage }),
);

/** The same for admins. */
export const adminDeliveryHistorySchema = /* @__PURE__ */ schema(() =>
  z.extend(adminDeliveryViewSchema, { history: z.array(z.extend(adminAttemptSchema, attemptNumber)), ...withMessage }),
);

/** Where one of many events went, as far as its row says it. */
export const deliveryOutcomeSchema = /* @__PURE__ */ schema(() =>
  z.object({ ...deliveryFieldsView, status: z.enum(deliveryStates) }),
);
export type DeliveryOutcome = z.infer<typeof deliveryOutcomeSchema>;

/** A rule of an event: its delivery, or what is known without one. */
export const routedDeliverySchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...deliveryFieldsView,
    /** `queued`: not attempted yet. `not_matched`: the rule is not for this event. `not_reached`: an earlier rule was. */
    status: z.enum([...deliveryStates, 'queued', 'not_matched', 'not_reached']),
    reason: z.optional(z.string()),
    attempts: z.int(),
    nextAttemptAt: z.optional(timeSchema),
  }),
);
export type RoutedDelivery = z.infer<typeof routedDeliverySchema>;

export const timeOf = (ms: number): string => new Date(ms).toISOString();

export const attemptViewOf = ({ at, ...note }: AttemptNote) => ({ ...note, at: timeOf(at) });

function nextOf({ status, nextAt, due }: DeliveryRow, laneAt: number | undefined): number | undefined {
  if (status === 'parked') return laneAt;
  return status === 'waiting' ? (nextAt ?? due) : undefined;
}

/** What a row says of where its event went. */
const fieldsViewOf = (row: DeliveryRow) => ({
  id: deliveryIdOf(row),
  event: row.event,
  connection: row.connection,
  receivedAt: row.receivedAt,
  rule: row.rule,
  destination: row.to.name,
  ...(row.replay > 0 && { replay: row.replay }),
  ...(row.test && { test: row.test }),
});

export const deliveryOutcomeOf = (row: DeliveryRow): DeliveryOutcome => ({ ...fieldsViewOf(row), status: row.status });

/** @param laneAt when the lane of its destination attempts it, in epoch milliseconds, if it is parked */
export function deliveryViewOf(row: DeliveryRow, laneAt?: number): DeliveryView {
  const { status, reason, cause, redelivery, last } = row;
  const next = nextOf(row, laneAt);
  return {
    ...fieldsViewOf(row),
    status,
    ...(reason !== undefined && { reason }),
    ...(cause !== undefined && { cause }),
    attempts: attemptsOf(row),
    ...(redelivery > 0 && { redelivered: { times: redelivery, by: row.redeliveredBy } }),
    ...(row.asked && { asked: { by: row.asked.by, at: timeOf(row.asked.at) } }),
    ...(next !== undefined && { nextAttemptAt: timeOf(next) }),
    ...(last && { last: attemptViewOf(last) }),
  };
}
