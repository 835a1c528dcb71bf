/**
 * Handshakes in the Journal table, counted by those who answer them.
 *
 * | pk                    | sk           |                                    |
 * |-----------------------|--------------|------------------------------------|
 * | `use#<connection id>` | `handshakes` | count: n; at: when the last one came |
 *
 * One item for each connection beside its last uses, which are read together: the smallest thing that tells an operator
 * whether the sender has asked, and when. Minutes and samples, as refusals have them, would say no more of what went well.
 * Many handshakes are answered to anybody, so each instance writes at most once a second for a connection, and adds what
 * it held back: like that of refusals the count is a lower bound.
 */

import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../aws/journal-key.ts';
import type { Log } from '../aws/logger.ts';

/** Milliseconds between two writes of the same, and those that a handshake waits for one at most. */
const interval = 1_000;
/** How many connections an instance counts at once. */
const mostHeld = 1_000;

/** Counts a handshake of a connection. Never fails. */
export type CountHandshake = (connectionId: string, at: Date) => Promise<void>;

/** @param client one that sends a call once: an addition that is repeated counts twice. @param log told of a write that failed */
export function handshakeCounter(client: DynamoDBClient, table: string, log: Log): CountHandshake {
  const held = new Map<string, { count: number; triedAt: number }>();
  return async (connectionId, at) => {
    const { count, triedAt } = held.get(connectionId) ?? { count: 0, triedAt: 0 };
    const isDue = at.getTime() - triedAt >= interval;
    if (held.size >= mostHeld) held.clear();
    held.set(connectionId, isDue ? { count: 0, triedAt: at.getTime() } : { count: count + 1, triedAt });
    if (!isDue) return;
    try {
      const abortSignal = AbortSignal.timeout(interval);
      await client.send(addition(table, connectionId, count + 1, at), { abortSignal });
    } catch (error) {
      log({ warning: 'handshakes_not_written', fault: (error as Error).name, lost: count + 1 }, 'warn');
    }
  };
}

const addition = (table: string, connectionId: string, count: number, at: Date) =>
  new UpdateItemCommand({
    TableName: table,
    Key: { pk: { S: journalKey('use', connectionId) }, sk: { S: 'handshakes' } },
    UpdateExpression: 'ADD #count :count SET #at = :at',
    ExpressionAttributeNames: { '#count': 'count', '#at': 'at' },
    ExpressionAttributeValues: { ':count': { N: `${count}` }, ':at': { S: at.toISOString() } },
  });
