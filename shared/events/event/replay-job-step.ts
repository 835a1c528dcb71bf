/** The steps of a replay job: what it does next, and its progress after a page. The functions are pure. */

import { afterPage, endOf, type JobStep, type PageResult } from '../../ground/job/job.ts';
import { settlingMs } from './ingest-timeout.ts';
import { type ReplayJob, type ReplaySkip, shifted, stragglerMs } from './replay-job.ts';

/**
 * The time after a release in which almost all events of its hold get into the list, in ms. A later pass finds the
 * others.
 */
const mostlyListedMs = 5_000;

/**
 * A job that would have to wait longer for the list rests, in ms: somebody set the clock back. The clocks of two functions
 * differ by less than `settlingMs`.
 */
const maxWaitMs = 2 * settlingMs;

/** The longest wait at once, in ms. The lease of the job is renewed after it, and a cancelled job ends. */
const waitStepMs = 5_000;

/** Returns the next step of a job. */
export function nextActionOf(job: ReplayJob, now: Date): JobStep {
  const { cursor, restUntil } = job.progress;
  const state = endOf(job);
  if (state !== undefined) return { kind: 'end', state };
  if (restUntil !== undefined && now.toISOString() < restUntil) return { kind: 'rest' };
  const listedAt = job.release ? Date.parse(job.release.at) + mostlyListedMs : Date.parse(job.to) + settlingMs;
  const ms = listedAt - now.getTime();
  // If somebody set the clock back, the wait would outlast the invocation. The next invocation looks again.
  if (ms > maxWaitMs) return { kind: 'rest' };
  if (ms > 0) return { kind: 'wait', ms: Math.min(ms, waitStepMs) };
  // The range is now complete, so a replay reads it once. A release repeats it until a pass finds nothing.
  return { kind: 'page', after: cursor, from: job.from, to: job.to };
}

/** The result of a page. */
export interface ReplayPageResult extends PageResult<ReplaySkip> {
  /** Only the first page of a release: the number of its events. Null if there are too many to count. */
  count?: number | null;
}

/** The job after a page. The job goes on, begins a new pass, or is done. */
export function afterReplayPage(job: ReplayJob, page: ReplayPageResult): ReplayJob {
  const counted = afterPage(job.progress, page);
  if (job.release) {
    const known = { ...job, count: page.count ?? job.count };
    return afterReleasePage(known, page, counted, job.release.at);
  }
  return { ...job, progress: page.next === undefined ? { ...counted, ended: 'done' } : counted };
}

/** The time for which a release tries failed events again, in ms. */
const releaseTimeoutMs = 24 * 3_600_000;

/** The time that a release waits before it tries failed events again, in ms. */
const releaseRetryMs = 60_000;

/**
 * A release repeats its pass over the events. The job ends after a pass that finds no event. That pass must begin when
 * no further event of the hold can be stored. Each pass counts its own failures, because the next pass tries those
 * events again.
 */
function afterReleasePage(
  job: ReplayJob,
  page: ReplayPageResult,
  counted: ReplayJob['progress'],
  releasedAt: string,
): ReplayJob {
  const { begunAt, found } = job.progress.pass ?? { begunAt: page.begunAt.toISOString(), found: 0 };
  const pass = { begunAt, found: found + page.done + page.failed };
  if (page.next !== undefined) return { ...job, progress: { ...counted, pass } };
  const isLate = begunAt >= shifted(releasedAt, stragglerMs);
  if (isLate && pass.found === 0) return { ...job, progress: { ...counted, ended: 'done' } };
  if (counted.failed > 0 && begunAt >= shifted(releasedAt, releaseTimeoutMs))
    return { ...job, progress: { ...counted, ended: 'failed' } };
  const { cursor: _, ...progress } = counted;
  const restUntil = isLate
    ? shifted(begunAt, counted.failed > 0 ? releaseRetryMs : 0)
    : shifted(releasedAt, stragglerMs);
  return { ...job, progress: { ...progress, failed: 0, restUntil } };
}
