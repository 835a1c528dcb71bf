import {
  type AttributeValue,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';

/** All items of a query. DynamoDB ends a page after 1 MB. */
export async function wholeQuery(
  client: DynamoDBClient,
  input: QueryCommandInput,
): Promise<Record<string, AttributeValue>[]> {
  const all: Record<string, AttributeValue>[] = [];
  let next: Record<string, AttributeValue> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({ ...input, ...(next && { ExclusiveStartKey: next }) }),
    );
    all.push(...Items);
    next = LastEvaluatedKey;
  } while (next);
  return all;
}
