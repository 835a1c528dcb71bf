/**
 * What the queues carry: which attempt of which delivery is due. It has ids alone, so that nothing of an event is in a queue. A
 * message may come twice, late, or after a later one; the delivery's row decides whether it still counts.
 */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';

/** A destination as a route names it: by its id, which is never used again, and by the name under which its record is read. */
export const targetSchema = /* @__PURE__ */ schema(() => z.object({ id: z.string(), name: z.string() }));
export type Target = z.infer<typeof targetSchema>;

/** The key of a delivery: an event can go to several destinations, and again with each replay. */
export interface DeliveryKey {
  event: string;
  /** When the event came. After the end of its retention, another event can have its id. */
  receivedAt: string;
  /** The id of the rule that sends it. */
  rule: string;
  /** How often the event was replayed before. */
  replay: number;
}

/** The fields that tell deliveries apart, and what each of them needs of its event. */
export const deliveryFields = /* @__PURE__ */ schema(() => ({
  event: z.string(),
  receivedAt: z.iso.datetime(),
  rule: z.string(),
  replay: z.int(),
  connectionId: z.string(),
  connection: z.string(),
  /** The version of the list that has the rule. */
  routes: z.string(),
  to: targetSchema,
  /** When the event ends, in epoch seconds. */
  expiresAt: z.int(),
  /** An operator replayed the event of a test. */
  test: z.optional(z.boolean()),
}));

export const deliveryJobSchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...deliveryFields,
    /** The number of the attempt that it stands for, from 1. */
    attempt: z.int(),
    /** How often it was redelivered before. */
    redelivery: z.optional(z.int()),
    /** It is attempted after all others of its batch, because it may have ended the function before. */
    alone: z.optional(z.boolean()),
  }),
);
export type DeliveryJob = z.infer<typeof deliveryJobSchema>;

/** The id of a delivery, which its receiver reads as `webhook-id`. Standard Webhooks forbids a dot in it. */
export const deliveryIdOf = ({ event, receivedAt, rule, replay }: DeliveryKey): string =>
  `dlv_${event}_${Date.parse(receivedAt)}_${rule}_${replay}`;

/** The key that such an id has. Undefined if the text is no id of a delivery. */
export function deliveryKeyOf(id: string): DeliveryKey | undefined {
  const [, event, ms, rule, replay] = /^dlv_(evt_[0-9a-z]{26})_(\d{1,15})_([a-z0-9-]{1,32})_(\d{1,9})$/.exec(id) ?? [];
  if (event === undefined || rule === undefined) return undefined;
  return { event, receivedAt: new Date(Number(ms)).toISOString(), rule, replay: Number(replay) };
}
