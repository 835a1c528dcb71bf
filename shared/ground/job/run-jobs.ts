/**
 * Works on the open jobs of one kind. Who works on a job has a lease on it, and renews the lease with each page. After a crash
 * the lease runs out, and the next invocation continues.
 */
import { maySendOn, placeAfter } from '../aws/invocation-chain.ts';
import type { Log } from '../aws/logger.ts';
import type { Wake } from '../aws/wake-function.ts';
import { inParallel } from '../base/parallel.ts';
import { closedJob, type EndState, type Job, type JobStep, type PageResult, type PageStep } from './job.ts';
import type { JobTable } from './job-table.ts';
import { jobsAtOnce } from './jobs-at-once.ts';
import { skipCountOf } from './skips.ts';

/** What the work on jobs needs of the world. */
export interface JobPorts {
  /** Wakes this function again. */
  wake: Wake;
  newId(): string;
  now(): Date;
  sleep(ms: number): Promise<void>;
  log: Log;
}

/** The same for one invocation. */
interface InvocationPorts extends JobPorts {
  /** Its place in its chain. */
  place: number;
}

/** What one kind of job does. */
export interface JobWork<J extends Job, Page extends PageResult> {
  jobs: Pick<JobTable<J>, 'listOpen' | 'take' | 'save' | 'close'>;
  nextStepOf(job: J, now: Date): JobStep;
  /**
   * Does a page. Undefined if whose job it is, is gone.
   * @param place of the invocation, in its chain
   */
  doPage(job: J, step: PageStep, place: number): Promise<Page | undefined>;
  afterPage(job: J, page: Page): J;
  /** Writes what operators did with the job to the history. It is written again after a crash. */
  noteActions(job: J): Promise<unknown>;
  /** What the log says of the job. */
  namesOf(job: J): object;
}

/** The part of Lambda's context that the function reads. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/** The duration of a lease after its last renewal, in ms. */
const leaseTime = 15_000;

/**
 * The function continues only if this much time is left, in ms. This time is enough for the last page, the longest wait
 * and saving the progress.
 */
const reserve = 15_000;

/** Keeps a job at its rate: waits until a page has taken the time that the rate allows for what it did. */
async function keepRate({ rate }: Job, { begunAt, done, failed }: PageResult, { now, sleep }: JobPorts): Promise<void> {
  const due = ((done + failed) / rate) * 1000;
  // Never waits longer than `due`, even if the clock was set back meanwhile.
  const ms = Math.min(due, begunAt.getTime() + due - now().getTime());
  if (ms > 0) await sleep(ms);
}

/** There may be many quick pages without work. The progress of these pages is saved only once a second. */
const isWorthSaving = (page: PageResult, savedAt: Date, now: Date): boolean =>
  page.next === undefined ||
  page.done + page.failed + skipCountOf(page.skips) > 0 ||
  now.getTime() - savedAt.getTime() >= 1000;

/** One job's work under a lease. A step returns undefined if the job ended, rests, or another instance has it. */
function workUnder<J extends Job, Page extends PageResult>(
  leaseId: string,
  work: JobWork<J, Page>,
  ports: InvocationPorts,
) {
  const { jobs, nextStepOf, doPage, afterPage, noteActions, namesOf } = work;
  let savedAt = ports.now();
  const giveBack = (job: J) => jobs.save(job, { id: leaseId, until: 0 });

  /** Returns the state in the table, because an operator may have cancelled the job meanwhile. */
  async function save(job: J): Promise<J | undefined> {
    const saved = await jobs.save(job, { id: leaseId, until: ports.now().getTime() + leaseTime });
    savedAt = ports.now();
    return saved;
  }

  async function endJob(job: J, state: EndState): Promise<undefined> {
    await noteActions(job);
    await jobs.close(closedJob(job, state, ports.now()));
    const { done, failed, skipped } = job.progress;
    ports.log({ run: job.id, ...namesOf(job), state, done, failed, skipped });
  }

  async function workOnPage(job: J, next: PageStep): Promise<J | undefined> {
    const page = await doPage(job, next, ports.place);
    if (!page) return endJob(job, 'failed');
    const advanced = afterPage(job, page);
    const saved = isWorthSaving(page, savedAt, ports.now()) ? await save(advanced) : advanced;
    if (saved) await keepRate(saved, page, ports);
    return saved;
  }

  async function step(job: J): Promise<J | undefined> {
    const next = nextStepOf(job, ports.now());
    if (next.kind === 'page') return workOnPage(job, next);
    if (next.kind === 'end') return endJob(job, next.state);
    if (next.kind === 'wait') {
      await ports.sleep(next.ms);
      return save(job);
    }
    await giveBack(job);
    return undefined;
  }
  return { step, giveBack };
}

/**
 * Leases a job and works on it until it ends or rests, or the time is up.
 * @returns whether the time was up before that. False if another instance has the job
 */
async function leaseAndWork<J extends Job, Page extends PageResult>(
  open: J,
  hasTime: () => boolean,
  work: JobWork<J, Page>,
  ports: InvocationPorts,
): Promise<boolean> {
  if (!hasTime()) return true;
  if (work.nextStepOf(open, ports.now()).kind === 'rest') return false;
  const id = ports.newId();
  const { step, giveBack } = workUnder(id, work, ports);
  let job = await work.jobs.take(open, { id, until: ports.now().getTime() + leaseTime }, ports.now());
  if (job) await work.noteActions(job);
  while (job && hasTime()) job = await step(job);
  return job !== undefined && (await giveBack(job)) !== undefined;
}

/**
 * One invocation: works on the open jobs, and wakes itself again if its time was not enough. When its chain ends, the schedule begins a
 * new one. Whatever it wakes must not be the last of the chain, because that one could send no messages.
 */
export const runJobs =
  <J extends Job, Page extends PageResult>(work: JobWork<J, Page>, ports: JobPorts) =>
  async (payload: unknown, invocation: Invocation): Promise<void> => {
    const place = placeAfter(payload);
    const hasTime = () => invocation.getRemainingTimeInMillis() > reserve;
    const faults: unknown[] = [];
    const unfinished = await inParallel(await work.jobs.listOpen(), jobsAtOnce, (job) =>
      leaseAndWork(job, hasTime, work, { ...ports, place }).catch((fault) => {
        // The fault of one job must not end the others.
        faults.push(fault);
        return false;
      }),
    );
    if (unfinished.includes(true) && maySendOn(place + 1)) await ports.wake({ chain: place });
    if (faults.length > 0) throw faults[0];
  };
