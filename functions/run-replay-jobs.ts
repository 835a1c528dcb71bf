/**
 * Wakes up every minute, when a replay begins, and by itself when its time is up before its work is done: carries on the
 * runs that are open. Who takes a run has it until its lease runs out, which each page renews; a crash leaves the run to
 * whoever wakes next.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import { type Wake, waker } from '../shared/aws/wake-function.ts';
import { type StateReader, stateReader } from '../shared/endpoint/state-table.ts';
import type { EventRow } from '../shared/event/event.ts';
import { countEvents } from '../shared/event/event-count.ts';
import { type EventTable, eventTable } from '../shared/event/event-table.ts';
import { closedReplayJob, type EndState, type ReplayJob } from '../shared/event/replay-job.ts';
import {
  afterReplayPage,
  nextActionOf,
  type ReplayJobAction,
  type ReplayPageResult,
} from '../shared/event/replay-job-step.ts';
import { type Lease, type ReplayJobTable, replayJobTable } from '../shared/event/replay-job-table.ts';
import { visibleRangeOf } from '../shared/event/replay-job-view.ts';
import { type Republisher, republisher } from '../shared/event/republish.ts';
import { type SkipReason, skipCountOf, skipsOf } from '../shared/event/skip-reason.ts';

export interface Deps {
  runs: ReplayJobTable;
  events: Pick<EventTable, 'list'>;
  republisher: Republisher;
  readConnection: StateReader['readConnection'];
  wake: Wake;
  newId(): string;
  now(): Date;
  sleep(ms: number): Promise<void>;
  log: Log;
}

/** What the runner asks of Lambda. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/** How long a lease lasts without a page, in ms. */
const leaseTime = 15_000;

/** What is left for the last page, the longest wait and the write of the progress, in ms. */
const reserve = 15_000;

/** How many runs one invocation carries on at once; the next one, a minute later, takes others. */
const runsAtOnce = 8;

/** How many events are written at once: one after another, in their order, where that is quick enough for the rate. */
const writesAtOnce = ({ rate }: ReplayJob): number => Math.min(Math.ceil(rate / 100), 16);

/** The largest page. */
const pageLimit = 200;

/** How often an event is tried in one page. */
const tries = 3;

/** How often the runner wakes itself in a row. Lambda ends a chain of 16 as a loop; the schedule begins a new one. */
const longestChain = 8;

/** Applies `act`, which never throws, to all, in order and so many at once. */
async function inParallel<T, R>(items: readonly T[], atOnce: number, act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const rest = items.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [at, item] of rest) results[at] = await act(item);
    }),
  );
  return results;
}

/** What came of one event, which may be why it is skipped; `unmarked` bears no mark that this release could take away. */
type Outcome = 'done' | 'failed' | 'unmarked' | SkipReason;

/** Publishes one event of a run again, or says why not. */
async function republish({ id }: EventRow, run: ReplayJob, hold: string | undefined, deps: Deps): Promise<Outcome> {
  if (run.release) return (await deps.republisher.release(id, run.release.hold, deps.now())) ? 'done' : 'unmarked';
  const { connectionId, id: runId } = run;
  const { kind } = await deps.republisher.replay(id, { connectionId, hold, run: runId, now: deps.now() });
  if (kind === 'gone') return 'expired';
  // Repeated: done before a crash, and not counted then.
  return kind === 'replayed' || kind === 'repeated' ? 'done' : kind;
}

/** Tries one event some times. What fails is a value, for the others go on. */
async function attempt(
  event: EventRow,
  run: ReplayJob,
  hold: string | undefined,
  deps: Deps,
): Promise<Outcome | Error> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await republish(event, run, hold, deps);
    } catch (error) {
      if (left === 0) return error as Error;
      await deps.sleep(100);
    }
  }
}

/**
 * Acts on the events of a page.
 * @throws when no write came through, unless the writes themselves are at fault: the store is away, and the run keeps its place
 */
async function actOn(events: EventRow[], run: ReplayJob, hold: string | undefined, deps: Deps): Promise<Outcome[]> {
  const results = await inParallel(events, writesAtOnce(run), (event) => attempt(event, run, hold, deps));
  const errors = results.filter((result) => result instanceof Error);
  const [first] = errors;
  if (first && errors.length === results.length && first.name !== 'ValidationException') throw first;
  for (const { name } of errors) deps.log({ warning: 'event_not_published', run: run.id, fault: name }, 'warn');
  return results.map((result) => (result instanceof Error ? 'failed' : result));
}

/** Whether a run is about this event at all. A row of the index may be older than the event, and is never newer. */
const concerns = ({ release }: ReplayJob, { held }: EventRow): boolean => !release || held === release.hold;

/** How many events a release has, counted at its first page. */
async function countOf(run: ReplayJob, now: Date, { events }: Deps): Promise<{ count?: number | null }> {
  const { release, progress } = run;
  if (!release || run.count !== null || progress.begunAt !== undefined) return {};
  // Past the slack of the range, which nearly always holds nothing of the hold.
  const from = visibleRangeOf(run).from;
  const found = await countEvents(events, run.connectionId, { from }, now, ({ held }) => held === release.hold);
  return { count: found.complete ? found.count : null };
}

/** Reads a page of a run and acts on it. Undefined when there is no such connection any longer. */
async function work(
  run: ReplayJob,
  { after, from, to }: ReplayJobAction & { kind: 'page' },
  deps: Deps,
): Promise<ReplayPageResult | undefined> {
  const begunAt = deps.now();
  const limit = Math.min(run.rate, pageLimit);
  const [{ events, next }, connection, counted] = await Promise.all([
    deps.events.list(run.connectionId, { order: 'asc', limit, after, from, to, type: run.type, now: begunAt }),
    deps.readConnection(run.connection),
    countOf(run, begunAt, deps),
  ]);
  // Nobody could see or cancel the replay. A release was promised while there was one.
  if (!run.release && connection?.id !== run.connectionId) return undefined;
  // What a hold in force holds is published by its release.
  const hold = connection?.endpoint?.hold?.id;
  const outcomes = await actOn(
    events.filter((event) => concerns(run, event)),
    run,
    hold,
    deps,
  );
  const times = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length;
  const skips = skipsOf(outcomes.filter((each) => each !== 'done' && each !== 'failed' && each !== 'unmarked'));
  return { begunAt, done: times('done'), failed: times('failed'), skips, ...counted, next };
}

/** Waits until a page has taken as long as its events may, at the run's rate. */
async function pace(
  { rate }: ReplayJob,
  { begunAt, done, failed }: ReplayPageResult,
  { now, sleep }: Deps,
): Promise<void> {
  const due = ((done + failed) / rate) * 1000;
  // A clock that was set back must not make it longer.
  const ms = Math.min(due, begunAt.getTime() + due - now().getTime());
  if (ms > 0) await sleep(ms);
}

/** Pages in which there was nothing to do are many and quick; the place in them is written once a second. */
const isWorthSaving = (page: ReplayPageResult, savedAt: Date, now: Date): boolean =>
  page.next === undefined ||
  page.done + page.failed + skipCountOf(page.skips) > 0 ||
  now.getTime() - savedAt.getTime() >= 1000;

/** What an invocation came to with a run. `left` is what it had no time for. */
type Carried = 'ended' | 'left' | 'resting' | 'lost';

async function end(run: ReplayJob, state: EndState, deps: Deps): Promise<Carried> {
  await deps.runs.close(closedReplayJob(run, state, deps.now()));
  const { done, failed, skipped } = run.progress;
  deps.log({ run: run.id, kind: run.kind, connection: run.connection, state, done, failed, skipped });
  return 'ended';
}

/** Carries a run on until it ends, rests, or the time is up. The lease is given back, except by a crash. */
async function carryOn(
  taken: ReplayJob,
  lease: Omit<Lease, 'until'>,
  hasTime: () => boolean,
  deps: Deps,
): Promise<Carried> {
  const save = (run: ReplayJob, ms: number) =>
    deps.runs.save(run, { ...lease, until: ms === 0 ? 0 : deps.now().getTime() + ms });
  let run = taken;
  let savedAt = deps.now();
  while (hasTime()) {
    const next = nextActionOf(run, deps.now());
    if (next.kind === 'end') return end(run, next.state, deps);
    if (next.kind === 'rest') return (await save(run, 0)) ? 'resting' : 'lost';
    if (next.kind === 'wait') {
      await deps.sleep(next.ms);
      continue;
    }
    const page = await work(run, next, deps);
    if (!page) return end(run, 'failed', deps);
    const further = afterReplayPage(run, page);
    // The state as it stands may be that an operator cancels.
    const saved = isWorthSaving(page, savedAt, deps.now()) ? await save(further, leaseTime) : further;
    if (!saved) return 'lost';
    if (saved !== further) savedAt = deps.now();
    run = saved;
    await pace(run, page, deps);
  }
  return (await save(run, 0)) ? 'left' : 'lost';
}

/** Takes a run that nobody has, and carries it on. */
async function takeUp(open: ReplayJob, hasTime: () => boolean, deps: Deps): Promise<Carried> {
  if (!hasTime()) return 'left';
  if (nextActionOf(open, deps.now()).kind === 'rest') return 'resting';
  const id = deps.newId();
  const taken = await deps.runs.take(open, { id, until: deps.now().getTime() + leaseTime }, deps.now());
  return taken ? carryOn(taken, { id }, hasTime, deps) : 'lost';
}

const payloadSchema = z.object({ chain: z.catch(z.int(), 0) });

export const runReplayJobs =
  (deps: Deps) =>
  async (payload: unknown, invocation: Invocation): Promise<void> => {
    const { chain } = payloadSchema.parse(payload);
    const hasTime = () => invocation.getRemainingTimeInMillis() > reserve;
    const faults: unknown[] = [];
    const carried = await inParallel(await deps.runs.listOpen(), runsAtOnce, (run) =>
      takeUp(run, hasTime, deps).catch((fault) => {
        // One run's fault must not end the others.
        faults.push(fault);
        return 'lost';
      }),
    );
    if (carried.includes('left') && chain < longestChain) await deps.wake({ chain: chain + 1 });
    if (faults.length > 0) throw faults[0];
  };

const live = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('eventsTable');
  return {
    runs: replayJobTable(client, fromEnvironment('journalTable')),
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

export const handler = runReplayJobs(live());
