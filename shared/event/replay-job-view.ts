/** A replay job as operators read it, alone and in a list. */
import * as z from 'zod/mini';
import { said } from '../base/advice.ts';
import { factsSchema } from '../base/advice-schema.ts';
import { timeSchema } from '../base/time.ts';
import { cancelSchema, clockSlackMs, endStates, openStates, type ReplayJob, shifted } from './replay-job.ts';
import { skipsSchema } from './skip-reason.ts';

export const replayViewSchema = z.object({
  id: z.string(),
  /** A release follows the end of a hold. */
  kind: z.enum(['replay', 'release']),
  state: z.enum([...openStates, ...endStates]),
  from: timeSchema,
  to: timeSchema,
  type: z.optional(z.string()),
  count: z.nullable(z.int()),
  done: z.int(),
  failed: z.int(),
  skipped: z.int(),
  skippedBecause: skipsSchema,
  /** The most events a second. */
  rate: z.int(),
  startedAt: timeSchema,
  /** Who started the replay, or ended the hold. */
  by: z.optional(z.string()),
  /** Who asked first to cancel it, and when. */
  cancelled: z.optional(cancelSchema),
  endedAt: z.optional(timeSchema),
  /** The reason why the job is still running although it only waits. */
  note: z.optional(z.string()),
  facts: factsSchema,
  /** An estimate from the rate so far. Null if it is not known. */
  etaSeconds: z.nullable(z.int()),
});
export type ReplayView = z.infer<typeof replayViewSchema>;

/**
 * The range of a job as operators see it. For a release, it is the time of its hold, without the extra time for
 * differing clocks.
 */
export const visibleRangeOf = ({ from, to, release }: ReplayJob) =>
  release ? { from: shifted(from, clockSlackMs), to: release.at } : { from, to };

/**
 * Estimates the seconds until a job is done, from the time that its events took so far. That time includes pauses and
 * slow writes. No job is faster than its rate. Null before the first event, and if the number of events is not known.
 */
function etaOf({ state, rate, progress: { begunAt } }: ReplayJob, handled: number, count: number | null, now: Date) {
  if (state !== 'running' || count === null) return null;
  const left = Math.max(0, count - handled);
  if (left === 0) return 0;
  if (begunAt === undefined || handled === 0) return null;
  const seconds = Math.max((now.getTime() - Date.parse(begunAt)) / 1000, handled / rate);
  return Math.ceil((left * seconds) / handled);
}

/** The reason why a release is still running although it publishes nothing now. */
function waitNoteOf({ state, count, progress: { done, restUntil: at } }: ReplayJob) {
  if (state !== 'running' || at === undefined) return undefined;
  const advice = { code: count !== null && done >= count ? 'last_check' : 'next_pass', at } as const;
  return { note: said(advice), facts: [advice] };
}

/** A job as operators read it now. */
export function replayViewOf(job: ReplayJob, now: Date): ReplayView {
  const { done, failed, skipped, skippedBecause = {} } = job.progress;
  const handled = done + failed + skipped;
  // The count may lack events that were still being stored. Those events are published too.
  const count = job.count === null ? null : Math.max(job.count, handled);
  return {
    ...job,
    ...visibleRangeOf(job),
    count,
    done,
    failed,
    skipped,
    skippedBecause,
    ...waitNoteOf(job),
    etaSeconds: etaOf(job, handled, job.count, now),
  };
}

const listPositionOf = ({ startedAt, id }: ReplayJob): string => `${startedAt}#${id}`;

/** Whether a text can be the position in a cursor of this list. */
export const isReplayListPosition = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z#(run_|release-)[0-9a-f-]{36}$/.test(text);

/**
 * A page of the list, the newest first.
 * @param after the `next` of the previous page
 */
export function replayListOf(
  jobs: readonly ReplayJob[],
  limit: number,
  after: string | undefined,
): { shown: ReplayJob[]; next?: string } {
  const rest = jobs
    .filter((job) => after === undefined || listPositionOf(job) < after)
    .sort((one, other) => (listPositionOf(one) < listPositionOf(other) ? 1 : -1));
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return rest.length > limit && last ? { shown, next: listPositionOf(last) } : { shown };
}
