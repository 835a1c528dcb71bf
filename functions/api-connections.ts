/** Wakes up for operators' requests about connections and providers: opens, lists, reads, edits and deletes them. */
import { randomUUID } from 'node:crypto';
import { observedAnswer, type RecordAnswerDeps, recordAnswer, viewAnswer } from '../shared/api/connection-answer.ts';
import { afterCursor, cursorOf, limitOf } from '../shared/api/list-page.ts';
import { openApiDocument } from '../shared/api/openapi-document.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/api/operator-api.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { log } from '../shared/aws/logger.ts';
import { said } from '../shared/base/advice.ts';
import { inParallel } from '../shared/base/parallel.ts';
import { Refusal } from '../shared/base/refusal.ts';
import type { Connection } from '../shared/endpoint/connection.ts';
import { connectionNameForm } from '../shared/endpoint/connection-name.ts';
import { connectionViewOf } from '../shared/endpoint/connection-view.ts';
import { type StateTable, stateTable } from '../shared/endpoint/state-table.ts';
import { heldCounter } from '../shared/event/held-event-count.ts';
import { type RejectionReader, rejectionReader } from '../shared/journal/rejection-reader.ts';
import { countedUpTo, type ListedConnection, lastSixtyMinutes, withLastUse } from '../shared/journal/usage.ts';
import { type UsageTable, usageTable } from '../shared/journal/usage-table.ts';
import { deleteConnection } from '../shared/operation/delete-connection.ts';
import { editConnection } from '../shared/operation/edit-connection.ts';
import { openConnection } from '../shared/operation/open-connection.ts';
import { requireConnection } from '../shared/operation/update-connection.ts';
import { providerOf, providerSummaries } from '../shared/provider/catalogue.ts';
import { nearestProvider, providerIdOf } from '../shared/provider/provider-name.ts';

export interface Deps extends RecordAnswerDeps {
  store: StateTable;
  usage: Pick<UsageTable, 'lastUse' | 'lastHour' | 'lateness'>;
  rejections: Pick<RejectionReader, 'byMinute'>;
  newId(): string;
  version: string;
}

async function open(call: OperatorCall<'POST /v1/connections'>, { store, newId, publicUrl }: Deps) {
  const opened = await openConnection({ ...call.body, id: newId() }, call, { store });
  return viewAnswer(opened, call, publicUrl, 201);
}

async function edit(call: OperatorCall<'PATCH /v1/connections/{name}'>, deps: Deps) {
  return recordAnswer(await editConnection({ ...call.params, ...call.body }, call, deps), call, deps);
}

async function remove(call: OperatorCall<'DELETE /v1/connections/{name}'>, deps: Deps) {
  await deleteConnection(call.params, call, deps);
  return { status: 204, body: null };
}

const readConnection = async (call: OperatorCall<'GET /v1/connections/{name}'>, deps: Deps) =>
  observedAnswer(await requireConnection(call.params.name, deps), call, deps);

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
    events: sumOf(eventsByMinute),
    rejections: sumOf(rejectionsByMinute),
    eventsByMinute,
    rejectionsByMinute,
  };
  const stats = { lastHour, lastEventAt: arrived.lastAt ?? use.lastEventAt, asOf, complete: refused.complete };
  return { ...withLastUse(view, use), stats };
}

/** Connections whose statistics are read at a time: with three reads each, fewer than the 50 connections that a client of AWS has. */
const statsAtOnce = 10;

async function listConnections({ query, actor, now }: OperatorCall<'GET /v1/connections'>, deps: Deps) {
  const after = afterCursor(query.cursor, (text) => connectionNameForm.test(text));
  const { connections: found, next } = await deps.store.listConnections(limitOf(query.limit), after);
  const asOf = query.include === 'stats' ? countedUpTo(await deps.usage.lateness(), now) : undefined;
  const items = await inParallel(found, statsAtOnce, async (connection): Promise<ListedConnection> => {
    const view = connectionViewOf(connection, actor.role, deps.publicUrl, now);
    return asOf === undefined ? view : withStats(connection, view, asOf, deps, now);
  });
  return { status: 200, body: { items, nextCursor: cursorOf(next) } };
}

async function readProvider({ params: { id } }: OperatorCall<'GET /v1/providers/{id}'>) {
  const found = providerIdOf(id);
  if (found) return { status: 200, body: providerOf(found) };
  const nearest = nearestProvider(id);
  if (nearest === undefined) throw new Refusal('provider_not_found', said({ code: 'provider_not_found' }));
  const advice = { code: 'provider_mistyped', nearest } as const;
  throw new Refusal('provider_not_found', said(advice), { facts: [advice] });
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
    'POST /v1/connections': (call) => open(call, deps),
    'GET /v1/connections/{name}': (call) => readConnection(call, deps),
    'PATCH /v1/connections/{name}': (call) => edit(call, deps),
    'DELETE /v1/connections/{name}': (call) => remove(call, deps),
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
