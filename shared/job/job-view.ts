/** Jobs as operators read them, alone and in a list. */
import * as z from 'zod/mini';
import { type Job, planFields, stateFields } from './job.ts';

/** What operators read of any job. */
export const jobViewFields = {
  ...planFields,
  ...stateFields,
  done: z.int(),
  failed: z.int(),
  skipped: z.int(),
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
  return { count, done, failed, skipped, etaSeconds: etaOf(job, handled, job.count, now) };
}

const listPositionOf = ({ startedAt, id }: Pick<Job, 'startedAt' | 'id'>): string => `${startedAt}#${id}`;

/**
 * Whether a text can be the position in a cursor of such a list.
 * @param idForm the form of the jobs' ids
 */
export function isJobListPosition(text: string, idForm: RegExp): boolean {
  const [startedAt = '', id = '', ...more] = text.split('#');
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(startedAt) && idForm.test(id) && more.length === 0;
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
  const rest = jobs
    .filter((job) => after === undefined || listPositionOf(job) < after)
    .sort((one, other) => (listPositionOf(one) < listPositionOf(other) ? 1 : -1));
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return rest.length > limit && last ? { shown, next: listPositionOf(last) } : { shown };
}
