/** Publishes many events again: starts a replay job, or asks it to end. */

import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import type { EventRow } from '../../events/event/event.ts';
import { countEvents, type EventCount } from '../../events/event/event-count.ts';
import { settledUpTo } from '../../events/event/event-page.ts';
import type { EventTable } from '../../events/event/event-table.ts';
import { newReplay, type ReplayJob, replayJobIdForm, whyNotReplayed } from '../../events/event/replay-job.ts';
import type { ReplayJobTable } from '../../events/event/replay-job-table.ts';
import { typeFilter } from '../../events/event/type-filter.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import {
  checkRate,
  type JobPlan,
  pastRangeOf,
  type Range,
  type RunnerPorts,
  startedBy,
  startJob,
  wakeRunner,
} from './job-plan.ts';
import type { Operation } from './operation.ts';
import { type Named, requireConnection } from './update-connection.ts';

export interface ReplayPorts extends RunnerPorts {
  store: Pick<StateTable, 'readConnection'>;
  events: Pick<EventTable, 'list'>;
  jobs: ReplayJobTable;
}

interface ReplayPlan extends Named, JobPlan {
  /** Only events of this type: see `type-filter.ts`. */
  type?: string | undefined;
}

/** Checks a plan, and counts its events. */
async function counted(plan: ReplayPlan, now: Date, ports: ReplayPorts) {
  const { id: connectionId, endpoint, routes } = await requireConnection(plan.name, ports);
  const range = pastRangeOf(plan, now, ': later events are published anyway');
  checkRate(plan.ratePerSecond, ports.replayCeiling);
  const isOfType = typeFilter(plan.type);
  const skipOf = (event: EventRow) => whyNotReplayed(event, endpoint?.hold?.id);
  const found = await countEvents(ports.events, connectionId, range, now, isOfType, skipOf);
  return { connectionId, routes, range, found };
}

/** Counts the events of a replay. The count is correct up to `upTo`. */
export const countReplay: Operation<ReplayPlan, ReplayPorts, Range & EventCount & { upTo: string }> = async (
  plan,
  { now },
  ports,
) => {
  const { range, found } = await counted(plan, now, ports);
  return { ...range, upTo: settledUpTo(range.to, now), ...found };
};

/** Starts a replay job. A connection has one at a time. */
export const startReplay: Operation<ReplayPlan, ReplayPorts, ReplayJob> = async (plan, context, ports) => {
  const { connectionId, routes, range, found } = await counted(plan, context.now, ports);
  const { name: connection, type, ratePerSecond: rate } = plan;
  const { via } = context.actor;
  const job = newReplay({
    ...startedBy(context, ports),
    ...(via && { via }),
    connection,
    connectionId,
    ...range,
    ...(type === undefined ? {} : { type }),
    rate,
    ...(routes === undefined ? {} : { routes }),
    count: found.complete ? found.count : null,
  });
  const detail = 'This connection has a replay that has not ended. Wait until it ends, or cancel it.';
  return startJob(job, ports.jobs, { code: 'replay_in_progress', detail }, context, ports);
};

/** A replay job of a connection. */
export interface NamedJob extends Named {
  id: string;
}

/**
 * The job of this id, as `find` returns it.
 * @throws a refusal if there is none
 */
export async function requireJob(
  { name, id }: NamedJob,
  { store }: Pick<ReplayPorts, 'store'>,
  find: (connectionId: string, jobId: string) => Promise<ReplayJob | undefined>,
): Promise<ReplayJob> {
  const { id: connectionId } = await requireConnection(name, { store });
  const job = replayJobIdForm.test(id) ? await find(connectionId, id) : undefined;
  if (job) return job;
  throw new Refusal('replay_not_found', 'This connection has no replay with this id. Replays are kept for 30 days.');
}

/**
 * Asks a replay job to end. The job ends after its current page.
 * @throws a refusal for a release
 */
export const cancelReplay: Operation<NamedJob, ReplayPorts, ReplayJob> = async (
  named,
  { actor, now, requestId },
  ports,
) => {
  const author = { by: actor.id, at: now.toISOString() };
  const job = await requireJob(named, ports, (...of) => ports.jobs.cancelReplay(...of, author));
  if (job.kind === 'release' && job.endedAt === undefined) {
    const detail = "A release can't be cancelled: held events must be published. To stop later events, hold again.";
    throw new Refusal('release_not_cancellable', detail);
  }
  if (job.state === 'cancelling') await wakeRunner(requestId, ports);
  return job;
};
