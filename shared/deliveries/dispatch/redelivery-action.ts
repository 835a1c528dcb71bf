/**
 * What operators do with redeliveries of many. It changes no record of a destination, so its line in the history is made from what it
 * left in the job.
 */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { redeliverableStates } from './delivery-states.ts';
import type { RedeliveryJob } from './redelivery-job.ts';

/** A line of a destination's history. */
export const redeliveryActionSchema = /* @__PURE__ */ schema(() =>
  z.object({
    verb: z.enum(['startRedelivery', 'cancelRedelivery']),
    by: z.string(),
    at: timeSchema,
    /** The id of the job. */
    of: z.string(),
    /** The others only with `startRedelivery`. The range of the events, inclusive. */
    eventsFrom: z.optional(timeSchema),
    eventsTo: z.optional(timeSchema),
    statuses: z.optional(z.array(z.enum(redeliverableStates))),
    connection: z.optional(z.string()),
    rule: z.optional(z.string()),
    /** How many deliveries there were. Absent if there were too many to count. */
    deliveryCount: z.optional(z.int()),
  }),
);
export type RedeliveryAction = z.infer<typeof redeliveryActionSchema>;

/** What operators did with a job so far. */
export function redeliveryActionsOn(job: RedeliveryJob): RedeliveryAction[] {
  const { id: of, by, startedAt: at, from, to, statuses, connection, rule, count, cancelled } = job;
  const started: RedeliveryAction = {
    ...{ verb: 'startRedelivery', by, at, of, eventsFrom: from, eventsTo: to, statuses },
    ...(connection !== undefined && { connection }),
    ...(rule !== undefined && { rule }),
    ...(count !== null && { deliveryCount: count }),
  };
  return [started, ...(cancelled ? [{ verb: 'cancelRedelivery' as const, ...cancelled, of }] : [])];
}
