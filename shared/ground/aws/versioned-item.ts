/** Records in the State table, as JSON. Each has its version in it, and its item has the id of the request that wrote it. */
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { putRevision, readItem, removeRevision, type TableItem, type WriteResult } from './conditional-write.ts';

/** The schema of a kind of records. */
interface RecordSchema<T> {
  /** @throws if it is not of this kind */
  parse(record: unknown): T;
}

/** The key of an item. */
export const stateKey = (pk: string) => ({ pk: { S: pk } });

/** The record in an item, or in an image of the stream. Undefined without an item. */
export function recordIn<T>(item: { record?: { S?: string } } | undefined, schema: RecordSchema<T>): T | undefined {
  const record = item?.record?.S;
  return record === undefined ? undefined : schema.parse(JSON.parse(record));
}

/** Reads a record, strongly consistent. Undefined if there is none. */
export const readRecord = async <T>(client: DynamoDBClient, table: string, pk: string, schema: RecordSchema<T>) =>
  recordIn(await readItem(client, table, stateKey(pk)), schema);

const marks = { revision: 'version', write: 'requestId' };

/**
 * Writes the first version of a record, or replaces the previous one.
 * @param listed what the index has of it
 */
export function putRecord(
  client: DynamoDBClient,
  table: string,
  pk: string,
  { version, requestId, record }: { version: number; requestId: string; record: object },
  listed: TableItem = {},
): Promise<WriteResult> {
  const item = {
    ...stateKey(pk),
    ...listed,
    version: { N: `${version}` },
    requestId: { S: requestId },
    record: { S: JSON.stringify(record) },
  };
  return putRevision(client, table, marks, item, version === 1 ? undefined : version - 1);
}

/** The index of the State table that lists the records of one kind by name. */
export const stateIndex = 'list';

/** The records of one kind, by name. */
export interface RecordTable<T> {
  /** A strongly consistent read, because a request must see every earlier change. */
  read(name: string): Promise<T | undefined>;
  /** Writes the first version, or replaces the previous one. `lost` if another write came first. */
  put(record: T, requestId: string): Promise<WriteResult>;
  /** Removes exactly this version. */
  remove(record: T): Promise<WriteResult>;
  /** Lists records by name, starting after `after`. Eventually consistent. */
  list(limit: number, after?: string): Promise<{ records: T[]; next: string | undefined }>;
}

/** The reads of a kind. Separate, so that the authorizer's bundles contain no code that writes. */
export const recordReader =
  <T>(client: DynamoDBClient, table: string, kind: string, schema: RecordSchema<T>) =>
  (name: string) =>
    readRecord(client, table, `${kind}#${name}`, schema);

export const recordTable = <T extends { name: string; version: number }>(
  client: DynamoDBClient,
  table: string,
  kind: string,
  schema: RecordSchema<T>,
): RecordTable<T> => ({
  read: recordReader(client, table, kind, schema),

  put(record, requestId) {
    const { name, version } = record;
    const listed = { kind: { S: kind }, name: { S: name } };
    return putRecord(client, table, `${kind}#${name}`, { version, requestId, record }, listed);
  },

  remove: ({ name, version }) => removeRevision(client, table, marks, stateKey(`${kind}#${name}`), version),

  async list(limit, after) {
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
    const records = Items.flatMap((item) => recordIn(item, schema) ?? []);
    return { records, next: LastEvaluatedKey && records.at(-1)?.name };
  },
});
