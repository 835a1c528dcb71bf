/** Jobs as operators read them, alone and in a list. */
import * as z from 'zod/mini';
import { timeSchema } from '../base/time.ts';
import { type Job, planFields, stateFields } from './job.ts';
import { isAfterPosition, jobPositionOf, newestFirst } from './job-order.ts';

/** What operators read of any job. */
export const jobViewFields = {
  ...planFields,
  ...stateFields,
  done: z.int(),
  failed: z.int(),
  skipped: z.int(),
  /** When its first page began. Absent before that. */
  begunAt: z.optional(timeSchema),
  /** An estimate from the rate so far. Null if it is not known. */
  etaSeconds: z.nullable(z.int()),
};

/**
 * Estimates the seconds until a job is done, from the time that its things took so far. That time includes pauses and
 * slow writes. No job is faster than its rate. Null before the first thing, and if their number is not known.
 */
function etaOf({ state, rate, progress: { begunAt } }: Job, handled: number, count: number | null, now: Date) {
  if (state !== 'running' || count === null) return null;
  const left = Math.max(0, count - handled);
  if (left === 0) return 0;
  if (begunAt === undefined || handled === 0) return null;
  const seconds = Math.max((now.getTime() - Date.parse(begunAt)) / 1000, handled / rate);
  return Math.ceil((left * seconds) / handled);
}

/** How far a job is now. */
export function progressViewOf(job: Job, now: Date) {
  const { done, failed, skipped } = job.progress;
  const handled = done + failed + skipped;
  // The count may lack what came while it was made. That is done too.
  const count = job.count === null ? null : Math.max(job.count, handled);
  const { begunAt } = job.progress;
  const etaSeconds = etaOf(job, handled, job.count, now);
  return { count, done, failed, skipped, ...(begunAt !== undefined && { begunAt }), etaSeconds };
}

/**
 * A page of the list, the newest first.
 * @param after the `next` of the previous page
 */
export function jobListOf<J extends Pick<Job, 'startedAt' | 'id'>>(
  jobs: readonly J[],
  limit: number,
  after: string | undefined,
): { shown: J[]; next?: string } {
  const rest = newestFirst(jobs.filter(isAfterPosition(after)));
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return rest.length > limit && last ? { shown, next: jobPositionOf(last) } : { shown };
}
