/** Redeliveries of many as operators read them. */
import * as z from 'zod/mini';
import { isJobListPosition } from '../../ground/job/job-order.ts';
import { jobViewFields, progressViewOf } from '../../ground/job/job-view.ts';
import { skipsOf } from '../../ground/job/skips.ts';
import type { RedeliveredRows } from './delivery-lists.ts';
import { deliveryStates } from './delivery-states.ts';
import { type RedeliveryJob, redeliveryIdForm, redeliveryJobSchema, redeliverySkipsSchema } from './redelivery-job.ts';

const { statuses, connection, rule, destination, by } = redeliveryJobSchema.shape;

export const redeliveryViewSchema = z.object({
  ...jobViewFields,
  destination,
  statuses,
  connection,
  rule,
  skippedBecause: redeliverySkipsSchema,
  /** Who started it. */
  by,
});
export type RedeliveryView = z.infer<typeof redeliveryViewSchema>;

/** A job as operators read it now. */
export const redeliveryViewOf = (job: RedeliveryJob, now: Date): RedeliveryView => ({
  ...job,
  ...progressViewOf(job, now),
  skippedBecause: job.progress.skippedBecause ?? {},
});

/** What came of the deliveries that a job has redelivered. `complete`: all of them were counted, otherwise those of the oldest events. */
export const redeliveryOutcomesSchema = z.object({
  counts: z.partialRecord(z.enum(deliveryStates), z.int()),
  complete: z.boolean(),
});

/** Counts the deliveries by their status. */
export const redeliveryOutcomesOf = ({ rows, isWhole }: RedeliveredRows) => ({
  counts: skipsOf(rows.map(({ status }) => status)),
  complete: isWhole,
});

/** Whether a text can be the position in a cursor of their list. */
export const isRedeliveryListPosition = (text: string): boolean => isJobListPosition(text, redeliveryIdForm);
