/** What the plans of all jobs have in common: a range of time in the past, a rate, and a function that works on them. */
import type { Log } from '../aws/logger.ts';
import type { Wake } from '../aws/wake-function.ts';
import { faultAt, Refusal } from '../base/refusal.ts';

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

/**
 * The range of a job. Without `to`, it ends now.
 * @param why why it can't end later, as the end of a sentence
 * @throws a refusal
 */
export function pastRangeOf(plan: { from: string; to?: string | undefined }, now: Date, why = ''): Range {
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

/** A failure is only logged: the job is saved, and the runner looks for open jobs every minute. */
export async function wakeRunner(requestId: string, { wake, log }: Pick<RunnerPorts, 'wake' | 'log'>): Promise<void> {
  try {
    await wake();
  } catch (error) {
    log({ warning: 'runner_not_woken', fault: (error as Error).name, requestId }, 'warn');
  }
}
