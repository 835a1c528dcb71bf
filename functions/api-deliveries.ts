/** Wakes up for operators' requests about deliveries to destinations: lists, reads, attempts and redelivers them, and says how destinations are. */
import { randomUUID } from 'node:crypto';
import type { DestinationTable } from '../shared/deliveries/destination/destination-table.ts';
import { destinationTable } from '../shared/deliveries/destination/destination-table.ts';
import { wholeBodyOf } from '../shared/deliveries/dispatch/delivery-content.ts';
import { type DeliveryLists, deliveryLists, isDeliveryPosition } from '../shared/deliveries/dispatch/delivery-lists.ts';
import { attemptsOfRow, type DeliveryRow } from '../shared/deliveries/dispatch/delivery-row.ts';
import { attemptViewOf, deliveryOutcomeOf } from '../shared/deliveries/dispatch/delivery-view.ts';
import { destinationHealthViewOf } from '../shared/deliveries/dispatch/destination-health-view.ts';
import {
  contentPorts,
  deliveryPorts,
  destinationReader,
  readEvents,
} from '../shared/deliveries/dispatch/function-ports.ts';
import type { DispatchPorts } from '../shared/deliveries/dispatch/ports.ts';
import { redeliveryTable } from '../shared/deliveries/dispatch/redelivery-table.ts';
import {
  isRedeliveryListPosition,
  redeliveryOutcomesOf,
  redeliveryViewOf,
} from '../shared/deliveries/dispatch/redelivery-view.ts';
import { transformFunction } from '../shared/deliveries/transform/transform-function.ts';
import type { StateTable } from '../shared/endpoints/endpoint/state-table.ts';
import { stateReader } from '../shared/endpoints/endpoint/state-table.ts';
import type { EventTable } from '../shared/events/event/event-table.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/ground/aws/environment.ts';
import { httpHandler } from '../shared/ground/aws/http-handler.ts';
import { waker } from '../shared/ground/aws/wake-function.ts';
import { jobListOf } from '../shared/ground/job/job-view.ts';
import { bodyWithheld } from '../shared/operators/api/event-view.ts';
import { afterCursor, cursorOf, limitOf } from '../shared/operators/api/list-page.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/operators/api/operator-api.ts';
import { type AttemptDeliveryPorts, attemptDelivery } from '../shared/operators/operation/attempt-delivery.ts';
import {
  type EventDeliveriesPorts,
  isOfARule,
  listEventDeliveries,
} from '../shared/operators/operation/list-event-deliveries.ts';
import {
  type RedeliverDeliveryPorts,
  redeliverDelivery,
  requireDelivery,
} from '../shared/operators/operation/redeliver-delivery.ts';
import {
  cancelRedelivery,
  planRedelivery,
  type RedeliveryPorts,
  requireRedelivery,
  startRedelivery,
} from '../shared/operators/operation/redelivery-jobs.ts';
import { type RemakeMessagePorts, remakeMessage } from '../shared/operators/operation/remake-message.ts';
import { showDeliveries, showDelivery } from '../shared/operators/operation/show-deliveries.ts';
import { checkEventId, eventIdsIn, eventNotFound } from '../shared/operators/operation/stored-event.ts';
import { requireConnection } from '../shared/operators/operation/update-connection.ts';
import { requireDestination } from '../shared/operators/operation/update-destination.ts';

export interface Deps
  extends EventDeliveriesPorts,
    AttemptDeliveryPorts,
    RedeliverDeliveryPorts,
    RedeliveryPorts,
    Omit<RemakeMessagePorts, 'readEvent'> {
  lists: DeliveryLists;
  deliveries: DispatchPorts['deliveries'];
  store: Pick<StateTable, 'readConnection'>;
  destinations: Pick<DestinationTable, 'read'>;
  readEvent: EventTable['read'];
}

async function listOfEvent(
  { params, now }: OperatorCall<'GET /v1/connections/{name}/events/{id}/deliveries'>,
  deps: Deps,
) {
  const { id: connectionId } = await requireConnection(params.name, deps);
  checkEventId(params.id);
  const event = await deps.readEvent(params.id);
  if (event?.connectionId !== connectionId) throw eventNotFound();
  return { status: 200, body: { items: await listEventDeliveries(event, deps, now) } };
}

async function listOfEvents(call: OperatorCall<'GET /v1/deliveries'>, deps: Deps) {
  const read = await deps.lists.ofEvents(eventIdsIn(call.query.events));
  const rows = read.flatMap((each) => each.rows).filter(isOfARule);
  const incomplete = read.flatMap(({ event, isWhole }) => (isWhole ? [] : [event]));
  return { status: 200, body: { items: rows.map(deliveryOutcomeOf), incomplete } };
}

async function listOfDestination(call: OperatorCall<'GET /v1/destinations/{name}/deliveries'>, deps: Deps) {
  const { id } = await requireDestination(call.params.name, deps);
  const { limit, cursor, status } = call.query;
  const before = afterCursor(cursor, isDeliveryPosition);
  const { rows, next } = await deps.lists.ofDestination(id, { status, limit: limitOf(limit), before });
  return { status: 200, body: { items: await showDeliveries(rows, deps, call.now), nextCursor: cursorOf(next) } };
}

async function readHealth({ params, now }: OperatorCall<'GET /v1/destinations/{name}/health'>, deps: Deps) {
  const destination = await requireDestination(params.name, deps);
  const { id } = destination;
  const [health, backlog, { rows }] = await Promise.all([
    deps.deliveries.health.read(id),
    deps.lists.backlogOf(id),
    deps.lists.ofDestination(id, { status: 'given_up', limit: 1 }),
  ]);
  const read = { destination, health: health?.value, backlog, givenUpAt: rows[0]?.receivedAt };
  return { status: 200, body: destinationHealthViewOf(read, now.getTime()) };
}

/** What a delivery sent, for this operator. */
async function messageFor(row: DeliveryRow, call: OperatorCall<'GET /v1/deliveries/{id}'>, deps: Deps) {
  const withholdsTokens = call.actor.role !== 'connection_admin';
  const message = await remakeMessage({ row, withholdsTokens }, call, deps);
  return { ...message, ...(message.masked && withholdsTokens && { bodyWithheld }) };
}

async function readDelivery(call: OperatorCall<'GET /v1/deliveries/{id}'>, deps: Deps) {
  const row = await requireDelivery(call.params.id, deps);
  const notes = (await deps.deliveries.listAttempts(row)).map(({ note }) => note);
  const history = attemptsOfRow(row, notes).map((note, at) => ({ attempt: at + 1, ...attemptViewOf(note) }));
  const message = call.query.include === 'message' ? await messageFor(row, call, deps) : undefined;
  return { status: 200, body: { ...(await showDelivery(row, deps, call.now)), history, ...(message && { message }) } };
}

async function redeliverMany(call: OperatorCall<'POST /v1/destinations/{name}/redeliveries'>, deps: Deps) {
  const { dryRun, ...plan } = { ...call.params, ...call.body };
  if (!dryRun) {
    const { id, from, to, count } = await startRedelivery(plan, call, deps);
    return { status: 202, body: { id, from, to, count } };
  }
  const { sample, ...found } = await planRedelivery(plan, call, deps);
  return { status: 200, body: { ...found, sample: await showDeliveries(sample, deps, call.now) } };
}

async function listRedeliveries(call: OperatorCall<'GET /v1/destinations/{name}/redeliveries'>, deps: Deps) {
  const { id } = await requireDestination(call.params.name, deps);
  const after = afterCursor(call.query.cursor, isRedeliveryListPosition);
  const { shown, next } = jobListOf(await deps.redeliveries.list(id), limitOf(call.query.limit), after);
  return {
    status: 200,
    body: { items: shown.map((job) => redeliveryViewOf(job, call.now)), nextCursor: cursorOf(next) },
  };
}

async function readRedelivery(
  { params, query, now }: OperatorCall<'GET /v1/destinations/{name}/redeliveries/{id}'>,
  deps: Deps,
) {
  const job = await requireRedelivery(params, deps, deps.redeliveries.find);
  const outcomes = query.include === 'outcomes' ? redeliveryOutcomesOf(await deps.lists.redeliveredBy(job)) : undefined;
  return { status: 200, body: { ...redeliveryViewOf(job, now), ...(outcomes && { outcomes }) } };
}

async function cancel(call: OperatorCall<'DELETE /v1/destinations/{name}/redeliveries/{id}'>, deps: Deps) {
  const job = await cancelRedelivery(call.params, call, deps);
  return { status: job.state === 'cancelling' ? 202 : 200, body: redeliveryViewOf(job, call.now) };
}

export const apiDeliveries = (deps: Deps): RouteHandlers<'api-deliveries'> => ({
  'GET /v1/connections/{name}/events/{id}/deliveries': (call) => listOfEvent(call, deps),
  'GET /v1/deliveries': (call) => listOfEvents(call, deps),
  'GET /v1/destinations/{name}/deliveries': (call) => listOfDestination(call, deps),
  'GET /v1/destinations/{name}/health': (call) => readHealth(call, deps),
  'GET /v1/deliveries/{id}': (call) => readDelivery(call, deps),
  'POST /v1/deliveries/{id}/attempt': async (call) => ({
    status: 202,
    body: await showDelivery(await attemptDelivery(call.params, call, deps), deps, call.now),
  }),
  'POST /v1/deliveries/{id}/redeliver': async (call) => ({
    status: 202,
    body: await showDelivery(await redeliverDelivery(call.params, call, deps), deps, call.now),
  }),
  'GET /v1/destinations/{name}/redeliveries': (call) => listRedeliveries(call, deps),
  'POST /v1/destinations/{name}/redeliveries': (call) => redeliverMany(call, deps),
  'GET /v1/destinations/{name}/redeliveries/{id}': (call) => readRedelivery(call, deps),
  'DELETE /v1/destinations/{name}/redeliveries/{id}': (call) => cancel(call, deps),
});

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('STATE_TABLE');
  const { readRoutes, readBody } = contentPorts();
  const { transform } = transformFunction(fromEnvironment('TRANSFORM_FUNCTION'));
  return {
    ...deliveryPorts(),
    readDestination: destinationReader(),
    lists: deliveryLists(client, fromEnvironment('DELIVERIES_TABLE')),
    store: stateReader(client, table),
    destinations: destinationTable(client, table),
    readEvent: readEvents(),
    readRoutes,
    readBody: (event) => wholeBodyOf(event, readBody),
    content: { readRoutes, readBody, transform },
    redeliveries: redeliveryTable(client, fromEnvironment('JOURNAL_TABLE')),
    wake: waker(fromEnvironment('RUNNER_FUNCTION')),
    newJobId: () => `rdl_${randomUUID()}`,
    replayCeiling: numberFromEnvironment('REPLAY_CEILING'),
  };
};

export const handler = httpHandler(operatorApi(apiDeliveries(lambdaDeps())));
