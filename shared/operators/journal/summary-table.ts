/**
 * The small summaries of connections, in the Journal table. The schedule of count-events writes them.
 *
 * | pk             | sk  |                                                        |
 * |----------------|-----|--------------------------------------------------------|
 * | `summary#<id>` | `-` | record: the summary; at: when it was made; expiresAt: after 400 days |
 *
 * The id is that of the connection, so a later connection of the same name has none of it.
 */
import { BatchGetItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds } from '../../ground/aws/conditional-write.ts';
import { journalKey } from '../../ground/aws/journal-key.ts';
import { type JournalItem, textIn } from '../../ground/aws/journal-span.ts';
import { keptMs } from '../../ground/statistics/period.ts';
import { type ConnectionSummary, connectionSummarySchema } from './connection-summary.ts';

/** The most items of one read. */
const batchSize = 100;
/** How often a read asks again for what DynamoDB left out, because there was too much at once. */
const mostTries = 5;

const keyOf = (id: string): JournalItem => ({ pk: { S: journalKey('summary', id) }, sk: { S: '-' } });

export interface SummaryTable {
  /** Sets a summary. One that was made later stays. */
  save(id: string, summary: ConnectionSummary): Promise<void>;
  /** The summaries of these connections, by id. Those without one are left out. */
  read(ids: readonly string[]): Promise<Map<string, ConnectionSummary>>;
}

export function summaryTable(client: DynamoDBClient, table: string): SummaryTable {
  async function readBatch(ids: readonly string[]): Promise<JournalItem[]> {
    const items: JournalItem[] = [];
    let keys: JournalItem[] = ids.map(keyOf);
    for (let tries = 0; keys.length > 0; tries += 1) {
      // What is not there is one thing, and what was not read another.
      if (tries === mostTries) throw new Error('DynamoDB did not read all summaries');
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: keys } } }),
      );
      items.push(...(Responses?.[table] ?? []));
      keys = UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return items;
  }
  return {
    async save(id, summary) {
      const Item = {
        ...keyOf(id),
        record: { S: JSON.stringify(summary) },
        at: { S: summary.at },
        expiresAt: { N: String(Math.floor((Date.parse(summary.at) + keptMs.day) / 1000)) },
      };
      const put = new PutItemCommand({
        TableName: table,
        Item,
        ConditionExpression: 'attribute_not_exists(pk) OR #at <= :at',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':at': Item.at },
      });
      await ifConditionHolds(client.send(put));
    },

    async read(ids) {
      const batches = Array.from({ length: Math.ceil(ids.length / batchSize) }, (_, at) =>
        readBatch(ids.slice(at * batchSize, (at + 1) * batchSize)),
      );
      const prefix = journalKey('summary', '').length;
      return new Map(
        (await Promise.all(batches)).flat().map((item) => {
          const summary = connectionSummarySchema.parse(JSON.parse(textIn(item, 'record')));
          return [textIn(item, 'pk').slice(prefix), summary] as const;
        }),
      );
    },
  };
}
