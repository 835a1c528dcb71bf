/** A job in the list of all of them: a replay or a release of a connection, or a redelivery to a destination. */
import * as z from 'zod/mini';
import type { RedeliveryJob } from '../../deliveries/dispatch/redelivery-job.ts';
import { redeliveryViewOf, redeliveryViewSchema } from '../../deliveries/dispatch/redelivery-view.ts';
import type { ReplayJob } from '../../events/event/replay-job.ts';
import { replayViewOf, replayViewSchema } from '../../events/event/replay-job-view.ts';
import { endStates } from '../../ground/job/job.ts';

export const jobKinds = ['replay', 'release', 'redelivery'] as const;

/** What a list can be narrowed to: jobs that have not ended, or that ended like this. */
export const jobStates = ['open', ...endStates] as const;

export const listedJobSchema = z.union([
  z.extend(replayViewSchema, { connection: z.string() }),
  z.extend(redeliveryViewSchema, { kind: z.literal('redelivery') }),
]);
export type ListedJob = z.infer<typeof listedJobSchema>;

/** A job as operators read it now. */
export const listedJobOf = (job: ReplayJob | RedeliveryJob, now: Date): ListedJob =>
  'destination' in job
    ? { ...redeliveryViewOf(job, now), kind: 'redelivery' }
    : { ...replayViewOf(job, now), connection: job.connection };
