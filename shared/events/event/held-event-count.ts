/** Counts the events of a hold in the index of the Events table. */
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Hold } from '../../endpoints/endpoint/endpoint-record.ts';
import { defaultShards, eventIndex } from './event-table.ts';

/** How far the clock of a hold may be ahead of its events' clock, in ms. */
const holdClockAheadMs = 5_000;

/** Counts on demand, so that no held event has to update a counter. */
export type CountHeld = (connectionId: string, hold: Hold, now: Date) => Promise<{ count: number; complete: boolean }>;

/**
 * Makes the function that counts the events of a hold. The function reads one page of 1 MB from each shard, about 3,000
 * events. If a shard has more, the count is a lower bound and not complete.
 * @param shards as in `eventTable`
 */
export const heldCounter =
  (client: DynamoDBClient, table: string, shards: number): CountHeld =>
  async (connectionId, { id, since }, now) => {
    const least = new Date(Date.parse(since) - holdClockAheadMs).toISOString();
    const ofShard = (shard: number) =>
      new QueryCommand({
        TableName: table,
        IndexName: eventIndex,
        Select: 'COUNT',
        KeyConditionExpression: '#shard = :shard AND #at >= :least',
        FilterExpression: 'held = :hold AND expiresAt > :now',
        ExpressionAttributeNames: { '#shard': 'shard', '#at': 'at' },
        ExpressionAttributeValues: {
          ':shard': { S: `${connectionId}#${shard}` },
          ':least': { S: least },
          ':hold': { S: id },
          ':now': { N: String(Math.floor(now.getTime() / 1000)) },
        },
      });
    const all = Array.from({ length: Math.max(shards, defaultShards) }, (_, shard) => client.send(ofShard(shard)));
    const pages = await Promise.all(all);
    return {
      count: pages.reduce((sum, { Count = 0 }) => sum + Count, 0),
      complete: pages.every(({ LastEvaluatedKey }) => LastEvaluatedKey === undefined),
    };
  };
