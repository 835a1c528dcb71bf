/**
 * A redelivery of many: a job that sends what was made for ended deliveries of a destination again, those of the oldest events
 * first. Each delivery has the job's id in its row, so no job redelivers it twice.
 */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import {
  afterPage,
  begun,
  endOf,
  type JobStep,
  type PageResult,
  planFields,
  progressFields,
  stateFields,
} from '../../ground/job/job.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { isLive, redeliverableStates } from './delivery-states.ts';
import { whyNotRedelivered } from './redeliver.ts';

/** The form of a job's id. */
export const redeliveryIdForm = /^rdl_[0-9a-f-]{36}$/;

/** `not_ended`: it is on its way by itself. `changed`: its status is another one by now. `expired`: its event is gone. */
const skipReasons = ['not_ended', 'changed', 'expired'] as const;
export type RedeliverySkip = (typeof skipReasons)[number];
export const redeliverySkipsSchema = /* @__PURE__ */ schema(() => z.partialRecord(z.enum(skipReasons), z.int()));

/** Which deliveries of a destination. */
const selectionFields = /* @__PURE__ */ schema(() => ({
  statuses: z.array(z.enum(redeliverableStates)),
  /** Only those of this connection, and of this rule of its routes. */
  connection: z.optional(z.string()),
  rule: z.optional(z.string()),
}));

export const redeliveryJobSchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...planFields,
    ...selectionFields,
    ...stateFields,
    /** The destination's name and id, and the connection's id. */
    destination: z.string(),
    destinationId: z.string(),
    connectionId: z.optional(z.string()),
    by: z.string(),
    progress: z.object({ ...progressFields, skippedBecause: z.optional(redeliverySkipsSchema) }),
  }),
);
export type RedeliveryJob = z.infer<typeof redeliveryJobSchema>;

/** Which deliveries a list or a job is of. Bounds on the time of arrival are inclusive. */
export type RedeliverySelection = Pick<RedeliveryJob, 'from' | 'to' | 'statuses' | 'connectionId' | 'rule'>;

/** Makes the job of a redelivery. */
export const newRedelivery = (
  plan: Omit<RedeliveryJob, 'state' | 'progress' | 'cancelled' | 'endedAt'>,
): RedeliveryJob => ({ ...plan, ...begun });

/** Whether a delivery is among those that were selected, apart from its time. */
export const isSelected = (row: DeliveryRow, { statuses, connectionId, rule }: RedeliverySelection): boolean =>
  statuses.some((status) => status === row.status) &&
  (connectionId === undefined || row.connectionId === connectionId) &&
  (rule === undefined || row.rule === rule);

/** Why a job leaves out a delivery. `repeated`: it has redelivered it before. */
export const whyLeftOut =
  (job: Pick<RedeliveryJob, 'id' | 'statuses'>) =>
  (row: DeliveryRow, now: number): RedeliverySkip | 'repeated' | undefined => {
    // After a crash, a job comes to its own deliveries again. They may have ended once more by then.
    if (row.redeliveryJob === job.id) return 'repeated';
    if (!isLive(row) && !job.statuses.some((status) => status === row.status)) return 'changed';
    return whyNotRedelivered(row, now);
  };

/** The next step of a job: end, or do a page. */
export function nextRedeliveryStep(job: RedeliveryJob): JobStep {
  const state = endOf(job);
  if (state !== undefined) return { kind: 'end', state };
  return { kind: 'page', after: job.progress.cursor, from: job.from, to: job.to };
}

/** The job after a page. */
export function afterRedeliveryPage(job: RedeliveryJob, page: PageResult<RedeliverySkip>): RedeliveryJob {
  const progress = afterPage(job.progress, page);
  return { ...job, progress: page.next === undefined ? { ...progress, ended: 'done' } : progress };
}
