/**
 * Counts answered handshakes in the Journal table.
 *
 * | pk                    | sk           |                                    |
 * |-----------------------|--------------|------------------------------------|
 * | `use#<connection id>` | `handshakes` | count: n; at: when the last one came |
 *
 * Each connection has one such item. It is next to the items of the connection's last uses, so one query reads all of
 * them. The item shows an operator whether the sender asked for a handshake, and when. Unlike rejections, handshakes
 * need no counts by minute and no samples, because nothing went wrong. Anybody can ask for many handshakes. Each
 * instance therefore writes at most once a second for a connection, and that write includes all handshakes that the
 * instance has not written yet. The count is a lower bound.
 */

import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../aws/journal-key.ts';
import type { Log } from '../aws/logger.ts';
import { minuteOf } from '../base/time.ts';
import { quietMarker } from './activity-mark.ts';

/** The time between two writes for a connection, and the longest that a handshake waits for its write, in ms. */
const handshakeWriteIntervalMs = 1_000;
/** The number of connections that an instance counts at once. */
const maxCountedConnections = 1_000;

/** Counts a handshake of a connection. Never fails. */
export type CountHandshake = (connectionId: string, at: Date) => Promise<void>;

/**
 * @param client must not retry: a repeated addition would count twice.
 * @param log gets a line when a write fails
 */
export function handshakeCounter(client: DynamoDBClient, table: string, log: Log): CountHandshake {
  // The schedule then makes the summary of the connection anew.
  const mark = quietMarker(client, table, log);
  const unwritten = new Map<string, { count: number; triedAt: number }>();
  return async (connectionId, at) => {
    const { count, triedAt } = unwritten.get(connectionId) ?? { count: 0, triedAt: 0 };
    const isDue = at.getTime() - triedAt >= handshakeWriteIntervalMs;
    if (unwritten.size >= maxCountedConnections) unwritten.clear();
    unwritten.set(connectionId, isDue ? { count: 0, triedAt: at.getTime() } : { count: count + 1, triedAt });
    if (!isDue) return;
    try {
      const abortSignal = AbortSignal.timeout(handshakeWriteIntervalMs);
      await client.send(handshakeAddition(table, connectionId, count + 1, at), { abortSignal });
      await mark(connectionId, minuteOf(at), at);
    } catch (error) {
      log({ warning: 'handshakes_not_written', fault: (error as Error).name, lost: count + 1 }, 'warn');
    }
  };
}

const handshakeAddition = (table: string, connectionId: string, count: number, at: Date) =>
  new UpdateItemCommand({
    TableName: table,
    Key: { pk: { S: journalKey('use', connectionId) }, sk: { S: 'handshakes' } },
    UpdateExpression: 'ADD #count :count SET #at = :at',
    ExpressionAttributeNames: { '#count': 'count', '#at': 'at' },
    ExpressionAttributeValues: { ':count': { N: `${count}` }, ':at': { S: at.toISOString() } },
  });
