/** Wakes up for operators' requests about connections and providers: opens, lists, reads, edits and deletes them. */
import { randomUUID } from 'node:crypto';
import { observedAnswer, type RecordAnswerDeps, recordAnswer } from '../shared/api/connection-answer.ts';
import { decideOn, deleteConnection } from '../shared/api/connection-edit.ts';
import { requireConnection, updateConnection, viewAnswer } from '../shared/api/connection-update.ts';
import { afterCursor, cursorOf, limitOf } from '../shared/api/list-page.ts';
import { openApiDocument } from '../shared/api/openapi-document.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/api/operator-api.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { log } from '../shared/aws/logger.ts';
import { inParallel } from '../shared/base/parallel.ts';
import { Problem } from '../shared/base/problem.ts';
import { type Connection, newConnection } from '../shared/endpoint/connection.ts';
import { connectionNameForm } from '../shared/endpoint/connection-name.ts';
import { connectionViewOf } from '../shared/endpoint/connection-view.ts';
import { type StateTable, stateTable } from '../shared/endpoint/state-table.ts';
import { heldCounter } from '../shared/event/held-event-count.ts';
import { type RejectionReader, rejectionReader } from '../shared/journal/rejection-reader.ts';
import { countedUpTo, type ListedConnection, lastSixtyMinutes, withLastUse } from '../shared/journal/usage.ts';
import { type UsageTable, usageTable } from '../shared/journal/usage-table.ts';
import { providerOf, providerSummaries } from '../shared/provider/catalogue.ts';
import { nearestProvider, providerIdOf } from '../shared/provider/provider-name.ts';

export interface Deps extends RecordAnswerDeps {
  store: StateTable;
  usage: Pick<UsageTable, 'lastUse' | 'lastHour' | 'lateness'>;
  rejections: Pick<RejectionReader, 'byMinute'>;
  newId(): string;
  version: string;
}

/**
 * Opens a connection. If the answer is lost and the operator repeats the request, the second answer is a 409, because
 * the name exists by then.
 */
async function openConnection(call: OperatorCall<'POST /v1/connections'>, { store, newId, publicUrl }: Deps) {
  const opened = newConnection(call.body, newId(), { by: call.operator.id, now: call.now });
  if ((await store.openConnection(opened, call.requestId)) === 'written')
    return viewAnswer(opened, call, publicUrl, 201);
  throw new Problem(409, 'connection_exists', 'A connection with this name exists. Read it, or choose another name.');
}

async function editConnection(call: OperatorCall<'PATCH /v1/connections/{name}'>, deps: Deps) {
  const { provider, description } = call.body;
  const change = { ...(provider ? { provider } : {}), ...(description === undefined ? {} : { description }) };
  const edited = await updateConnection(call, deps.store, (connection) => {
    if (provider && provider !== connection.provider && connection.endpoint) {
      return { kind: 'refused', code: 'action_not_allowed', verb: 'edit' };
    }
    return decideOn(call, 'edit', change)(connection);
  });
  return recordAnswer(edited, call, deps);
}

async function removeConnection(call: OperatorCall<'DELETE /v1/connections/{name}'>, { store }: Deps) {
  await deleteConnection(call, store);
  return { status: 204, body: null };
}

const readConnection = async (call: OperatorCall<'GET /v1/connections/{name}'>, deps: Deps) =>
  observedAnswer(await requireConnection(call, deps.store), call, deps);

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** Reads only the Journal's counters, not the events. */
async function withStats({ id }: Connection, view: ListedConnection, asOf: string, deps: Deps, now: Date) {
  const { usage, rejections } = deps;
  const [use, arrived, refused] = await Promise.all([
    usage.lastUse(id),
    usage.lastHour(id, now),
    rejections.byMinute(id, { from: new Date(now.getTime() - 59 * 60_000), to: now }),
  ]);
  const eventsByMinute = lastSixtyMinutes(arrived.counts, now);
  const rejectionsByMinute = lastSixtyMinutes(refused.counts, now);
  const lastHour = {
    ...{ events: sumOf(eventsByMinute), rejections: sumOf(rejectionsByMinute) },
    ...{ eventsByMinute, rejectionsByMinute },
  };
  const stats = { lastHour, lastEventAt: arrived.lastAt ?? use.lastEventAt, asOf, complete: refused.complete };
  return { ...withLastUse(view, use), stats };
}

/** Connections whose statistics are read at a time: with three reads each, fewer than the 50 connections that a client of AWS has. */
const statsAtOnce = 10;

async function listConnections({ query, operator, now }: OperatorCall<'GET /v1/connections'>, deps: Deps) {
  const after = afterCursor(query.cursor, (text) => connectionNameForm.test(text));
  const { connections: found, next } = await deps.store.listConnections(limitOf(query.limit), after);
  const asOf = query.include === 'stats' ? countedUpTo(await deps.usage.lateness(), now) : undefined;
  const items = await inParallel(found, statsAtOnce, async (connection): Promise<ListedConnection> => {
    const view = connectionViewOf(connection, operator.role, deps.publicUrl, now);
    return asOf === undefined ? view : withStats(connection, view, asOf, deps, now);
  });
  return { status: 200, body: { items, nextCursor: cursorOf(next) } };
}

async function readProvider({ params: { id = '' } }: OperatorCall<'GET /v1/providers/{id}'>) {
  const found = providerIdOf(id);
  if (found) return { status: 200, body: providerOf(found) };
  const nearest = nearestProvider(id);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw new Problem(
    404,
    'provider_not_found',
    `There is no provider with this id.${hint} GET /v1/providers lists them.`,
  );
}

/** The OpenAPI document. Everybody may ask for it, so each function instance makes it only once. */
function documentOnce({ version, publicUrl }: Deps): () => ReturnType<typeof openApiDocument> {
  let document: ReturnType<typeof openApiDocument> | undefined;
  return () => {
    document ??= openApiDocument({ version, url: publicUrl });
    return document;
  };
}

export const apiConnections = (deps: Deps): RouteHandlers<'api-connections'> => {
  const describeApi = documentOnce(deps);
  return {
    'GET /healthz': async () => ({ status: 200, body: { status: 'ok', version: deps.version } }),
    'GET /openapi.json': async () => ({ status: 200, body: describeApi() }),

    'GET /v1/providers': async () => ({ status: 200, body: { items: providerSummaries() } }),
    'GET /v1/providers/{id}': readProvider,

    'GET /v1/connections': (call) => listConnections(call, deps),
    'POST /v1/connections': (call) => openConnection(call, deps),
    'GET /v1/connections/{name}': (call) => readConnection(call, deps),
    'PATCH /v1/connections/{name}': (call) => editConnection(call, deps),
    'DELETE /v1/connections/{name}': (call) => removeConnection(call, deps),
  };
};

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const journal = fromEnvironment('journalTable');
  return {
    store: stateTable(client, fromEnvironment('stateTable')),
    usage: usageTable(client, journal),
    rejections: rejectionReader(client, journal),
    countHeld: heldCounter(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    newId: randomUUID,
    publicUrl: fromEnvironment('publicUrl'),
    version: fromEnvironment('version'),
    log,
  };
};

export const handler = httpHandler(operatorApi(apiConnections(lambdaDeps())));
