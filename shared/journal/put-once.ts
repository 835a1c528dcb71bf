import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';

/** Puts an item. If there is one with its key, nothing changes. */
export async function putOnce(
  client: DynamoDBClient,
  table: string,
  Item: Record<string, AttributeValue>,
): Promise<void> {
  try {
    await client.send(new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
