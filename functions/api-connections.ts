/** Wakes up for operators' requests about connections and providers: opens, lists, reads, edits and deletes them. */
import { randomUUID } from 'node:crypto';
import { connectionNameForm } from '../shared/endpoints/endpoint/connection-name.ts';
import { connectionViewOf } from '../shared/endpoints/endpoint/connection-view.ts';
import { type StateTable, stateTable } from '../shared/endpoints/endpoint/state-table.ts';
import { providerOf, providerSummaries } from '../shared/endpoints/provider/catalogue.ts';
import { nearestProvider, providerIdOf } from '../shared/endpoints/provider/provider-name.ts';
import { rejectionReader } from '../shared/events/arrival/rejection-reader.ts';
import { countedUpTo, type ListedConnection, withLastUse } from '../shared/events/arrival/usage.ts';
import { type UsageTable, usageTable } from '../shared/events/arrival/usage-table.ts';
import { heldCounter } from '../shared/events/event/held-event-count.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/ground/aws/environment.ts';
import { httpHandler } from '../shared/ground/aws/http-handler.ts';
import { log } from '../shared/ground/aws/logger.ts';
import { said } from '../shared/ground/base/advice.ts';
import { inParallel } from '../shared/ground/base/parallel.ts';
import { Refusal } from '../shared/ground/base/refusal.ts';
import { minuteOf } from '../shared/ground/base/time.ts';
import { startOf } from '../shared/ground/statistics/period.ts';
import type { StatisticsStore } from '../shared/ground/statistics/statistics-store.ts';
import {
  observedAnswer,
  type RecordAnswerDeps,
  recordAnswer,
  viewAnswer,
} from '../shared/operators/api/connection-answer.ts';
import { asOfHeader } from '../shared/operators/api/list-moment.ts';
import { afterCursor, cursorOf, limitOf } from '../shared/operators/api/list-page.ts';
import { openApiDocument } from '../shared/operators/api/openapi-document.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/operators/api/operator-api.ts';
import { openAlerts } from '../shared/operators/journal/alert.ts';
import { type AlertTable, alertTable } from '../shared/operators/journal/alert-table.ts';
import {
  observedQuiet,
  statsOf,
  summaryOf,
  summarySourceOf,
  useIn,
} from '../shared/operators/journal/connection-summary.ts';
import { type ObservePorts, observeConnection } from '../shared/operators/journal/observe-connection.ts';
import { statisticsTable } from '../shared/operators/journal/statistics-table.ts';
import { type SummaryTable, summaryTable } from '../shared/operators/journal/summary-table.ts';
import { deleteConnection } from '../shared/operators/operation/delete-connection.ts';
import { editConnection } from '../shared/operators/operation/edit-connection.ts';
import { openConnection } from '../shared/operators/operation/open-connection.ts';
import { requireConnection } from '../shared/operators/operation/update-connection.ts';

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
    const source = summarySourceOf(summary, progress, now);
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
  const journal = fromEnvironment('JOURNAL_TABLE');
  return {
    store: stateTable(client, fromEnvironment('STATE_TABLE')),
    usage: usageTable(client, journal),
    rejections: rejectionReader(client, journal),
    summaries: summaryTable(client, journal),
    progress: statisticsTable(client, journal).progress,
    alerts: alertTable(client, journal),
    countHeld: heldCounter(client, fromEnvironment('EVENTS_TABLE'), numberFromEnvironment('EVENT_SHARDS')),
    newId: randomUUID,
    publicUrl: fromEnvironment('PUBLIC_URL'),
    version: fromEnvironment('HOOKLATCH_VERSION'),
    log,
  };
};

export const handler = httpHandler(operatorApi(apiConnections(lambdaDeps())));
