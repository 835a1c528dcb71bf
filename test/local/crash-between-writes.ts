import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { Level } from 'level';
import { startAws } from '../../local/aws/aws.ts';
import { anEvent, eventsTable } from './event-table.ts';

/**
 * A process that dies by SIGKILL when the index rows of an item are written and the item itself is not. Arguments: the
 * data folder, and the id and the time of the event that is put.
 */
type Write = (this: unknown, key: string, ...rest: unknown[]) => Promise<void>;
const level = Level.prototype as unknown as { _put: Write };
const put = level._put;
level._put = function (key, ...rest) {
  if (key.startsWith('item-events~')) process.kill(process.pid, 'SIGKILL');
  return put.call(this, key, ...rest);
};

const [dataDir = '', id = '', time = ''] = process.argv.slice(2);
const aws = await startAws({ dataDir, region: 'eu-central-1', accountId: '123456789012' });
await aws.createTable(eventsTable);

const client = new DynamoDBClient({ endpoint: aws.url, region: aws.region, credentials: aws.administrator });
await client.send(new PutItemCommand({ TableName: 'events', Item: anEvent(id, Number(time)) }));
