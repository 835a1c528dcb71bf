import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { Level } from 'level';
import { startLocalAws } from '../../../local/aws/local-aws.ts';
import { anEvent, eventsTable } from './events-by-id-table.ts';

/**
 * A process that writes the index rows of an item and then dies by SIGKILL, before it writes the item. Arguments: the
 * data folder, and the id and the time of the event to put.
 */
type Batch = (this: unknown, writes: { key: string }[], ...rest: unknown[]) => Promise<void>;
const level = Level.prototype as unknown as { _batch: Batch };
const batch = level._batch;
// The table has a stream, so its items are written together with their stream records.
level._batch = function (writes, ...rest) {
  if (writes.some(({ key }) => key.startsWith('item-events~'))) process.kill(process.pid, 'SIGKILL');
  return batch.call(this, writes, ...rest);
};

const [dataDir = '', id = '', time = ''] = process.argv.slice(2);
const aws = await startLocalAws({ dataDir, region: 'eu-central-1', accountId: '123456789012' });
await aws.createTable(eventsTable);

const client = new DynamoDBClient({ endpoint: aws.url, region: aws.region, credentials: aws.administrator });
await client.send(new PutItemCommand({ TableName: 'events', Item: anEvent(id, Number(time)) }));
