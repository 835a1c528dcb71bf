/**
 * The items of the State table. Every write is one conditional call on `version`. Each put also stores its request id,
 * because the SDK repeats a write whose answer was lost. If the condition of a repeated put fails, and the item has the
 * same request id, the first attempt succeeded.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';

/** The result of a write. `lost` means that another write came first. */
export type WriteResult = 'written' | 'lost';

export type VersionedItem = Record<string, AttributeValue> & {
  pk: { S: string };
  version: { N: string };
  requestId: { S: string };
  /** The record as JSON. */
  record: { S: string };
};

/** A strongly consistent read, because a request must see every earlier change. */
export const readItem = async (client: DynamoDBClient, table: string, pk: string) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: pk } }, ConsistentRead: true }))).Item;

/** The condition of a put: the first version has no predecessor, each later version follows the one before it. */
const conditionOf = (version: number): object =>
  version === 1
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :before',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
      };

/** Writes the next version of an item, or its first. */
export async function putVersion(client: DynamoDBClient, table: string, item: VersionedItem): Promise<WriteResult> {
  try {
    const condition = conditionOf(Number(item.version.N));
    await client.send(new PutItemCommand({ TableName: table, Item: item, ...condition }));
    return 'written';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const stored = await readItem(client, table, item.pk.S);
    const isOwn = stored?.['requestId']?.S === item.requestId.S && stored['version']?.N === item.version.N;
    return isOwn ? 'written' : 'lost';
  }
}

/** Removes exactly this version of an item. An absent item counts as removed: an earlier attempt did it, and its answer was lost. */
export async function removeVersion(
  client: DynamoDBClient,
  table: string,
  pk: string,
  version: number,
): Promise<WriteResult> {
  try {
    await client.send(
      new DeleteItemCommand({
        TableName: table,
        Key: { pk: { S: pk } },
        ConditionExpression: 'attribute_not_exists(pk) OR #version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': { N: String(version) } },
      }),
    );
    return 'written';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'lost';
    throw error;
  }
}

/** The index of the State table that lists the items of one kind by name. */
export const stateIndex = 'list';

/** Lists the items of a kind by name, starting after `after`. Eventually consistent. */
export async function listKind(
  client: DynamoDBClient,
  table: string,
  kind: string,
  limit: number,
  after: string | undefined,
): Promise<{ items: Record<string, AttributeValue>[]; hasMore: boolean }> {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: stateIndex,
      KeyConditionExpression: after === undefined ? 'kind = :kind' : 'kind = :kind AND #name > :after',
      ...(after === undefined ? {} : { ExpressionAttributeNames: { '#name': 'name' } }),
      ExpressionAttributeValues: {
        ':kind': { S: kind },
        ...(after === undefined ? {} : { ':after': { S: after } }),
      },
      Limit: limit,
    }),
  );
  return { items: Items, hasMore: LastEvaluatedKey !== undefined };
}
