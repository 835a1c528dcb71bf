/**
 * Wakes up every minute, when a replay job begins, and when an earlier invocation ran out of time: works on the open
 * replay jobs. An instance that works on a job has a lease on it, and renews the lease with each page. After a crash
 * the lease runs out, and the next instance continues.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { log } from '../shared/aws/logger.ts';
import { type Wake, waker } from '../shared/aws/wake-function.ts';
import { stateReader } from '../shared/endpoint/state-table.ts';
import { eventTable } from '../shared/event/event-table.ts';
import { closedReplayJob, type EndState, type ReplayJob } from '../shared/event/replay-job.ts';
import { afterReplayPage, nextActionOf, type ReplayPageResult } from '../shared/event/replay-job-step.ts';
import { type Lease, type ReplayJobTable, replayJobTable } from '../shared/event/replay-job-table.ts';
import { inParallel, type ReplayPageDeps, replayPage } from '../shared/event/replay-page.ts';
import { republisher } from '../shared/event/republish.ts';
import { skipCountOf } from '../shared/event/skip-reason.ts';

export interface Deps extends ReplayPageDeps {
  jobs: ReplayJobTable;
  wake: Wake;
  newId(): string;
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

/** The number of jobs that one invocation works on at once. The next minute's invocation takes the other jobs. */
const jobsAtOnce = 8;

/**
 * The number of times in a row that the function calls itself. Lambda takes a chain of 16 calls for a loop, and stops
 * it. When a chain ends, the schedule begins a new one.
 */
const longestChain = 8;

/** Keeps a job at its rate: waits until a page has taken the time that the rate allows for its events. */
async function keepRate({ rate }: ReplayJob, { begunAt, done, failed }: ReplayPageResult, deps: Deps): Promise<void> {
  const due = ((done + failed) / rate) * 1000;
  // Never waits longer than `due`, even if the clock was set back meanwhile.
  const ms = Math.min(due, begunAt.getTime() + due - deps.now().getTime());
  if (ms > 0) await deps.sleep(ms);
}

/** There may be many quick pages without work. The progress of these pages is saved only once a second. */
const isWorthSaving = (page: ReplayPageResult, savedAt: Date, now: Date): boolean =>
  page.next === undefined ||
  page.done + page.failed + skipCountOf(page.skips) > 0 ||
  now.getTime() - savedAt.getTime() >= 1000;

/**
 * The state in which an invocation leaves a job. `unfinished` means that the invocation ran out of time. `lost` means
 * that another instance has the job.
 */
type LeftAs = 'ended' | 'unfinished' | 'resting' | 'lost';

async function endJob(job: ReplayJob, state: EndState, deps: Deps): Promise<LeftAs> {
  await deps.jobs.close(closedReplayJob(job, state, deps.now()));
  const { done, failed, skipped } = job.progress;
  deps.log({ run: job.id, kind: job.kind, connection: job.connection, state, done, failed, skipped });
  return 'ended';
}

/** Works on a leased job until it ends, rests, or the time is up. Then it gives the lease back. */
async function work(
  leased: ReplayJob,
  lease: Omit<Lease, 'until'>,
  hasTime: () => boolean,
  deps: Deps,
): Promise<LeftAs> {
  const save = (job: ReplayJob, ms: number) =>
    deps.jobs.save(job, { ...lease, until: ms === 0 ? 0 : deps.now().getTime() + ms });
  let job = leased;
  let savedAt = deps.now();
  while (hasTime()) {
    const next = nextActionOf(job, deps.now());
    if (next.kind === 'end') return endJob(job, next.state, deps);
    if (next.kind === 'rest') return (await save(job, 0)) ? 'resting' : 'lost';
    if (next.kind === 'wait') {
      await deps.sleep(next.ms);
      continue;
    }
    const page = await replayPage(job, next, deps);
    if (!page) return endJob(job, 'failed', deps);
    const advanced = afterReplayPage(job, page);
    // Saving returns the state in the table, because an operator may have cancelled the job meanwhile.
    const saved = isWorthSaving(page, savedAt, deps.now()) ? await save(advanced, leaseTime) : advanced;
    if (!saved) return 'lost';
    if (saved !== advanced) savedAt = deps.now();
    job = saved;
    await keepRate(job, page, deps);
  }
  return (await save(job, 0)) ? 'unfinished' : 'lost';
}

/** Leases a job and works on it, unless another instance has it. */
async function leaseAndWork(open: ReplayJob, hasTime: () => boolean, deps: Deps): Promise<LeftAs> {
  if (!hasTime()) return 'unfinished';
  if (nextActionOf(open, deps.now()).kind === 'rest') return 'resting';
  const id = deps.newId();
  const leased = await deps.jobs.take(open, { id, until: deps.now().getTime() + leaseTime }, deps.now());
  return leased ? work(leased, { id }, hasTime, deps) : 'lost';
}

const payloadSchema = z.object({ chain: z.catch(z.int(), 0) });

export const runReplayJobs =
  (deps: Deps) =>
  async (payload: unknown, invocation: Invocation): Promise<void> => {
    const { chain } = payloadSchema.parse(payload);
    const hasTime = () => invocation.getRemainingTimeInMillis() > reserve;
    const faults: unknown[] = [];
    const leftAs = await inParallel(await deps.jobs.listOpen(), jobsAtOnce, (job) =>
      leaseAndWork(job, hasTime, deps).catch((fault) => {
        // The fault of one job must not end the others.
        faults.push(fault);
        return 'lost';
      }),
    );
    if (leftAs.includes('unfinished') && chain < longestChain) await deps.wake({ chain: chain + 1 });
    if (faults.length > 0) throw faults[0];
  };

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('eventsTable');
  return {
    jobs: replayJobTable(client, fromEnvironment('journalTable')),
    events: eventTable(client, table, numberFromEnvironment('eventShards')),
    republisher: republisher(client, table),
    readConnection: stateReader(client, fromEnvironment('stateTable')).readConnection,
    wake: waker(process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? ''),
    newId: randomUUID,
    now: () => new Date(),
    sleep: (ms) => wait(ms),
    log,
  };
};

export const handler = runReplayJobs(lambdaDeps());
