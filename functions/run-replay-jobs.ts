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
import { inParallel } from '../shared/base/parallel.ts';
import { stateReader } from '../shared/endpoint/state-table.ts';
import { eventTable } from '../shared/event/event-table.ts';
import { closedReplayJob, type EndState, type ReplayJob } from '../shared/event/replay-job.ts';
import {
  afterReplayPage,
  nextActionOf,
  type ReplayJobAction,
  type ReplayPageResult,
} from '../shared/event/replay-job-step.ts';
import { type ReplayJobTable, replayJobTable } from '../shared/event/replay-job-table.ts';
import { type ReplayPageDeps, replayPage } from '../shared/event/replay-page.ts';
import { republisher } from '../shared/event/republish.ts';
import { skipCountOf } from '../shared/event/skip-reason.ts';
import { type HistoryTable, historyTable } from '../shared/journal/history-table.ts';
import { actionsOn } from '../shared/journal/replay-action.ts';

export interface Deps extends ReplayPageDeps {
  jobs: ReplayJobTable;
  /** Adds a line to a connection's history. */
  note: HistoryTable['note'];
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

/** Writes what operators did with the job to the history. It is written again after a crash. */
const noteActions = (job: ReplayJob, { note }: Deps): Promise<unknown> => Promise.all(actionsOn(job).map(note));

async function endJob(job: ReplayJob, state: EndState, deps: Deps): Promise<undefined> {
  await noteActions(job, deps);
  await deps.jobs.close(closedReplayJob(job, state, deps.now()));
  const { done, failed, skipped } = job.progress;
  deps.log({ run: job.id, kind: job.kind, connection: job.connection, state, done, failed, skipped });
}

/** One job's work under a lease. A step returns undefined if the job ended, rests, or another instance has it. */
function workUnder(leaseId: string, deps: Deps) {
  let savedAt = deps.now();
  const giveBack = (job: ReplayJob) => deps.jobs.save(job, { id: leaseId, until: 0 });

  /** Returns the state in the table, because an operator may have cancelled the job meanwhile. */
  async function save(job: ReplayJob): Promise<ReplayJob | undefined> {
    const saved = await deps.jobs.save(job, { id: leaseId, until: deps.now().getTime() + leaseTime });
    savedAt = deps.now();
    return saved;
  }

  async function publishPage(job: ReplayJob, next: ReplayJobAction & { kind: 'page' }): Promise<ReplayJob | undefined> {
    const page = await replayPage(job, next, deps);
    if (!page) return endJob(job, 'failed', deps);
    const advanced = afterReplayPage(job, page);
    const saved = isWorthSaving(page, savedAt, deps.now()) ? await save(advanced) : advanced;
    if (saved) await keepRate(saved, page, deps);
    return saved;
  }

  async function step(job: ReplayJob): Promise<ReplayJob | undefined> {
    const next = nextActionOf(job, deps.now());
    if (next.kind === 'page') return publishPage(job, next);
    if (next.kind === 'end') return endJob(job, next.state, deps);
    if (next.kind === 'wait') {
      await deps.sleep(next.ms);
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
async function leaseAndWork(open: ReplayJob, hasTime: () => boolean, deps: Deps): Promise<boolean> {
  if (!hasTime()) return true;
  if (nextActionOf(open, deps.now()).kind === 'rest') return false;
  const id = deps.newId();
  const { step, giveBack } = workUnder(id, deps);
  let job = await deps.jobs.take(open, { id, until: deps.now().getTime() + leaseTime }, deps.now());
  if (job) await noteActions(job, deps);
  while (job && hasTime()) job = await step(job);
  return job !== undefined && (await giveBack(job)) !== undefined;
}

const payloadSchema = z.object({ chain: z.catch(z.int(), 0) });

export const runReplayJobs =
  (deps: Deps) =>
  async (payload: unknown, invocation: Invocation): Promise<void> => {
    const { chain } = payloadSchema.parse(payload);
    const hasTime = () => invocation.getRemainingTimeInMillis() > reserve;
    const faults: unknown[] = [];
    const unfinished = await inParallel(await deps.jobs.listOpen(), jobsAtOnce, (job) =>
      leaseAndWork(job, hasTime, deps).catch((fault) => {
        // The fault of one job must not end the others.
        faults.push(fault);
        return false;
      }),
    );
    if (unfinished.includes(true) && chain < longestChain) await deps.wake({ chain: chain + 1 });
    if (faults.length > 0) throw faults[0];
  };

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('eventsTable');
  return {
    jobs: replayJobTable(client, fromEnvironment('journalTable')),
    note: historyTable(client, fromEnvironment('journalTable')).note,
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
