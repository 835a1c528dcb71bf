/**
 * What was counted in a minute, in the Journal table: of a connection, and under the id `all` of all connections together.
 *
 * | pk             | sk         |                                                                                      |
 * |----------------|------------|--------------------------------------------------------------------------------------|
 * | `count#<id>`   | `<minute>` | events, conflicts, held, released, givenUp: n; lastAt: its last event; starts, ends; inexact; expiresAt: after 2 days |
 *
 * The stream can hand over a batch again: after a crash, or because one of its writes failed. It is then counted from a record on
 * which a batch began before, and usually ends with the same record. So each item remembers with which records the batches began and
 * ended that it has. A batch that ends with the same record is not added again. One that begins with the same record and ends with
 * another one is added, and the item is `inexact`: its counts may be too high. The records of a partition are counted in their
 * order, so what comes before a counted record is counted too.
 *
 * The stream's partitions are counted in parallel, so `lastAt` of a minute may be some seconds too early.
 */
import { hash } from 'node:crypto';
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds } from '../aws/conditional-write.ts';
import { journalKey } from '../aws/journal-key.ts';
import { keptMs, startOf } from './period.ts';

/** What is added to the counts of a minute. */
export interface MinuteAddition {
  /** The id of a connection, or `all`. */
  scope: string;
  minute: string;
  add: Partial<Record<'events' | 'conflicts' | 'held' | 'released' | 'givenUp', number>>;
  /** When the last of the events came. */
  lastAt?: string | undefined;
  /** The numbers of its first and its last record. Without them, it is added whatever was added before. */
  records: { start: string; end: string } | undefined;
}

export type AddToMinute = (addition: MinuteAddition) => Promise<void>;

/** A short name of a record. Of two records of a minute, the names are the same with a probability below 10⁻⁹. */
const nameOf = (record: string): string => hash('sha256', record, 'base64url').slice(0, 8);

/** Which additions are made: all but repeated ones, or only those that are surely new. */
type Condition = 'surely_new' | 'not_repeated';

const conditions: Record<Condition, string> = {
  surely_new: 'NOT contains(ends, :end) AND NOT contains(starts, :start)',
  not_repeated: 'NOT contains(ends, :end)',
};

function additionOf({ scope, minute, add, lastAt, records }: MinuteAddition, table: string, condition: Condition) {
  const counts = Object.entries(add).filter(([, count]) => count > 0);
  const adds = counts.map(([name]) => `#${name} :${name}`);
  const sets = ['expiresAt = :expiresAt'];
  if (lastAt !== undefined) sets.push('lastAt = :lastAt');
  if (condition === 'not_repeated') sets.push('inexact = :true');
  const [start, end] = records ? [nameOf(records.start), nameOf(records.end)] : ['', ''];
  return new UpdateItemCommand({
    TableName: table,
    Key: { pk: { S: journalKey('count', scope) }, sk: { S: minute } },
    UpdateExpression: `ADD ${[...adds, ...(records ? ['starts :starts', 'ends :ends'] : [])].join(', ')} SET ${sets.join(', ')}`,
    ...(records && { ConditionExpression: conditions[condition] }),
    ExpressionAttributeNames: Object.fromEntries(counts.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(counts.map(([name, count]) => [`:${name}`, { N: String(count) }])),
      ...(lastAt !== undefined && { ':lastAt': { S: lastAt } }),
      ...(condition === 'not_repeated' && { ':true': { BOOL: true } }),
      ...(records && {
        ':starts': { SS: [start] },
        ':ends': { SS: [end] },
        ':end': { S: end },
        ...(condition === 'surely_new' && { ':start': { S: start } }),
      }),
      ':expiresAt': { N: String((startOf(minute).getTime() + keptMs.minute) / 1000) },
    },
  });
}

/** Creates what adds to minutes. An addition whose answer was lost may be sent again. */
export const minuteAdder =
  (client: DynamoDBClient, table: string): AddToMinute =>
  async (addition) => {
    const isAdded = async (condition: Condition): Promise<boolean> =>
      (await ifConditionHolds(client.send(additionOf(addition, table, condition)))) !== undefined;
    // The second one fails too if the batch was counted before, and then there is nothing to add.
    if (!(await isAdded('surely_new'))) await isAdded('not_repeated');
  };
