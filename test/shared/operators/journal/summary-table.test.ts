import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { observedQuiet, summaryOf } from '../../../../shared/operators/journal/connection-summary.ts';
import { summaryTable } from '../../../../shared/operators/journal/summary-table.ts';
import { givenJournal } from './given-journal.ts';

const { client, table, itemAt, sent } = givenJournal();
const summaries = summaryTable(client, table);
const begin = Date.parse('2026-01-31T12:00:00.000Z');
const made = (seconds: number) =>
  summaryOf(
    observedQuiet({ tokens: new Map(), lastEventAt: null, handshakes: undefined }),
    new Date(begin + seconds * 1_000),
    '2026-01-31T11:59:50.000Z',
  );

test('a summary is read as it was made, and expires after 400 days', async () => {
  await summaries.save('con_1', made(0));
  expect(await summaries.read(['con_1', 'con_2'])).toEqual(new Map([['con_1', made(0)]]));
  expect((await itemAt('summary#con_1', '-'))?.['expiresAt']?.N).toBe(String(begin / 1000 + 400 * 86_400));
});

test('one that was made later stays, whichever is written last', async () => {
  for (const seconds of [0, 60, 30]) await summaries.save('con_1', made(seconds));
  expect((await summaries.read(['con_1'])).get('con_1')).toEqual(made(60));
});

test('a hundred are one read, and none is no read', async () => {
  const ids = Array.from({ length: 101 }, (_, at) => `con_${at}`);
  await summaries.save('con_100', made(0));
  const before = sent.length;
  expect(await summaries.read(ids)).toEqual(new Map([['con_100', made(0)]]));
  expect(await summaries.read([])).toEqual(new Map());
  expect(sent.slice(before).map(({ name }) => name)).toEqual(['BatchGetItem', 'BatchGetItem']);
});

test('what DynamoDB left out is asked for again, and is never taken for missing', async () => {
  await summaries.save('con_1', made(0));
  let left = 2;
  const busy = {
    async send(command: { input: { RequestItems: object } }) {
      left -= 1;
      return left >= 0 ? { UnprocessedKeys: command.input.RequestItems } : client.send(command as never);
    },
  } as unknown as DynamoDBClient;
  expect(await summaryTable(busy, table).read(['con_1'])).toEqual(new Map([['con_1', made(0)]]));
  left = 5;
  await expect(summaryTable(busy, table).read(['con_1'])).rejects.toThrow('DynamoDB did not read all summaries');
});
