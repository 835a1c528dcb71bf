/**
 * Counts attempts at destinations in the Journal table, once for each batch, connection, destination and minute, and once for all connections.
 *
 * | pk                     | sk                                |                                                                                  |
 * |------------------------|-----------------------------------|----------------------------------------------------------------------------------|
 * | `sent#<connection id>` | `<minute>#<name of a destination>` | id: of the destination; delivered, failed: n; b<bucket>: answers of that time; expiresAt: after 2 days |
 * | `sent#all`             | the same                          | the same                                                                         |
 *
 * The counts are lower bounds: what a function has not written when it crashes is lost.
 */
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamodb } from '../../ground/aws/dynamodb.ts';
import { fromEnvironment } from '../../ground/aws/environment.ts';
import { journalKey } from '../../ground/aws/journal-key.ts';
import { type Log, log } from '../../ground/aws/logger.ts';
import { activityMarker, type MarkActivity } from '../../ground/statistics/activity-mark.ts';
import type { MinuteAttempts } from '../../ground/statistics/attempt-tally.ts';
import { keptMs, startOf } from '../../ground/statistics/period.ts';
import { allConnections } from '../../ground/statistics/statistics-store.ts';

export const bucketPrefix = 'b';

/** Counts attempts. Never fails. */
export type CountAttempts = (attempts: readonly MinuteAttempts[], now: Date) => Promise<void>;

function additionOf(scope: string, { name, minute, counts }: MinuteAttempts, table: string): UpdateItemCommand {
  const times = Object.entries(counts.times).map(([bucket, count]) => [`${bucketPrefix}${bucket}`, count] as const);
  const all = [['delivered', counts.delivered] as const, ['failed', counts.failed] as const, ...times];
  const adds = all.filter(([, count]) => count > 0);
  return new UpdateItemCommand({
    TableName: table,
    Key: { pk: { S: journalKey('sent', scope) }, sk: { S: `${minute}#${name}` } },
    UpdateExpression: `ADD ${adds.map(([name]) => `#${name} :${name}`).join(', ')} SET id = :id, expiresAt = :expiresAt`,
    ExpressionAttributeNames: Object.fromEntries(adds.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(adds.map(([name, count]) => [`:${name}`, { N: String(count) }])),
      ':id': { S: counts.id },
      ':expiresAt': { N: String((startOf(minute).getTime() + keptMs.minute) / 1000) },
    },
  });
}

/**
 * Creates the counter of one instance.
 * @param client must not retry: a repeated addition would count twice
 */
export function attemptCounter(
  client: DynamoDBClient,
  table: string,
  markActivity: MarkActivity,
  log: Log,
): CountAttempts {
  // All writes end before the function does, also if one of them fails.
  const count = async (attempts: MinuteAttempts, now: Date): Promise<void> => {
    const { connectionId, name, minute } = attempts;
    const ended = await Promise.allSettled([
      ...[connectionId, allConnections].map((scope) => client.send(additionOf(scope, attempts, table))),
      markActivity(connectionId, minute, now),
    ]);
    const failed = ended.find((each) => each.status === 'rejected');
    if (failed)
      log({ warning: 'attempts_not_counted', fault: (failed.reason as Error).name, destination: name }, 'warn');
  };
  return async (attempts, now) => void (await Promise.all(attempts.map((each) => count(each, now))));
}

/** The counter in the functions that make attempts. */
export function liveAttemptCounter(): CountAttempts {
  // Sends each call once, because a repeated addition would count twice.
  const client = dynamodb(1);
  const journal = fromEnvironment('JOURNAL_TABLE');
  return attemptCounter(client, journal, activityMarker(client, journal), log);
}
