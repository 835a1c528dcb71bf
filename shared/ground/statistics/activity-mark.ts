/**
 * Marks what was counted, so that the schedule touches only what had traffic. In the Journal table:
 *
 * | pk               | sk                         |                                                        |
 * |------------------|----------------------------|--------------------------------------------------------|
 * | `active#<shard>` | `<minute>#<connection id>`  | minutes: those in which something was counted; expiresAt |
 *
 * The minute in the key is that of the counting, which is later than the counted minutes if counting is late. Each instance marks once
 * for each minute of counting, connection and counted minute.
 */
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../aws/journal-key.ts';
import type { Log } from '../aws/logger.ts';
import { minuteOf } from '../base/time.ts';
import { keptMs } from './period.ts';

/** The partitions that the marks of a minute are spread over. */
export const activityShards = 4;

/** The most marks that an instance remembers. When it has so many, it forgets all of them. */
const maxRemembered = 10_000;

/** How long a caller waits for a mark at most, in ms. */
const timeoutMs = 1_000;

/** The ids of connections are random, and so is their last character. */
const shardOf = (id: string): number => (id.codePointAt(id.length - 1) ?? 0) % activityShards;

/** @throws if the write fails. The next call then writes it. */
export type MarkActivity = (connectionId: string, minute: string, now: Date) => Promise<void>;

export function activityMarker(client: DynamoDBClient, table: string): MarkActivity {
  const marked = new Set<string>();
  return async (id, minute, now) => {
    const sk = `${minuteOf(now)}#${id}`;
    const key = `${sk} ${minute}`;
    if (marked.has(key)) return;
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { pk: { S: journalKey('active', String(shardOf(id))) }, sk: { S: sk } },
        UpdateExpression: 'ADD minutes :minutes SET expiresAt = :expiresAt',
        ExpressionAttributeValues: {
          ':minutes': { SS: [minute] },
          ':expiresAt': { N: String(Math.floor((now.getTime() + keptMs.minute) / 1000)) },
        },
      }),
      { abortSignal: AbortSignal.timeout(timeoutMs) },
    );
    if (marked.size >= maxRemembered) marked.clear();
    marked.add(key);
  };
}

/** The most failed marks that an instance remembers. */
const maxFailed = 100;

/**
 * Marks for whoever must not fail: a mark that is not written is a line in the log, and is written with the next one.
 */
export function quietMarker(client: DynamoDBClient, table: string, log: Log): MarkActivity {
  const mark = activityMarker(client, table);
  let failed: [id: string, minute: string][] = [];
  return async (id, minute, now) => {
    const due: typeof failed = [...failed, [id, minute]];
    failed = [];
    const writes = due.map((each) =>
      mark(...each, now).catch((error) => {
        if (failed.length < maxFailed) failed.push(each);
        log({ warning: 'activity_not_marked', fault: (error as Error).name }, 'warn');
      }),
    );
    await Promise.all(writes);
  };
}
