/** Redeliveries of many as operators read them. */
import * as z from 'zod/mini';
import { isJobListPosition } from '../../ground/job/job-order.ts';
import { jobViewFields, progressViewOf } from '../../ground/job/job-view.ts';
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

/** Whether a text can be the position in a cursor of their list. */
export const isRedeliveryListPosition = (text: string): boolean => isJobListPosition(text, redeliveryIdForm);
