/**
 * The partitions of the indexes of the Deliveries table. A partition takes a thousand writes a second, so what one destination has is spread
 * over several, and a page of it is merged from all.
 */
import { hash } from 'node:crypto';
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { readMergedPage } from '../../ground/aws/merged-page.ts';
import type { DeliveryState } from './delivery-states.ts';

type Item = Record<string, AttributeValue>;

/** The indexes, by the attributes that are their keys. */
export const deliveryIndexes = {
  byDestination: { partition: 'destination', sort: 'at' },
  byState: { partition: 'state', sort: 'at' },
  byDue: { partition: 'dueShard', sort: 'due' },
} as const;

/** The partitions of one destination in the index by destination. */
export const destinationShards = 16;
/** The partitions of one destination and state. */
export const stateShards = 4;

/** A number below `shards` that a text always gives. */
export const shardOf = (text: string, shards: number): number =>
  Number.parseInt(hash('sha256', text).slice(0, 8), 16) % shards;

const shardsOf = (shards: number): number[] => Array.from({ length: shards }, (_, shard) => shard);

export const destinationPartition = (destination: string, event: string): string =>
  `${destination}#${shardOf(event, destinationShards)}`;

/**
 * The first shard has no number. Versions that knew one partition alone called it so: what they wrote is in it, and they find what is in it,
 * if an update is rolled back.
 */
const stateShard = (destination: string, state: DeliveryState, shard: number): string =>
  `${destination}#${state}${shard === 0 ? '' : `#${shard}`}`;

export const statePartition = (destination: string, state: DeliveryState, event: string): string =>
  stateShard(destination, state, shardOf(event, stateShards));

/** Where deliveries are, spread evenly over a number of shards. */
export interface Partitions {
  index: 'byDestination' | 'byState';
  values: string[];
  shards: number;
}

/** All partitions of a destination. */
export const partitionsOfDestination = (destination: string): Partitions => ({
  index: 'byDestination',
  values: shardsOf(destinationShards).map((shard) => `${destination}#${shard}`),
  shards: destinationShards,
});

/** The partitions of a destination's deliveries in these states. */
export const partitionsOfStates = (destination: string, states: readonly DeliveryState[]): Partitions => ({
  index: 'byState',
  values: states.flatMap((state) => shardsOf(stateShards).map((shard) => stateShard(destination, state, shard))),
  shards: stateShards,
});

/** So much of each shard is enough for so many of all: they are filled evenly, and a page may be short. */
export const shareOf = (count: number, shards: number): number => Math.ceil((2 * count) / shards);

export interface OldestRequest {
  limit: number;
  /** The order of the last delivery of the page before. */
  after?: string | undefined;
  /** The orders of a range begin so; both ends are included. */
  from?: string;
  to?: string;
}

/** A row with its order. */
export interface OrderedItem {
  at: string;
  item: Item;
}

/** Reads a page of partitions, those of the oldest events first. */
export async function readOldest(
  client: DynamoDBClient,
  table: string,
  { index, values, shards }: Partitions,
  { limit, after: start, from = '0', to = '' }: OldestRequest,
  isShown: (row: OrderedItem) => boolean = () => true,
): Promise<{ items: Item[]; next: string | undefined }> {
  const greatest = `${to}~`;
  const readOne = async (value: string, least: string, most: number) => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: '#key = :value AND #at BETWEEN :least AND :greatest',
        ExpressionAttributeNames: { '#key': deliveryIndexes[index].partition, '#at': 'at' },
        ExpressionAttributeValues: { ':value': { S: value }, ':least': { S: least }, ':greatest': { S: greatest } },
        Limit: most,
      }),
    );
    return {
      rows: Items.map((item): OrderedItem => ({ at: item['at']?.S ?? '', item })),
      isLast: LastEvaluatedKey === undefined,
    };
  };
  const readAll = async (after: string | undefined, most: number) => {
    // No order has a space, so this is the next one.
    const least = after === undefined ? from : `${after} `;
    if (least > greatest) return [];
    return Promise.all(values.map((value) => readOne(value, least, shareOf(most, shards))));
  };
  const { rows, next } = await readMergedPage({ order: 'asc', limit, after: start }, values.length, readAll, isShown);
  return { items: rows.map(({ item }) => item), next };
}
