/** What the plans of all jobs have in common: a range of time in the past, a rate, and a function that works on them. */
import type { Log } from '../../ground/aws/logger.ts';
import type { Wake } from '../../ground/aws/wake-function.ts';
import { faultAt, Refusal } from '../../ground/base/refusal.ts';
import type { Job } from '../../ground/job/job.ts';
import type { JobTable } from '../../ground/job/job-table.ts';
import type { OperationContext } from './operation.ts';

export interface RunnerPorts {
  /** Wakes the function that works on the jobs. */
  wake: Wake;
  newJobId(): string;
  /** The highest rate of a job, in things a second. */
  replayCeiling: number;
  log: Log;
}

/** Times of arrival, in the format in which they are stored. */
export interface Range {
  from: string;
  to: string;
}

/** What every job is asked for with: times of arrival, as ISO texts. Without `to`, the range ends now. */
export interface JobPlan {
  from: string;
  to?: string | undefined;
  ratePerSecond: number;
}

/**
 * The range of a job. Without `to`, it ends now.
 * @param why why it can't end later, as the end of a sentence
 * @throws a refusal
 */
export function pastRangeOf(plan: JobPlan, now: Date, why = ''): Range {
  const [from, to] = [new Date(plan.from).toISOString(), new Date(plan.to ?? now).toISOString()];
  if (from >= to) throw new Refusal('range_empty', 'from must be before to.', faultAt('from', 'must be before to'));
  if (to <= now.toISOString()) return { from, to };
  const message = `must not be in the future${why}. It is ${now.toISOString()} now`;
  throw new Refusal('range_in_future', `to ${message}.`, faultAt('to', message));
}

/** @throws a refusal */
export function checkRate(rate: number, ceiling: number): void {
  if (rate <= ceiling) return;
  const message = `can be at most ${ceiling} here. Deploy with -c replayCeiling=… to change this limit`;
  throw new Refusal('rate_too_high', `ratePerSecond ${message}.`, { ceiling, ...faultAt('ratePerSecond', message) });
}

/** What a job has of who starts it. */
export const startedBy = ({ actor, now }: OperationContext, { newJobId }: Pick<RunnerPorts, 'newJobId'>) => ({
  id: newJobId(),
  startedAt: now.toISOString(),
  by: actor.id,
});

/**
 * Starts a job, unless its place is taken.
 * @param taken the refusal then
 */
export async function startJob<J extends Job>(
  job: J,
  jobs: Pick<JobTable<J>, 'open'>,
  taken: { code: 'replay_in_progress' | 'redelivery_in_progress'; detail: string },
  { requestId }: OperationContext,
  ports: RunnerPorts,
): Promise<J> {
  const openAlready = await jobs.open(job);
  if (openAlready) throw new Refusal(taken.code, taken.detail, { id: openAlready.id });
  await wakeRunner(requestId, ports);
  return job;
}

/** A failure is only logged: the job is saved, and the runner looks for open jobs every minute. */
export async function wakeRunner(requestId: string, { wake, log }: Pick<RunnerPorts, 'wake' | 'log'>): Promise<void> {
  try {
    await wake();
  } catch (error) {
    log({ warning: 'runner_not_woken', fault: (error as Error).name, requestId }, 'warn');
  }
}
