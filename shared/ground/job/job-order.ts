/** The order of jobs in lists, the newest first, and the places in it. */
import type { Job } from './job.ts';

type Placed = Pick<Job, 'startedAt' | 'id'>;

/** The place of a job. It never changes, and a greater text is a newer job. */
export const jobPositionOf = ({ startedAt, id }: Placed): string => `${startedAt}#${id}`;

/** Whether a job is older than the one at this place. Without a place, every job is. */
export const isAfterPosition =
  (after: string | undefined) =>
  (job: Placed): boolean =>
    after === undefined || jobPositionOf(job) < after;

export const newestFirst = <J extends Placed>(jobs: readonly J[]): J[] =>
  [...jobs].sort((one, other) => (jobPositionOf(one) < jobPositionOf(other) ? 1 : -1));

/**
 * Whether a text can be the position in a cursor of such a list.
 * @param idForm the form of the jobs' ids
 */
export function isJobListPosition(text: string, idForm: RegExp): boolean {
  const [startedAt = '', id = '', ...more] = text.split('#');
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(startedAt) && idForm.test(id) && more.length === 0;
}
