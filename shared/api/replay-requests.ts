/** Answers requests that start, list, read or cancel replay jobs. */
import type { Log } from '../aws/logger.ts';
import type { Wake } from '../aws/wake-function.ts';
import { Problem } from '../base/problem.ts';
import type { StateTable } from '../endpoint/state-table.ts';
import type { EventRow } from '../event/event.ts';
import { countEvents } from '../event/event-count.ts';
import { settledUpTo } from '../event/event-page.ts';
import type { EventTable } from '../event/event-table.ts';
import { newReplay, type ReplayJob, replayJobIdForm } from '../event/replay-job.ts';
import type { ReplayJobTable } from '../event/replay-job-table.ts';
import { isReplayListPosition, replayListOf, replayViewOf } from '../event/replay-job-view.ts';
import { skipReasonOf } from '../event/republish.ts';
import { requireConnection } from './connection-update.ts';
import { afterCursor, cursorOf, limitOf } from './list-page.ts';
import type { OperatorCall } from './operator-api.ts';

export interface ReplayRequestDeps {
  store: StateTable;
  events: Pick<EventTable, 'list'>;
  jobs: ReplayJobTable;
  /** Wakes the function that works on replay jobs. */
  wake: Wake;
  newJobId(): string;
  /** The highest rate of a replay, in events a second. */
  replayCeiling: number;
  log: Log;
}

/**
 * The range of a replay, in the format of the stored times of arrival. Without `to`, the range ends now. @throws a 422
 */
function replayRangeOf({ body, now }: OperatorCall<'POST /v1/connections/{name}/replays'>): {
  from: string;
  to: string;
} {
  const [from, to] = [new Date(body.from).toISOString(), new Date(body.to ?? now).toISOString()];
  if (from >= to) throw new Problem(422, 'range_empty', 'from must be before to.');
  if (to <= now.toISOString()) return { from, to };
  const detail = `to must not be in the future: later events are published anyway. It is ${now.toISOString()} now.`;
  throw new Problem(422, 'range_in_future', detail);
}

/** @throws a 422 */
function checkRate(rate: number, ceiling: number): void {
  if (rate <= ceiling) return;
  const detail = `ratePerSecond can be at most ${ceiling} here. Deploy with -c replayCeiling=… to change this limit.`;
  throw new Problem(422, 'rate_too_high', detail, { ceiling });
}

/** Starts a replay job, or with `dryRun` only counts its events. A connection has one replay job at a time. */
export async function startReplay(call: OperatorCall<'POST /v1/connections/{name}/replays'>, deps: ReplayRequestDeps) {
  const { id: connectionId, name: connection, endpoint } = await requireConnection(call, deps.store);
  const { type, dryRun, ratePerSecond: rate } = call.body;
  const range = replayRangeOf(call);
  checkRate(rate, deps.replayCeiling);
  const isOfType = (event: EventRow) => type === undefined || event.type === type;
  const skips = (event: EventRow) => skipReasonOf(event, endpoint?.hold?.id);
  const found = await countEvents(deps.events, connectionId, range, call.now, isOfType, skips);
  if (dryRun) return { status: 200, body: { ...range, upTo: settledUpTo(range.to, call.now), ...found } };
  const count = found.complete ? found.count : null;
  const plan = { connection, connectionId, ...range, ...(type === undefined ? {} : { type }), rate, count };
  const job = newReplay({ id: deps.newJobId(), startedAt: call.now.toISOString(), ...plan });
  await openJob(job, deps);
  await wakeRunner(call.requestId, deps);
  return { status: 202, body: { id: job.id, ...range, count } };
}

/** @throws a 409 if the connection has an open replay job */
async function openJob(job: ReplayJob, { jobs }: ReplayRequestDeps): Promise<void> {
  const openAlready = await jobs.open(job);
  if (!openAlready) return;
  const detail = 'This connection has a replay that has not ended. Wait until it ends, or cancel it.';
  throw new Problem(409, 'replay_in_progress', detail, { id: openAlready.id });
}

/** A failure is only logged: the job is saved, and the runner looks for open jobs every minute. */
async function wakeRunner(requestId: string, { wake, log }: ReplayRequestDeps): Promise<void> {
  try {
    await wake();
  } catch (error) {
    log({ warning: 'runner_not_woken', fault: (error as Error).name, requestId }, 'warn');
  }
}

/** The job that a request names, as `find` returns it. @throws a 404 */
async function jobOf(
  call:
    | OperatorCall<'GET /v1/connections/{name}/replays/{id}'>
    | OperatorCall<'DELETE /v1/connections/{name}/replays/{id}'>,
  { store }: ReplayRequestDeps,
  find: (connectionId: string, jobId: string) => Promise<ReplayJob | undefined>,
): Promise<ReplayJob> {
  const { id: connectionId } = await requireConnection(call, store);
  const id = call.params['id'] ?? '';
  const job = replayJobIdForm.test(id) ? await find(connectionId, id) : undefined;
  if (job) return job;
  throw new Problem(
    404,
    'replay_not_found',
    'This connection has no replay with this id. Replays are kept for 30 days.',
  );
}

export async function readReplay(
  call: OperatorCall<'GET /v1/connections/{name}/replays/{id}'>,
  deps: ReplayRequestDeps,
) {
  return { status: 200, body: replayViewOf(await jobOf(call, deps, deps.jobs.find), call.now) };
}

export async function listReplays(
  call: OperatorCall<'GET /v1/connections/{name}/replays'>,
  { store, jobs }: ReplayRequestDeps,
) {
  const { id } = await requireConnection(call, store);
  const after = afterCursor(call.query.cursor, isReplayListPosition);
  const { shown, next } = replayListOf(await jobs.list(id), limitOf(call.query.limit), after);
  return { status: 200, body: { items: shown.map((job) => replayViewOf(job, call.now)), nextCursor: cursorOf(next) } };
}

/** Asks a replay job to end. The job ends after its current page. @throws a 409 for a release */
export async function cancelReplay(
  call: OperatorCall<'DELETE /v1/connections/{name}/replays/{id}'>,
  deps: ReplayRequestDeps,
) {
  const job = await jobOf(call, deps, deps.jobs.cancelReplay);
  if (job.kind === 'release' && job.endedAt === undefined) {
    const detail = "A release can't be cancelled: held events must be published. To stop later events, hold again.";
    throw new Problem(409, 'release_not_cancellable', detail);
  }
  const answer = { body: replayViewOf(job, call.now) };
  if (job.state !== 'cancelling') return { status: 200, ...answer };
  await wakeRunner(call.requestId, deps);
  return { status: 202, ...answer };
}
