/** Wakes up for operators who list, read or replay events. */

import { randomUUID } from 'node:crypto';
import { requireConnection } from '../shared/api/connection-update.ts';
import { Download } from '../shared/api/download.ts';
import { bodyHoldsToken, bodyWithheld, eventViewOf } from '../shared/api/event-view.ts';
import {
  afterCursor,
  cursorOf,
  limitOf,
  type OperatorCall,
  operatorApi,
  type RouteHandlers,
} from '../shared/api/operator-api.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import { type Wake, waker } from '../shared/aws/wake-function.ts';
import { Problem } from '../shared/base/problem.ts';
import { publicationOf } from '../shared/bus/publication-state.ts';
import { type RelayTable, relayTable } from '../shared/bus/relay-table.ts';
import type { Connection } from '../shared/endpoint/connection.ts';
import { placementsOf } from '../shared/endpoint/endpoint-record.ts';
import { type StateTable, stateTable } from '../shared/endpoint/state-table.ts';
import type { BodyStore } from '../shared/event/body.ts';
import { bodyStore } from '../shared/event/body-store.ts';
import { type EventRow, eventSummaryOf, type StoredEvent } from '../shared/event/event.ts';
import { countEvents } from '../shared/event/event-count.ts';
import { eventIdFor, eventIdForm } from '../shared/event/event-id.ts';
import { readUpTo, settledUpTo } from '../shared/event/event-page.ts';
import { type EventTable, eventTable, isEventListPosition } from '../shared/event/event-table.ts';
import { newReplay, type ReplayJob, releaseIdOf, replayJobIdForm } from '../shared/event/replay-job.ts';
import { type ReplayJobTable, replayJobTable } from '../shared/event/replay-job-table.ts';
import { isReplayListPosition, replayListOf, replayViewOf } from '../shared/event/replay-job-view.ts';
import { type Republisher, republisher, skipReasonOf } from '../shared/event/republish.ts';

export interface Deps {
  store: StateTable;
  events: EventTable;
  readBody: BodyStore['read'];
  republisher: Republisher;
  runs: ReplayJobTable;
  relayLog: Pick<RelayTable, 'position' | 'readGivenUp'>;
  wake: Wake;
  newRunId(): string;
  /** The highest rate of a replay, in events a second. */
  replayCeiling: number;
  log: Log;
}

/** In the form in which times of arrival are kept, so that they compare as texts. */
const normalized = (instant: string | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString();

/** An event in a list; that its hold is in force is all that is known there of its publication. */
const listedOf = (event: EventRow, hold: string | undefined) => ({
  ...eventSummaryOf(event),
  ...(event.held !== undefined && event.held === hold ? { publication: 'held' as const } : {}),
});

async function list(call: OperatorCall<'GET /v1/connections/{name}/events'>, { store, events: table }: Deps) {
  const { id, endpoint } = await requireConnection(call, store);
  const { limit, cursor, order = 'desc', type, deliveryId } = call.query;
  if (deliveryId !== undefined) return find(call, id, deliveryId, table);
  const [from, to] = [call.query.from, call.query.to].map(normalized);
  const after = afterCursor(cursor, isEventListPosition);
  const upTo = settledUpTo(to, call.now);
  // A reader that goes on from the last event of this page must not miss an earlier one that is still being written.
  const page = { order, limit: limitOf(limit), after, from, to: order === 'asc' ? upTo : to, type, now: call.now };
  const { events, next } = await table.list(id, page);
  const answer = {
    items: events.map((event) => listedOf(event, endpoint?.hold?.id)),
    nextCursor: cursorOf(next),
    upTo,
  };
  if (order === 'desc') return { status: 200, body: answer };
  const resume = next ?? (upTo === to ? undefined : readUpTo(page, upTo));
  return { status: 200, body: { ...answer, resumeCursor: cursorOf(resume) } };
}

/** One read: the delivery id makes the event's id. */
async function find(
  { query, now }: OperatorCall<'GET /v1/connections/{name}/events'>,
  id: string,
  deliveryId: string,
  table: EventTable,
) {
  if (Object.keys(query).length > 1) {
    throw new Problem(400, 'invalid_request', 'deliveryId names one event: leave the rest of the query out.');
  }
  const event = await table.read(eventIdFor(id, deliveryId));
  return { status: 200, body: { items: event && isKept(event, now) ? [eventSummaryOf(event)] : [], nextCursor: null } };
}

/** DynamoDB removes what is expired some time later; it is gone from then on. */
const isKept = ({ expiresAt }: StoredEvent, now: Date): boolean => expiresAt * 1000 > now.getTime();

/** How the publication of an event stands: four reads at most, each of few items. */
async function publicationNow(event: StoredEvent, connection: Connection, now: Date, { relayLog, runs }: Deps) {
  const { held, connectionId } = event;
  const [position, givenUp, release] = await Promise.all([
    relayLog.position(),
    relayLog.readGivenUp(event),
    held === undefined ? undefined : runs.find(connectionId, releaseIdOf(held)),
  ]);
  return publicationOf(event, { connection, release, givenUp, position }, now);
}

async function read(call: OperatorCall<'GET /v1/connections/{name}/events/{id}'>, deps: Deps) {
  const { store, events, readBody } = deps;
  const connection = await requireConnection(call, store);
  const id = call.params['id'] ?? '';
  const event = eventIdForm.test(id) ? await events.read(id) : undefined;
  if (event?.connectionId !== connection.id || !isKept(event, call.now)) {
    throw eventNotFound();
  }
  const body = await bodyOf(event, readBody);
  const accept = connection.endpoint ? placementsOf(connection.endpoint) : [];
  // Whoever reads a live token can deliver by it.
  const isWithheld = call.operator.role !== 'connection_admin' && bodyHoldsToken(event, body, accept);
  if (call.query.raw === undefined) {
    const publication = await publicationNow(event, connection, call.now, deps);
    return { status: 200, body: { ...eventViewOf(event, isWithheld ? undefined : body), ...publication } };
  }
  if (isWithheld) throw new Problem(403, 'body_withheld', bodyWithheld);
  return new Download(body, `${event.id}.bin`, event.headers['content-type']);
}

/** An event's body from where it is kept. */
async function bodyOf({ body, bodyKey }: StoredEvent, readBody: Deps['readBody']): Promise<Buffer> {
  if (bodyKey === undefined) return body;
  const large = await readBody(bodyKey);
  if (large) return large;
  throw new Problem(
    500,
    'body_missing',
    'The event is stored, but its body is gone from the bodies bucket: somebody removed it there. It can not come back.',
  );
}

const eventNotFound = () =>
  new Problem(404, 'event_not_found', 'This connection has no event of this id. It may have passed its retention.');

/** Counts the replay on the event; the relay publishes what the stream then carries. */
async function replay(
  call: OperatorCall<'POST /v1/connections/{name}/events/{id}/replay'>,
  { store, republisher }: Deps,
) {
  const { id: connectionId, endpoint } = await requireConnection(call, store);
  const id = call.params['id'] ?? '';
  if (!eventIdForm.test(id)) throw eventNotFound();
  const replayed = await republisher.replay(id, { connectionId, hold: endpoint?.hold?.id, now: call.now });
  if (replayed.kind === 'replayed') return { status: 202, body: { id, replay: replayed.replays } };
  if (replayed.kind !== 'held') throw eventNotFound();
  throw new Problem(409, 'held', 'This event is held and was never published. Release the endpoint, and it is.');
}

/** The range of a replay, in the form in which times of arrival are kept; it ends now, unless it says when. */
function rangeOf({ body, now }: OperatorCall<'POST /v1/connections/{name}/replays'>): { from: string; to: string } {
  const [from, to] = [new Date(body.from).toISOString(), new Date(body.to ?? now).toISOString()];
  if (from >= to) throw new Problem(422, 'range_empty', 'from must be before to.');
  if (to <= now.toISOString()) return { from, to };
  const detail = `to must not be in the future: what arrives then is published anyway. It is ${now.toISOString()} now.`;
  throw new Problem(422, 'range_in_future', detail);
}

function checkRate(rate: number, ceiling: number): void {
  if (rate <= ceiling) return;
  const detail = `ratePerSecond may be at most ${ceiling} here. A deployment with -c replayCeiling=… sets another ceiling.`;
  throw new Problem(422, 'rate_too_high', detail, { ceiling });
}

/** Begins a replay of many events, or counts them. There is one at a time for each connection. */
async function replayMany(call: OperatorCall<'POST /v1/connections/{name}/replays'>, deps: Deps) {
  const { id: connectionId, name: connection, endpoint } = await requireConnection(call, deps.store);
  const { type, dryRun, ratePerSecond: rate } = call.body;
  const range = rangeOf(call);
  checkRate(rate, deps.replayCeiling);
  const isOfType = (event: EventRow) => type === undefined || event.type === type;
  const skips = (event: EventRow) => skipReasonOf(event, endpoint?.hold?.id);
  const found = await countEvents(deps.events, connectionId, range, call.now, isOfType, skips);
  if (dryRun) return { status: 200, body: { ...range, upTo: settledUpTo(range.to, call.now), ...found } };
  const count = found.complete ? found.count : null;
  const plan = { connection, connectionId, ...range, ...(type === undefined ? {} : { type }), rate, count };
  const run = newReplay({ id: deps.newRunId(), startedAt: call.now.toISOString(), ...plan });
  const inTheWay = await deps.runs.open(run);
  if (inTheWay) {
    const detail = 'A replay of this connection is going on. Wait until it has ended, or cancel it.';
    throw new Problem(409, 'replay_in_progress', detail, { id: inTheWay.id });
  }
  await wakeRunner(call.requestId, deps);
  return { status: 202, body: { id: run.id, ...range, count } };
}

/** The replay is open already, so a runner that could not be woken is no failure: it looks for itself every minute. */
async function wakeRunner(requestId: string, { wake, log }: Deps): Promise<void> {
  try {
    await wake();
  } catch (error) {
    log({ warning: 'runner_not_woken', fault: (error as Error).name, requestId }, 'warn');
  }
}

/** The run that a call names, as `look` finds it. @throws a 404 */
async function runOf(
  call:
    | OperatorCall<'GET /v1/connections/{name}/replays/{id}'>
    | OperatorCall<'DELETE /v1/connections/{name}/replays/{id}'>,
  { store }: Deps,
  look: (connectionId: string, runId: string) => Promise<ReplayJob | undefined>,
): Promise<ReplayJob> {
  const { id: connectionId } = await requireConnection(call, store);
  const id = call.params['id'] ?? '';
  const run = replayJobIdForm.test(id) ? await look(connectionId, id) : undefined;
  if (run) return run;
  throw new Problem(404, 'replay_not_found', 'This connection has no replay of this id. One is kept for 30 days.');
}

const progress = async (call: OperatorCall<'GET /v1/connections/{name}/replays/{id}'>, deps: Deps) => ({
  status: 200,
  body: replayViewOf(await runOf(call, deps, deps.runs.find), call.now),
});

async function listRuns(call: OperatorCall<'GET /v1/connections/{name}/replays'>, { store, runs }: Deps) {
  const { id } = await requireConnection(call, store);
  const after = afterCursor(call.query.cursor, isReplayListPosition);
  const { shown, next } = replayListOf(await runs.list(id), limitOf(call.query.limit), after);
  return { status: 200, body: { items: shown.map((run) => replayViewOf(run, call.now)), nextCursor: cursorOf(next) } };
}

/** Asks a replay to end, which it does after the page that it is at. */
async function cancel(call: OperatorCall<'DELETE /v1/connections/{name}/replays/{id}'>, deps: Deps) {
  const run = await runOf(call, deps, deps.runs.cancelReplay);
  if (run.kind === 'release' && run.endedAt === undefined) {
    const detail =
      'A release can not be cancelled: what was held has to be published. Hold the endpoint again for what comes.';
    throw new Problem(409, 'release_not_cancellable', detail);
  }
  const answer = { body: replayViewOf(run, call.now) };
  if (run.state !== 'cancelling') return { status: 200, ...answer };
  await wakeRunner(call.requestId, deps);
  return { status: 202, ...answer };
}

export const apiEvents = (deps: Deps): RouteHandlers<'api-events'> => ({
  'GET /v1/connections/{name}/events': (call) => list(call, deps),
  'GET /v1/connections/{name}/events/{id}': (call) => read(call, deps),
  'POST /v1/connections/{name}/events/{id}/replay': (call) => replay(call, deps),
  'GET /v1/connections/{name}/replays': (call) => listRuns(call, deps),
  'POST /v1/connections/{name}/replays': (call) => replayMany(call, deps),
  'GET /v1/connections/{name}/replays/{id}': (call) => progress(call, deps),
  'DELETE /v1/connections/{name}/replays/{id}': (call) => cancel(call, deps),
});

const live = (): Deps => {
  const client = dynamodb();
  return {
    store: stateTable(client, fromEnvironment('stateTable')),
    events: eventTable(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    readBody: bodyStore(fromEnvironment('bodiesBucket')).read,
    republisher: republisher(client, fromEnvironment('eventsTable')),
    runs: replayJobTable(client, fromEnvironment('journalTable')),
    relayLog: relayTable(client, fromEnvironment('journalTable')),
    wake: waker(fromEnvironment('runner')),
    newRunId: () => `run_${randomUUID()}`,
    replayCeiling: numberFromEnvironment('replayCeiling'),
    log,
  };
};

export const handler = operatorApi(apiEvents(live()));
