/** Wakes up for operators' requests about events, and about what the Journal says of a connection: lists, reads and replays. */
import { randomUUID } from 'node:crypto';
import { type DeliveryLists, deliveryLists } from '../shared/deliveries/dispatch/delivery-lists.ts';
import { redeliveryTable } from '../shared/deliveries/dispatch/redelivery-table.ts';
import type { Connection } from '../shared/endpoints/endpoint/connection.ts';
import { stateTable } from '../shared/endpoints/endpoint/state-table.ts';
import { rejectionReader } from '../shared/events/arrival/rejection-reader.ts';
import { usageTable } from '../shared/events/arrival/usage-table.ts';
import { type RelayTable, relayTable } from '../shared/events/bus/relay-table.ts';
import type { BodyStore } from '../shared/events/event/body-place.ts';
import { bodyStore } from '../shared/events/event/body-store.ts';
import { bodyHoldsToken, type EventRow, eventSummaryOf, type StoredEvent } from '../shared/events/event/event.ts';
import { eventIdFor } from '../shared/events/event/event-id.ts';
import { type EventPageRequest, readUpTo, settledUpTo } from '../shared/events/event/event-page.ts';
import { type EventTable, eventTable, isEventListPosition } from '../shared/events/event/event-table.ts';
import { releaseIdOf } from '../shared/events/event/replay-job.ts';
import { replayJobTable } from '../shared/events/event/replay-job-table.ts';
import { isReplayListPosition, replayViewOf } from '../shared/events/event/replay-job-view.ts';
import { type Republisher, republisher } from '../shared/events/event/republish.ts';
import { typeFilter } from '../shared/events/event/type-filter.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/ground/aws/environment.ts';
import { httpHandler } from '../shared/ground/aws/http-handler.ts';
import { log } from '../shared/ground/aws/logger.ts';
import { waker } from '../shared/ground/aws/wake-function.ts';
import { Refusal } from '../shared/ground/base/refusal.ts';
import { jobListOf } from '../shared/ground/job/job-view.ts';
import { Download } from '../shared/operators/api/download.ts';
import { bodyWithheld, eventViewOf } from '../shared/operators/api/event-view.ts';
import { type JournalKey, type JournalPorts, journalHandlers } from '../shared/operators/api/journal-answers.ts';
import { afterCursor, cursorOf, limitOf } from '../shared/operators/api/list-page.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/operators/api/operator-api.ts';
import { timelineOf } from '../shared/operators/journal/event-timeline.ts';
import { type HistoryTable, historyTable } from '../shared/operators/journal/history-table.ts';
import { statisticsTable } from '../shared/operators/journal/statistics-table.ts';
import { publicationReader } from '../shared/operators/operation/publication-now.ts';
import { replayEvent } from '../shared/operators/operation/replay-event.ts';
import {
  cancelReplay,
  countReplay,
  type ReplayPorts,
  requireJob,
  startReplay,
} from '../shared/operators/operation/replay-jobs.ts';
import { type SearchPorts, searchEvents } from '../shared/operators/operation/search-events.ts';
import {
  connectionOfEvent,
  isExpiredEvent,
  readStoredEvent,
  requireEvent,
} from '../shared/operators/operation/stored-event.ts';
import { requireConnection } from '../shared/operators/operation/update-connection.ts';

export interface Deps extends ReplayPorts, Pick<SearchPorts, 'clock' | 'rejections'> {
  events: EventTable;
  readBody: BodyStore['read'];
  republisher: Republisher;
  relayLog: Pick<RelayTable, 'position' | 'readGivenUp'>;
  history: Pick<HistoryTable, 'actionsSince'>;
  deliveries: Pick<DeliveryLists, 'ofEventWithAttempts'>;
}

/** Converts a time to the format of the stored arrival times, so that it can be compared with them as text. */
const normalized = (instant: string | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString();

type ListedEvent = Pick<EventRow, 'held' | 'endpointId'>;

/**
 * Finds the holds of these events that ended without a release, because their endpoint was deconfigured. Reads one item
 * for each hold of an earlier endpoint.
 */
async function discardedHolds(events: readonly ListedEvent[], { id, endpoint }: Connection, jobs: Deps['jobs']) {
  const earlier = events.flatMap(({ held, endpointId }) =>
    held === undefined || endpointId === endpoint?.id ? [] : [held],
  );
  const holds = [...new Set(earlier)];
  const releases = await Promise.all(holds.map((hold) => jobs.find(id, releaseIdOf(hold))));
  return new Set(holds.filter((_, index) => releases[index] === undefined));
}

/**
 * Events as a list shows them. A list shows only the states `held` and `discarded`, because the others need more reads.
 */
async function listItems<E extends ListedEvent>(events: readonly E[], connection: Connection, jobs: Deps['jobs']) {
  const discarded = await discardedHolds(events, connection, jobs);
  const stateOf = (held: string | undefined) => {
    if (held === undefined) return {};
    if (held === connection.endpoint?.hold?.id) return { publication: 'held' as const };
    return discarded.has(held) ? { publication: 'discarded' as const } : {};
  };
  return events.map((event) => ({ ...eventSummaryOf(event), ...stateOf(event.held) }));
}

async function listEvents(
  call: OperatorCall<'GET /v1/connections/{name}/events'>,
  { store, events: table, jobs }: Pick<Deps, 'store' | 'events' | 'jobs'>,
) {
  const connection = await requireConnection(call.params.name, { store });
  const { id } = connection;
  const { limit, cursor, order = 'desc', type, deliveryId } = call.query;
  const [from, to] = [call.query.from, call.query.to].map(normalized);
  if (deliveryId !== undefined) {
    // The list has at most one event, so no cursor leads on.
    afterCursor(cursor, () => false);
    const found = await findByDeliveryId(id, deliveryId, { from, to, type, now: call.now }, table);
    return { status: 200, body: { items: await listItems(found, connection, jobs), nextCursor: null } };
  }
  const after = afterCursor(cursor, isEventListPosition);
  const upTo = settledUpTo(to, call.now);
  // A client may later continue after the last event of this page. The client must not miss an earlier event that is
  // still being written.
  const page = { order, limit: limitOf(limit), after, from, to: order === 'asc' ? upTo : to, type, now: call.now };
  const { events, next } = await table.list(id, page);
  const answer = {
    items: await listItems(events, connection, jobs),
    nextCursor: cursorOf(next),
    upTo,
  };
  if (order === 'desc') return { status: 200, body: answer };
  const resume = next ?? (upTo === to ? undefined : readUpTo(page, upTo));
  return { status: 200, body: { ...answer, resumeCursor: cursorOf(resume) } };
}

/**
 * The first event of a delivery id, if the other filters of the list let it pass. Needs one read, because an event's id is
 * made from its delivery id.
 */
async function findByDeliveryId(
  connectionId: string,
  deliveryId: string,
  { from = '', to = '~', type, now }: Pick<EventPageRequest, 'from' | 'to' | 'type' | 'now'>,
  table: EventTable,
): Promise<StoredEvent[]> {
  const event = await table.read(eventIdFor(connectionId, deliveryId));
  if (!event || isExpiredEvent(event, now) || !typeFilter(type)(event)) return [];
  return from <= event.receivedAt && event.receivedAt <= to ? [event] : [];
}

async function search(call: OperatorCall<'POST /v1/connections/{name}/events/search'>, deps: Deps) {
  const { cursor, ...request } = call.body;
  const input = {
    ...{ ...call.params, ...request },
    after: afterCursor(cursor, isEventListPosition),
    withholdsTokens: withholdsTokens(call),
  };
  const { connection, found, next, ...looked } = await searchEvents(input, call, deps);
  const items = await listItems(found, connection, deps.jobs);
  return { status: 200, body: { items, ...looked, nextCursor: cursorOf(next) } };
}

/** Anyone who reads a live token can send deliveries with it. An agent must not, whosever token it has. */
const withholdsTokens = ({ actor }: Pick<OperatorCall<'GET /v1/connections/{name}/events/{id}'>, 'actor'>): boolean =>
  actor.role !== 'connection_admin' || actor.via === 'mcp';

async function readEvent(call: OperatorCall<'GET /v1/connections/{name}/events/{id}'>, deps: Deps) {
  const connection = await requireConnection(call.params.name, deps);
  const { event, body } = await readStoredEvent(connection, call.params.id, call.now, deps);
  const isWithheld = withholdsTokens(call) && bodyHoldsToken(event);
  if (call.query.raw === undefined) {
    const publication = await publicationReader(connection, call.now, deps)(event);
    return { status: 200, body: { ...eventViewOf(event, isWithheld ? undefined : body), ...publication } };
  }
  if (isWithheld) throw new Refusal('body_withheld', bodyWithheld);
  return new Download(body, `${event.id}.bin`, event.headers['content-type']);
}

async function findEvent({ params: { id }, now }: OperatorCall<'GET /v1/events/{id}'>, deps: Deps) {
  const { name } = await connectionOfEvent(id, now, deps);
  return { status: 200, body: { id, connection: name } };
}

async function readTimeline(call: OperatorCall<'GET /v1/connections/{name}/events/{id}/timeline'>, deps: Deps) {
  const { id } = call.params;
  const connection = await requireConnection(call.params.name, deps);
  const event = await requireEvent(connection, id, call.now, deps);
  const [publication, actions, deliveries] = await Promise.all([
    publicationReader(connection, call.now, deps)(event),
    deps.history.actionsSince(connection.id, event.receivedAt),
    deps.deliveries.ofEventWithAttempts(id),
  ]);
  // An event that had this id before has other deliveries.
  const own = deliveries.filter(({ row }) => row.receivedAt === event.receivedAt);
  const items = timelineOf({ event, publication, actions, deliveries: own });
  return { status: 200, body: { items, ...publication } };
}

async function replayOne(call: OperatorCall<'POST /v1/connections/{name}/events/{id}/replay'>, deps: Deps) {
  const replay = await replayEvent(call.params, call, deps);
  return { status: 202, body: { id: call.params.id, replay } };
}

async function replayMany(call: OperatorCall<'POST /v1/connections/{name}/replays'>, deps: Deps) {
  const { dryRun, ...plan } = { ...call.params, ...call.body };
  if (dryRun) {
    const { sample, ...counted } = await countReplay(plan, call, deps);
    return { status: 200, body: { ...counted, sample: sample.map(eventSummaryOf) } };
  }
  const { id, from, to, count } = await startReplay(plan, call, deps);
  return { status: 202, body: { id, from, to, count } };
}

async function listReplays(call: OperatorCall<'GET /v1/connections/{name}/replays'>, { store, jobs }: Deps) {
  const { id } = await requireConnection(call.params.name, { store });
  const after = afterCursor(call.query.cursor, isReplayListPosition);
  const { shown, next } = jobListOf(await jobs.list(id), limitOf(call.query.limit), after);
  return { status: 200, body: { items: shown.map((job) => replayViewOf(job, call.now)), nextCursor: cursorOf(next) } };
}

const readReplay = async ({ params, now }: OperatorCall<'GET /v1/connections/{name}/replays/{id}'>, deps: Deps) => ({
  status: 200,
  body: replayViewOf(await requireJob(params, deps, deps.jobs.find), now),
});

async function cancel(call: OperatorCall<'DELETE /v1/connections/{name}/replays/{id}'>, deps: Deps) {
  const job = await cancelReplay(call.params, call, deps);
  return { status: job.state === 'cancelling' ? 202 : 200, body: replayViewOf(job, call.now) };
}

/** The handlers of this function, but for those of `journalHandlers`. */
export const apiEvents = (deps: Deps): Omit<RouteHandlers<'api-events'>, JournalKey> => ({
  'GET /v1/connections/{name}/events': (call) => listEvents(call, deps),
  'POST /v1/connections/{name}/events/search': (call) => search(call, deps),
  'GET /v1/connections/{name}/events/{id}': (call) => readEvent(call, deps),
  'GET /v1/events/{id}': (call) => findEvent(call, deps),
  'GET /v1/connections/{name}/events/{id}/timeline': (call) => readTimeline(call, deps),
  'POST /v1/connections/{name}/events/{id}/replay': (call) => replayOne(call, deps),
  'GET /v1/connections/{name}/replays': (call) => listReplays(call, deps),
  'POST /v1/connections/{name}/replays': (call) => replayMany(call, deps),
  'GET /v1/connections/{name}/replays/{id}': (call) => readReplay(call, deps),
  'DELETE /v1/connections/{name}/replays/{id}': (call) => cancel(call, deps),
});

const lambdaDeps = (): Deps & JournalPorts => {
  const client = dynamodb();
  const journal = fromEnvironment('JOURNAL_TABLE');
  const lists = deliveryLists(client, fromEnvironment('DELIVERIES_TABLE'));
  return {
    store: stateTable(client, fromEnvironment('STATE_TABLE')),
    events: eventTable(client, fromEnvironment('EVENTS_TABLE'), numberFromEnvironment('EVENT_SHARDS')),
    readBody: bodyStore(fromEnvironment('BODIES_BUCKET')).read,
    republisher: republisher(client, fromEnvironment('EVENTS_TABLE')),
    jobs: replayJobTable(client, journal),
    relayLog: relayTable(client, journal),
    history: historyTable(client, journal),
    rejections: rejectionReader(client, journal),
    statistics: statisticsTable(client, journal),
    usage: usageTable(client, journal),
    redeliveries: redeliveryTable(client, journal),
    countWaiting: async (id) => (await lists.backlogOf(id)).rows.length,
    deliveries: lists,
    wake: waker(fromEnvironment('RUNNER_FUNCTION')),
    clock: () => performance.now(),
    newJobId: () => `run_${randomUUID()}`,
    replayCeiling: numberFromEnvironment('REPLAY_CEILING'),
    log,
  };
};

const deps = lambdaDeps();

export const handler = httpHandler(operatorApi<'api-events'>({ ...apiEvents(deps), ...journalHandlers(deps) }));
