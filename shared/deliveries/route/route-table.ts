/** Lists of routes in the State table, whose items `shared/endpoint/state-table.ts` explains. */
import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { readItem } from '../aws/versioned-item.ts';
import { type Routes, type RoutesVersion, routesSchema } from './routes.ts';

/** The key of a list. Its version is in the key, because a list never changes. */
const keyOf = (version: string): string => `routes#${version}`;

/** The lists that an instance keeps. A list has at most 32 KB. */
const maxKept = 500;

/** Reads the list of this version. Undefined if there is none. */
export type ReadRoutes = (version: string) => Promise<Routes | undefined>;

/**
 * A reader that keeps what it has read: a list never changes. The first read is strongly consistent, because a record names a list right
 * after it was put. A failure is not kept, and neither is an absent list.
 */
export function routeReader(client: DynamoDBClient, table: string): { read: ReadRoutes } {
  const kept = new Map<string, Promise<Routes | undefined>>();

  async function readOnce(version: string): Promise<Routes | undefined> {
    const record = (await readItem(client, table, keyOf(version)))?.['record']?.S;
    return record === undefined ? undefined : routesSchema.parse(JSON.parse(record));
  }

  function keep(version: string): Promise<Routes | undefined> {
    const reading = readOnce(version);
    const drop = () => kept.get(version) === reading && kept.delete(version);
    reading.then((found) => found ?? drop(), drop);
    kept.set(version, reading);
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
    return reading;
  }

  return { read: (version) => kept.get(version) ?? keep(version) };
}

/** Stores a list. Whoever names its version in a record must have put it before. */
export type PutRoutes = (list: RoutesVersion) => Promise<void>;

export const routeWriter =
  (client: DynamoDBClient, table: string): PutRoutes =>
  async ({ version, content }) => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: { pk: { S: keyOf(version) }, record: { S: content } },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    } catch (error) {
      // The same content is there already.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
