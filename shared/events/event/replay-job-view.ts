/** A replay job as operators read it. */
import * as z from 'zod/mini';
import { said } from '../../ground/base/advice.ts';
import { factsSchema } from '../../ground/base/advice-schema.ts';
import { isJobListPosition } from '../../ground/job/job-order.ts';
import { jobViewFields, progressViewOf } from '../../ground/job/job-view.ts';
import { type ReplayJob, replayJobIdForm, replaySkipsSchema, visibleRangeOf } from './replay-job.ts';

export const replayViewSchema = z.object({
  ...jobViewFields,
  /** A release follows the end of a hold. */
  kind: z.enum(['replay', 'release']),
  type: z.optional(z.string()),
  skippedBecause: replaySkipsSchema,
  /** Who started the replay, or ended the hold. */
  by: z.optional(z.string()),
  /** The reason why the job is still running although it only waits. */
  note: z.optional(z.string()),
  facts: factsSchema,
});
export type ReplayView = z.infer<typeof replayViewSchema>;

/** The reason why a release is still running although it publishes nothing now. */
function waitNoteOf({ state, count, progress: { done, restUntil: at } }: ReplayJob) {
  if (state !== 'running' || at === undefined) return undefined;
  const advice = { code: count !== null && done >= count ? 'last_check' : 'next_pass', at } as const;
  return { note: said(advice), facts: [advice] };
}

/** A job as operators read it now. */
export const replayViewOf = (job: ReplayJob, now: Date): ReplayView => ({
  ...job,
  ...visibleRangeOf(job),
  ...progressViewOf(job, now),
  skippedBecause: job.progress.skippedBecause ?? {},
  ...waitNoteOf(job),
});

/** Whether a text can be the position in a cursor of this list. */
export const isReplayListPosition = (text: string): boolean => isJobListPosition(text, replayJobIdForm);
