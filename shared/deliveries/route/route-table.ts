/** Lists of routes in the State table, whose items `shared/endpoints/endpoint/state-table.ts` explains. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { putOnce } from '../../ground/aws/conditional-write.ts';
import { readRecord, stateKey } from '../../ground/aws/versioned-item.ts';
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

  function keep(version: string): Promise<Routes | undefined> {
    const reading = readRecord(client, table, keyOf(version), routesSchema);
    const drop = () => kept.get(version) === reading && kept.delete(version);
    reading.then((found) => found ?? drop(), drop);
    kept.set(version, reading);
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
    return reading;
  }

  return { read: (version) => kept.get(version) ?? keep(version) };
}

/** Stores a list, unless the same content is there already. Whoever names its version in a record must have put it before. */
export type PutRoutes = (list: RoutesVersion) => Promise<void>;

export const routeWriter =
  (client: DynamoDBClient, table: string): PutRoutes =>
  ({ version, content }) =>
    putOnce(client, table, { ...stateKey(keyOf(version)), record: { S: content } });
