/** Writes that depend on what is stored. */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { attributeUpdate } from './attribute-update.ts';

export type TableItem = Record<string, AttributeValue>;

/** The answer to a write. Undefined if its condition was not met. */
export const ifConditionHolds = <T>(write: Promise<T>): Promise<T | undefined> =>
  write.catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return undefined;
  });

const isAbsent = 'attribute_not_exists(pk)';

/** Puts an item. If there is one with its key, nothing changes. */
export async function putOnce(client: DynamoDBClient, TableName: string, Item: TableItem): Promise<void> {
  await ifConditionHolds(client.send(new PutItemCommand({ TableName, Item, ConditionExpression: isAbsent })));
}

/**
 * Sets attributes of an item if the first of them moves forward by it.
 * @param signal ends the attempt
 */
export async function setIfLater(
  client: DynamoDBClient,
  TableName: string,
  Key: TableItem,
  values: TableItem,
  signal?: AbortSignal,
): Promise<void> {
  const update = { ...attributeUpdate(Key, values), ConditionExpression: 'attribute_not_exists(#0) OR #0 < :0' };
  await ifConditionHolds(
    client.send(new UpdateItemCommand({ TableName, ...update }), signal && { abortSignal: signal }),
  );
}

/** A strongly consistent read, because a request must see every earlier change. */
export const readItem = async (client: DynamoDBClient, TableName: string, Key: TableItem) =>
  (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;

/** The result of a write. `lost` means that another write came first. */
export type WriteResult = 'written' | 'lost';

/**
 * The attributes with an item's revision, and with the id of the write that made it. Each write names the revision that it replaces,
 * undefined for none. The SDK repeats a write whose answer was lost, and the repeated write fails by its condition: the id says whose it is.
 */
export interface RevisionMarks {
  revision: string;
  write: string;
}

const ifRevision = ({ revision }: RevisionMarks, replaced: number | undefined, otherwise = '') =>
  replaced === undefined
    ? { ConditionExpression: isAbsent }
    : {
        ConditionExpression: `${otherwise}#revision = :replaced`,
        ExpressionAttributeNames: { '#revision': revision },
        ExpressionAttributeValues: { ':replaced': { N: `${replaced}` } },
      };

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Replaces exactly this revision of an item. */
export async function putRevision(
  client: DynamoDBClient,
  TableName: string,
  marks: RevisionMarks,
  Item: TableItem & { pk: AttributeValue },
  replaced: number | undefined,
): Promise<WriteResult> {
  const put = new PutItemCommand({ TableName, Item, ...ifRevision(marks, replaced) });
  if (await ifConditionHolds(client.send(put))) return 'written';
  const { pk, sk } = Item;
  const stored = await readItem(client, TableName, { pk, ...(sk && { sk }) });
  const isOwn = Object.values(marks).every((name) => isSame(stored?.[name], Item[name]));
  return isOwn ? 'written' : 'lost';
}

/** Removes exactly this revision of an item. An absent one counts as removed: an earlier attempt did it, and its answer was lost. */
export async function removeRevision(
  client: DynamoDBClient,
  TableName: string,
  marks: RevisionMarks,
  Key: TableItem,
  replaced: number | undefined,
): Promise<WriteResult> {
  const removal = new DeleteItemCommand({ TableName, Key, ...ifRevision(marks, replaced, `${isAbsent} OR `) });
  return (await ifConditionHolds(client.send(removal))) ? 'written' : 'lost';
}
