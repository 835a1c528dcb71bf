/** The history of destinations, against DynamoDB in memory. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import type { DestinationLine } from '../../../../shared/deliveries/destination/destination-change.ts';
import {
  type DestinationHistory,
  destinationHistory,
} from '../../../../shared/deliveries/dispatch/destination-history.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';

const { client, createTable } = givenDynamodb();
let table: string;
let history: DestinationHistory;
beforeEach(async () => {
  table = await createTable({ hash: 'pk', range: 'sk' });
  history = destinationHistory(client, table);
});

const line = (version: number, by = 'op_1'): DestinationLine => ({
  version,
  verb: 'edit',
  by,
  at: '2026-03-01T12:00:00.000Z',
  settings: ['url'],
  requestId: 'r1',
});

test('a line is stored once, under the id of its destination and its version', async () => {
  await history.append('dst_1', line(12));
  await history.append('dst_1', line(12, 'op_2'));
  const Key = { pk: { S: 'destination_history#dst_1' }, sk: { S: '000000012' } };
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key }));
  expect(JSON.parse(Item?.['line']?.S ?? '')).toEqual(line(12));
});

test('the lines of one destination are listed, the newest first, page by page', async () => {
  for (const version of [2, 10, 9, 3]) await history.append('dst_1', line(version));
  await history.append('dst_2', line(4));
  const first = await history.list('dst_1', { limit: 3, from: undefined });
  expect(first).toEqual({ lines: [line(10), line(9), line(3)], next: '000000002|' });
  expect(await history.list('dst_1', { limit: 3, from: '000000002|' })).toEqual({ lines: [line(2)], next: undefined });
  expect(await history.list('dst_1', { limit: 4, from: undefined })).toMatchObject({ next: undefined });
});
