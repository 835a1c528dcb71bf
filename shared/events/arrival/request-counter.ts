/**
 * Counts the requests that never reach the stream: refused ones and duplicates. Each is counted for its connection and for all
 * connections together, and marked for the schedule. Nothing of it ever fails a request.
 *
 * | pk                           | sk                 | count | exact | expiresAt    |
 * |------------------------------|--------------------|-------|-------|--------------|
 * | `duplicates#<connection id>` | `<minute>#<shard>` | n     | bool  | after 2 days |
 * | `duplicates#all`             | the same           | n     | bool  | after 2 days |
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../../ground/aws/journal-key.ts';
import type { Log } from '../../ground/aws/logger.ts';
import { quietMarker } from '../../ground/statistics/activity-mark.ts';
import { keptMs } from '../../ground/statistics/period.ts';
import { allConnections } from '../../ground/statistics/statistics-store.ts';
import { type CountRejection, rejectionCounter, totalRejectionCounter } from './rejection-table.ts';
import { type SparingOptions, sparingCounter } from './sparing-counter.ts';

/** Counts a duplicate of a connection. Never fails, and waits only for a write that is due. */
export type CountDuplicate = (duplicate: { connectionId: string; at: Date }) => Promise<void>;

/** What tells the schedule of each write of a count. */
function activityOf(client: DynamoDBClient, table: string, log: Log): NonNullable<SparingOptions['onWrite']> {
  const mark = quietMarker(client, table, log);
  return (pk, minute, now) => mark(pk.slice(pk.indexOf('#') + 1), minute, now);
}

/** @param client must not retry: a repeated addition would count twice */
export function requestRejectionCounter(client: DynamoDBClient, table: string, log: Log): CountRejection {
  const onWrite = activityOf(client, table, log);
  const countOwn = rejectionCounter(client, table, log, { onWrite });
  const countTotal = totalRejectionCounter(client, table, log, { onWrite });
  return async (rejection) => void (await Promise.all([countOwn(rejection), countTotal(rejection)]));
}

/** @param client must not retry: a repeated addition would count twice */
export function duplicateCounter(client: DynamoDBClient, table: string, log: Log): CountDuplicate {
  const warning = 'duplicates_not_written';
  const count = sparingCounter(client, table, { warning, log, onWrite: activityOf(client, table, log) });
  const keptSeconds = keptMs.minute / 1000;
  return async ({ connectionId, at }) => {
    const scopes = [connectionId, allConnections];
    await Promise.all(scopes.map((scope) => count({ pk: journalKey('duplicates', scope), what: '', keptSeconds, at })));
  };
}
