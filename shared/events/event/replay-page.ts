/** Reads one page of a replay job's events and publishes them again. */

import type { StateReader } from '../../endpoints/endpoint/state-table.ts';
import type { Log } from '../../ground/aws/logger.ts';
import { type PageStep, pageResultOf } from '../../ground/job/job.ts';
import { pageSizeOf, tryAll } from '../../ground/job/try-all.ts';
import type { EventRow } from './event.ts';
import { countEvents } from './event-count.ts';
import type { EventTable } from './event-table.ts';
import { type ReplayJob, type ReplaySkip, visibleRangeOf, whyNotReplayed } from './replay-job.ts';
import type { ReplayPageResult } from './replay-job-step.ts';
import type { Republisher } from './republish.ts';

export interface ReplayPageDeps {
  events: Pick<EventTable, 'list'>;
  republisher: Republisher;
  readConnection: StateReader['readConnection'];
  now(): Date;
  sleep(ms: number): Promise<void>;
  log: Log;
}

/** The result for one event. `unmarked` means that the event no longer has the mark that this release removes. */
type Outcome = 'done' | 'unmarked' | ReplaySkip;

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
  const wanted = { connectionId, hold, routes: job.routes, jobId, now: deps.now() };
  const { kind } = await deps.republisher.replay(id, wanted);
  if (kind === 'gone') return 'expired';
  // `repeated`: this job published the event before a crash, and did not count it then.
  return kind === 'held' ? 'held' : 'done';
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
  const limit = pageSizeOf(job);
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
  const skipOf = (event: EventRow) => (job.release ? undefined : whyNotReplayed(event, hold));
  const concerned = events.filter((event) => concerns(job, event));
  const outcomes = await tryAll(
    concerned.filter((event) => skipOf(event) === undefined),
    job,
    (event) => republish(event, job, hold, deps),
    { sleep: deps.sleep, log: deps.log, warning: 'event_not_published' },
  );
  const skips = concerned.flatMap((event) => skipOf(event) ?? []);
  const marked = outcomes.filter((outcome) => outcome !== 'unmarked');
  return { ...pageResultOf(begunAt, [...marked, ...skips], next), ...counted };
}
