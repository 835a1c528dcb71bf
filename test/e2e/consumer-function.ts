/** The code of each function of `consumer-app.ts`: notes in its table which webhook it read, and how many bytes. */
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { handleWebhooks } from '../../clients/consumer/consumer.ts';

const client = new DynamoDBClient({});
const { HANDLED_TABLE: TableName, CONSUMER: consumer, ORDERS_URL: url = '' } = process.env;

export const handler = handleWebhooks(async (webhook) => {
  const size = (await webhook.bytes()).length;
  const Item = { id: { S: `${consumer} ${webhook.id}` }, size: { N: String(size) }, url: { S: url } };
  await client.send(new PutItemCommand({ TableName, Item }));
});
