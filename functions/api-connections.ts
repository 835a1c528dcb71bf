/** Wakes up for operators' requests about connections and providers: opens, lists, reads, edits and deletes them. */
import { randomUUID } from 'node:crypto';
import { observedAnswer, type RecordAnswerDeps, recordAnswer, viewAnswer } from '../shared/api/connection-answer.ts';
import { asOfHeader } from '../shared/api/list-moment.ts';
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
import { minuteOf } from '../shared/base/time.ts';
import { connectionNameForm } from '../shared/endpoint/connection-name.ts';
import { connectionViewOf } from '../shared/endpoint/connection-view.ts';
import { type StateTable, stateTable } from '../shared/endpoint/state-table.ts';
import { heldCounter } from '../shared/event/held-event-count.ts';
import { openAlerts } from '../shared/journal/alert.ts';
import { type AlertTable, alertTable } from '../shared/journal/alert-table.ts';
import { observedQuiet, sourceOf, statsOf, summaryOf, useIn } from '../shared/journal/connection-summary.ts';
import { type ObservePorts, observeConnection } from '../shared/journal/observe-connection.ts';
import { rejectionReader } from '../shared/journal/rejection-reader.ts';
import { statisticsTable } from '../shared/journal/statistics-table.ts';
import { type SummaryTable, summaryTable } from '../shared/journal/summary-table.ts';
import { countedUpTo, type ListedConnection, withLastUse } from '../shared/journal/usage.ts';
import { type UsageTable, usageTable } from '../shared/journal/usage-table.ts';
import { deleteConnection } from '../shared/operation/delete-connection.ts';
import { editConnection } from '../shared/operation/edit-connection.ts';
import { openConnection } from '../shared/operation/open-connection.ts';
import { requireConnection } from '../shared/operation/update-connection.ts';
import { providerOf, providerSummaries } from '../shared/provider/catalogue.ts';
import { nearestProvider, providerIdOf } from '../shared/provider/provider-name.ts';
import { startOf } from '../shared/statistics/period.ts';
import type { StatisticsStore } from '../shared/statistics/statistics-store.ts';

export interface Deps extends RecordAnswerDeps, ObservePorts {
  store: StateTable;
  usage: Pick<UsageTable, 'lastUse' | 'lastHour' | 'lateness'>;
  summaries: Pick<SummaryTable, 'read'>;
  alerts: Pick<AlertTable, 'list'>;
  /** How far the schedule of the statistics is. */
  progress: StatisticsStore['progress'];
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

/** Connections whose counts are read at a time: with three reads each, fewer than the 50 connections that a client of AWS has. */
const countedAtOnce = 10;

/** The statistics of each of these connections: from its summary, which is one small item, or from the counts where there is none yet. */
async function readSummaries(ids: readonly string[], now: Date, deps: Deps) {
  const { usage, summaries } = deps;
  // The progress comes first: what a run has written is there before it says that it ran.
  const progress = await deps.progress();
  const [lateness, found] = await Promise.all([usage.lateness(), summaries.read(ids)]);
  const run = progress ?? { upTo: minuteOf(now), asOf: countedUpTo(lateness, now) };
  const counted = { upTo: minuteOf(now), asOf: countedUpTo(lateness, now) };
  const read = await inParallel(ids, countedAtOnce, async (id) => {
    const summary = found.get(id);
    const source = sourceOf(summary, progress, now);
    if (summary && source === 'summary') return { summary, run };
    if (source === 'journal')
      return { summary: summaryOf(await observeConnection(id, now, deps), now, counted.asOf), run: counted };
    return { summary: summaryOf(observedQuiet(await usage.lastUse(id)), startOf(run.upTo), run.asOf), run };
  });
  return new Map(ids.map((id, at) => [id, read[at]] as const));
}

async function listConnections({ query, actor, now }: OperatorCall<'GET /v1/connections'>, deps: Deps) {
  const after = afterCursor(query.cursor, (text) => connectionNameForm.test(text));
  const { connections: found, next } = await deps.store.listConnections(limitOf(query.limit), after);
  const ids = query.include === 'stats' ? found.map(({ id }) => id) : [];
  const [summaries, alerts] =
    ids.length === 0 ? [] : await Promise.all([readSummaries(ids, now, deps), deps.alerts.list()]);
  const items = found.map((connection): ListedConnection => {
    const view = connectionViewOf(connection, actor.role, deps.publicUrl, now);
    const read = summaries?.get(connection.id);
    if (!read) return view;
    const stats = statsOf(read.summary, read.run);
    return { ...withLastUse(view, useIn(read.summary)), alerts: openAlerts(connection.id, alerts ?? []), stats };
  });
  const [asOf] = items.flatMap(({ stats }) => stats?.asOf ?? []).sort();
  const headers = asOf === undefined ? {} : { [asOfHeader]: asOf };
  return { status: 200, body: { items, nextCursor: cursorOf(next) }, headers };
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
    summaries: summaryTable(client, journal),
    progress: statisticsTable(client, journal).progress,
    alerts: alertTable(client, journal),
    countHeld: heldCounter(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    newId: randomUUID,
    publicUrl: fromEnvironment('publicUrl'),
    version: fromEnvironment('version'),
    log,
  };
};

export const handler = httpHandler(operatorApi(apiConnections(lambdaDeps())));
