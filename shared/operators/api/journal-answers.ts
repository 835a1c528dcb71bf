/** The answers to operators' requests for a connection's history, its rejections, statistics or all jobs, read from the Journal. */

import { isRedeliveryListPosition } from '../../deliveries/dispatch/redelivery-view.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import { maxIdLength } from '../../events/arrival/rejection.ts';
import { rejectionAdvice } from '../../events/arrival/rejection-advice.ts';
import { isRejectionListPosition, type RejectionReader } from '../../events/arrival/rejection-reader.ts';
import { explained, type RejectionView } from '../../events/arrival/rejection-view.ts';
import { countedUpTo } from '../../events/arrival/usage.ts';
import type { UsageTable } from '../../events/arrival/usage-table.ts';
import { isReplayListPosition } from '../../events/event/replay-job-view.ts';
import { isHistoryPosition } from '../../ground/aws/merged-history.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import {
  type CountWaiting,
  readStatistics,
  type StatisticsReads,
  statisticsAsOf,
} from '../../ground/statistics/read-statistics.ts';
import { beginOfMinutes } from '../../ground/statistics/refused-count.ts';
import { allConnections } from '../../ground/statistics/statistics-store.ts';
import type { HistoryTable } from '../journal/history-table.ts';
import { type JobListPorts, listAllJobs } from '../operation/list-jobs.ts';
import { requireConnection } from '../operation/update-connection.ts';
import { asOfHeader } from './list-moment.ts';
import { afterCursor, cursorOf, limitOf } from './list-page.ts';
import { listedJobOf } from './listed-job.ts';
import type { OperatorCall, RouteHandlers } from './operator-api.ts';
import { statisticsRangeOf } from './statistics-range.ts';

export interface JournalPorts extends Pick<JobListPorts, 'jobs' | 'redeliveries'> {
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

const maxRange = 31 * 86_400_000;

/**
 * The range of a query, by default the last sixty minutes. Refusals are counted by minute: the one in which `to` begins is not in the range.
 * @throws a 400
 */
function rangeOf(query: { from?: string | undefined; to?: string | undefined }, now: Date): { from: Date; to: Date } {
  const end = query.to === undefined ? now : new Date(query.to);
  const last = query.to === undefined ? now : new Date(end.getTime() - 1);
  const from = query.from === undefined ? beginOfMinutes(60, last) : new Date(query.from);
  const length = end.getTime() - from.getTime();
  if (length >= 0 && length <= maxRange) return { from, to: from > last ? end : last };
  throw new Refusal('invalid_range', 'from must be earlier than to, by at most 31 days.');
}

async function listRejections(
  call: OperatorCall<'GET /v1/connections/{name}/rejections'>,
  { store, rejections }: JournalPorts,
) {
  const connection = await requireConnection(call.params.name, { store });
  const { id } = connection;
  const range = rangeOf(call.query, call.now);
  const before = afterCursor(call.query.cursor, isRejectionListPosition);
  const { deliveryId } = call.query;
  const asOf = call.now.toISOString();
  const said = (items: RejectionView[]) =>
    items.map((item) => ({ ...item, ...explained(rejectionAdvice(item.reason, connection)) }));
  if (deliveryId !== undefined) {
    const wanted = deliveryId.slice(0, maxIdLength);
    const { found, backTo } = await rejections.lookThrough(id, (kept) => kept === wanted, range);
    const items = said(found).slice(0, limitOf(call.query.limit));
    return { status: 200, body: { items, nextCursor: null, asOf, ...(backTo !== undefined && { backTo }) } };
  }
  const [{ items, next }, counted] = await Promise.all([
    rejections.list(id, { ...range, limit: limitOf(call.query.limit), before }),
    // Totals cover the whole range, so only its first page has them.
    before === undefined ? rejections.totals(id, range) : undefined,
  ]);
  return {
    status: 200,
    body: { items: said(items), nextCursor: cursorOf(next), ...counted, asOf },
  };
}

async function listHistory(call: OperatorCall<'GET /v1/connections/{name}/history'>, { store, history }: JournalPorts) {
  const { id } = await requireConnection(call.params.name, { store });
  const from = afterCursor(call.query.cursor, isHistoryPosition);
  const { lines, next } = await history.list(id, { limit: limitOf(call.query.limit), from });
  return { status: 200, body: { items: lines, nextCursor: cursorOf(next) } };
}

/** The statistics of a connection, or of all. */
async function statisticsOf(
  scope: string,
  query: Parameters<typeof statisticsRangeOf>[0],
  now: Date,
  deps: JournalPorts,
) {
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

async function connectionStatistics(call: OperatorCall<'GET /v1/connections/{name}/stats'>, deps: JournalPorts) {
  const { id } = await requireConnection(call.params.name, deps);
  return statisticsOf(id, call.query, call.now, deps);
}

const isJobPosition = (text: string): boolean => isReplayListPosition(text) || isRedeliveryListPosition(text);

async function listJobs(call: OperatorCall<'GET /v1/jobs'>, deps: JournalPorts) {
  const { limit, cursor, ...filter } = call.query;
  const request = { ...filter, limit: limitOf(limit), after: afterCursor(cursor, isJobPosition) };
  const { shown, next } = await listAllJobs(request, deps);
  return { status: 200, body: { items: shown.map((job) => listedJobOf(job, call.now)), nextCursor: cursorOf(next) } };
}

/** The routes that are answered here. */
export type JournalKey =
  | 'GET /v1/connections/{name}/history'
  | 'GET /v1/connections/{name}/rejections'
  | 'GET /v1/connections/{name}/stats'
  | 'GET /v1/stats'
  | 'GET /v1/jobs';

/** A handler for each of these routes. */
export const journalHandlers = (deps: JournalPorts): Pick<RouteHandlers<'api-events'>, JournalKey> => ({
  'GET /v1/connections/{name}/history': (call) => listHistory(call, deps),
  'GET /v1/connections/{name}/rejections': (call) => listRejections(call, deps),
  'GET /v1/connections/{name}/stats': (call) => connectionStatistics(call, deps),
  'GET /v1/stats': (call) => statisticsOf(allConnections, call.query, call.now, deps),
  'GET /v1/jobs': (call) => listJobs(call, deps),
});
