/**
 * Reads one page of a replay job's events and publishes them again. If an event fails, it is counted, and the job
 * continues with the others.
 */
import type { Log } from '../aws/logger.ts';
import { inParallel } from '../base/parallel.ts';
import type { StateReader } from '../endpoint/state-table.ts';
import type { PageStep } from '../job/job.ts';
import { skipsOf } from '../job/skips.ts';
import type { EventRow } from './event.ts';
import { countEvents } from './event-count.ts';
import type { EventTable } from './event-table.ts';
import type { ReplayJob } from './replay-job.ts';
import type { ReplayPageResult } from './replay-job-step.ts';
import { visibleRangeOf } from './replay-job-view.ts';
import type { Republisher } from './republish.ts';
import type { SkipReason } from './skip-reason.ts';

export interface ReplayPageDeps {
  events: Pick<EventTable, 'list'>;
  republisher: Republisher;
  readConnection: StateReader['readConnection'];
  now(): Date;
  sleep(ms: number): Promise<void>;
  log: Log;
}

/** Events in one page, at most. */
const maxPageSize = 200;

/** The number of tries for an event in one page. */
const maxTries = 3;

/**
 * The number of events that are written in parallel. Slow jobs write one after another, which keeps the events in
 * order.
 */
const parallelWrites = ({ rate }: ReplayJob): number => Math.min(Math.ceil(rate / 100), 16);

/** The result for one event. `unmarked` means that the event no longer has the mark that this release removes. */
type Outcome = 'done' | 'failed' | 'unmarked' | SkipReason;

async function republish(
  { id, test }: EventRow,
  job: ReplayJob,
  hold: string | undefined,
  deps: ReplayPageDeps,
): Promise<Outcome> {
  const { connectionId, id: jobId, release } = job;
  if (release) {
    // The event of a test is routed nowhere, unless an operator replays it by itself.
    const routes = test ? undefined : job.routes;
    return (await deps.republisher.release(id, { hold: release.hold, routes, now: deps.now() })) ? 'done' : 'unmarked';
  }
  const { kind } = await deps.republisher.replay(id, {
    connectionId,
    hold,
    routes: job.routes,
    jobId,
    now: deps.now(),
  });
  if (kind === 'gone') return 'expired';
  // `repeated`: this job published the event before a crash, and did not count it then.
  return kind === 'replayed' || kind === 'repeated' ? 'done' : kind;
}

/** Returns the error if every try failed. */
async function tryToRepublish(
  event: EventRow,
  job: ReplayJob,
  hold: string | undefined,
  deps: ReplayPageDeps,
): Promise<Outcome | Error> {
  for (let left = maxTries - 1; ; left -= 1) {
    try {
      return await republish(event, job, hold, deps);
    } catch (error) {
      if (left === 0) return error as Error;
      await deps.sleep(100);
    }
  }
}

/**
 * Publishes the events of a page again.
 * @throws if every write failed, unless DynamoDB called the first write invalid.
 * DynamoDB can't be reached then, and the job has to
 *   repeat this page.
 */
async function republishAll(
  events: EventRow[],
  job: ReplayJob,
  hold: string | undefined,
  deps: ReplayPageDeps,
): Promise<Outcome[]> {
  const results = await inParallel(events, parallelWrites(job), (event) => tryToRepublish(event, job, hold, deps));
  const errors = results.filter((result) => result instanceof Error);
  const [first] = errors;
  if (first && errors.length === results.length && first.name !== 'ValidationException') throw first;
  for (const { name } of errors) deps.log({ warning: 'event_not_published', run: job.id, fault: name }, 'warn');
  return results.map((result) => (result instanceof Error ? 'failed' : result));
}

/**
 * A release publishes only the events of its own hold. The index may lag behind: a row may still have the mark after
 * the event lost it. A row never lacks the mark of a held event.
 */
const concerns = ({ release }: ReplayJob, { held }: EventRow): boolean => !release || held === release.hold;

/** Counts the events of a release, at its first page. */
async function countOf(
  job: ReplayJob,
  now: Date,
  { events }: Pick<ReplayPageDeps, 'events'>,
): Promise<{ count?: number | null }> {
  const { release, progress } = job;
  if (!release || job.count !== null || progress.begunAt !== undefined) return {};
  // The job's range begins earlier than the range that operators see, because clocks may differ. That earlier part is
  // nearly empty.
  const { from } = visibleRangeOf(job);
  const found = await countEvents(events, job.connectionId, { from }, now, ({ held }) => held === release.hold);
  return { count: found.complete ? found.count : null };
}

/** Returns undefined if the connection of a replay is gone. */
export async function replayPage(
  job: ReplayJob,
  { after, from, to }: PageStep,
  deps: ReplayPageDeps,
): Promise<ReplayPageResult | undefined> {
  const begunAt = deps.now();
  const limit = Math.min(job.rate, maxPageSize);
  const [{ events, next }, connection, counted] = await Promise.all([
    deps.events.list(job.connectionId, { order: 'asc', limit, after, from, to, type: job.type, now: begunAt }),
    deps.readConnection(job.connection),
    countOf(job, begunAt, deps),
  ]);
  // The connection is gone, so nobody can see or cancel the replay. A release continues, because operators count on the
  // publication of held events.
  if (!job.release && connection?.id !== job.connectionId) return undefined;
  // If a hold is in force, its release publishes its events.
  const hold = connection?.endpoint?.hold?.id;
  const outcomes = await republishAll(
    events.filter((event) => concerns(job, event)),
    job,
    hold,
    deps,
  );
  const countOutcome = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length;
  const skips = skipsOf(outcomes.filter((each) => each !== 'done' && each !== 'failed' && each !== 'unmarked'));
  return { begunAt, done: countOutcome('done'), failed: countOutcome('failed'), skips, ...counted, next };
}
