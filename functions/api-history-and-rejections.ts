/** Wakes up for operators' requests for a connection's history, its rejections, statistics or all jobs, and reads them from the Journal. */

import { deliveryLists } from '../shared/deliveries/dispatch/delivery-lists.ts';
import { redeliveryTable } from '../shared/deliveries/dispatch/redelivery-table.ts';
import { isRedeliveryListPosition } from '../shared/deliveries/dispatch/redelivery-view.ts';
import { type StateTable, stateTable } from '../shared/endpoints/endpoint/state-table.ts';
import { rejectionAdvice } from '../shared/events/arrival/rejection-advice.ts';
import {
  isRejectionListPosition,
  type RejectionReader,
  rejectionReader,
} from '../shared/events/arrival/rejection-reader.ts';
import { explained } from '../shared/events/arrival/rejection-view.ts';
import { countedUpTo } from '../shared/events/arrival/usage.ts';
import { type UsageTable, usageTable } from '../shared/events/arrival/usage-table.ts';
import { replayJobTable } from '../shared/events/event/replay-job-table.ts';
import { isReplayListPosition } from '../shared/events/event/replay-job-view.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/ground/aws/environment.ts';
import { httpHandler } from '../shared/ground/aws/http-handler.ts';
import { isHistoryPosition } from '../shared/ground/aws/merged-history.ts';
import { Refusal } from '../shared/ground/base/refusal.ts';
import {
  type CountWaiting,
  readStatistics,
  type StatisticsReads,
  statisticsAsOf,
} from '../shared/ground/statistics/read-statistics.ts';
import { allConnections } from '../shared/ground/statistics/statistics-store.ts';
import { asOfHeader } from '../shared/operators/api/list-moment.ts';
import { afterCursor, cursorOf, limitOf } from '../shared/operators/api/list-page.ts';
import { listedJobOf } from '../shared/operators/api/listed-job.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/operators/api/operator-api.ts';
import { statisticsRangeOf } from '../shared/operators/api/statistics-range.ts';
import { type HistoryTable, historyTable } from '../shared/operators/journal/history-table.ts';
import { statisticsTable } from '../shared/operators/journal/statistics-table.ts';
import { type JobListPorts, listAllJobs } from '../shared/operators/operation/list-jobs.ts';
import { requireConnection } from '../shared/operators/operation/update-connection.ts';

export interface Deps extends Pick<JobListPorts, 'jobs' | 'redeliveries'> {
  store: StateTable;
  rejections: RejectionReader;
  history: Pick<HistoryTable, 'list'>;
  statistics: StatisticsReads;
  usage: Pick<UsageTable, 'lateness'>;
  /** How many deliveries wait for a destination. */
  countWaiting: CountWaiting;
}

/** The most counts of destinations in an answer, those of all periods together. Lambda can't answer with more than 6 MB. */
const mostSent = 40_000;

const hour = 3_600_000;
const maxRange = 31 * 24 * hour;

/**
 * The range of a query, by default the last hour.
 * @throws a 400
 */
function rangeOf(query: { from?: string | undefined; to?: string | undefined }, now: Date): { from: Date; to: Date } {
  const to = query.to === undefined ? now : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - hour) : new Date(query.from);
  const length = to.getTime() - from.getTime();
  if (length >= 0 && length <= maxRange) return { from, to };
  throw new Refusal('invalid_range', 'from must be earlier than to, by at most 31 days.');
}

async function listRejections(
  call: OperatorCall<'GET /v1/connections/{name}/rejections'>,
  { store, rejections }: Deps,
) {
  const connection = await requireConnection(call.params.name, { store });
  const { id } = connection;
  const range = rangeOf(call.query, call.now);
  const before = afterCursor(call.query.cursor, isRejectionListPosition);
  const [{ items, next }, counted] = await Promise.all([
    rejections.list(id, { ...range, limit: limitOf(call.query.limit), before }),
    // Totals cover the whole range, so only its first page has them.
    before === undefined ? rejections.totals(id, range) : undefined,
  ]);
  const listed = items.map((item) => ({ ...item, ...explained(rejectionAdvice(item.reason, connection)) }));
  return {
    status: 200,
    body: { items: listed, nextCursor: cursorOf(next), ...counted, asOf: call.now.toISOString() },
  };
}

async function listHistory(call: OperatorCall<'GET /v1/connections/{name}/history'>, { store, history }: Deps) {
  const { id } = await requireConnection(call.params.name, { store });
  const from = afterCursor(call.query.cursor, isHistoryPosition);
  const { lines, next } = await history.list(id, { limit: limitOf(call.query.limit), from });
  return { status: 200, body: { items: lines, nextCursor: cursorOf(next) } };
}

/** The statistics of a connection, or of all. */
async function statisticsOf(scope: string, query: Parameters<typeof statisticsRangeOf>[0], now: Date, deps: Deps) {
  const { statistics, usage, countWaiting } = deps;
  const range = statisticsRangeOf(query, now);
  const [items, lateness, progress] = await Promise.all([
    readStatistics(scope, range, now, { ...statistics, countWaiting }),
    usage.lateness(),
    statistics.progress(),
  ]);
  const sent = items.reduce((sum, { destinations = {} }) => sum + Object.keys(destinations).length, 0);
  if (sent > mostSent)
    throw new Refusal('invalid_range', 'Too many destinations had attempts in this time: ask for a shorter one.');
  const headers = { [asOfHeader]: statisticsAsOf(progress, countedUpTo(lateness, now), now) };
  return { status: 200, body: { items }, headers };
}

async function connectionStatistics(call: OperatorCall<'GET /v1/connections/{name}/stats'>, deps: Deps) {
  const { id } = await requireConnection(call.params.name, deps);
  return statisticsOf(id, call.query, call.now, deps);
}

const isJobPosition = (text: string): boolean => isReplayListPosition(text) || isRedeliveryListPosition(text);

async function listJobs(call: OperatorCall<'GET /v1/jobs'>, deps: Deps) {
  const { limit, cursor, ...filter } = call.query;
  const request = { ...filter, limit: limitOf(limit), after: afterCursor(cursor, isJobPosition) };
  const { shown, next } = await listAllJobs(request, deps);
  return { status: 200, body: { items: shown.map((job) => listedJobOf(job, call.now)), nextCursor: cursorOf(next) } };
}

export const apiHistoryAndRejections = (deps: Deps): RouteHandlers<'api-history-and-rejections'> => ({
  'GET /v1/connections/{name}/history': (call) => listHistory(call, deps),
  'GET /v1/connections/{name}/rejections': (call) => listRejections(call, deps),
  'GET /v1/connections/{name}/stats': (call) => connectionStatistics(call, deps),
  'GET /v1/stats': (call) => statisticsOf(allConnections, call.query, call.now, deps),
  'GET /v1/jobs': (call) => listJobs(call, deps),
});

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('JOURNAL_TABLE');
  const lists = deliveryLists(client, fromEnvironment('DELIVERIES_TABLE'));
  return {
    store: stateTable(client, fromEnvironment('STATE_TABLE')),
    rejections: rejectionReader(client, table),
    history: historyTable(client, table),
    statistics: statisticsTable(client, table),
    usage: usageTable(client, table),
    jobs: replayJobTable(client, table),
    redeliveries: redeliveryTable(client, table),
    countWaiting: async (id) => (await lists.backlogOf(id)).count,
  };
};

export const handler = httpHandler(operatorApi(apiHistoryAndRejections(lambdaDeps())));
