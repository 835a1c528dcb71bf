/** DynamoDB in memory, for tests of the modules that read and write tables. */
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from '@jest/globals';
import dynalite from 'dynalite';

/** A table or an index by its keys, which are texts, or numbers if they say so. */
interface Keys {
  hash: string;
  range?: string;
  rangeType?: 'S' | 'N';
}

interface TableKeys extends Keys {
  /** The indexes by name. Each has all attributes. */
  indexes?: Record<string, Keys>;
}

const keySchema = ({ hash, range }: Keys) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' as const }]),
];

function tableInput(TableName: string, { indexes = {}, ...keys }: TableKeys): CreateTableCommandInput {
  const named = Object.entries(indexes);
  const types = new Map<string, 'S' | 'N'>();
  for (const { hash, range, rangeType = 'S' } of [keys, ...Object.values(indexes)]) {
    types.set(hash, 'S');
    if (range !== undefined) types.set(range, rangeType);
  }
  const GlobalSecondaryIndexes = named.map(([IndexName, one]) => ({
    IndexName,
    KeySchema: keySchema(one),
    Projection: { ProjectionType: 'ALL' as const },
  }));
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(keys),
    AttributeDefinitions: [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    ...(named.length > 0 && { GlobalSecondaryIndexes }),
  };
}

/** An operation that a test sent to DynamoDB. */
export interface SentOperation {
  name: string;
  input: object;
}

/**
 * Starts DynamoDB before the tests of a file and stops it after them.
 * @returns `client`, `sent` with the operations so far, and `createTable`
 */
export function givenDynamodb() {
  const server = dynalite({ createTableMs: 0 });
  const sent: SentOperation[] = [];
  let port = 0;
  const client = new DynamoDBClient({
    endpoint: async () => ({ protocol: 'http:', hostname: '127.0.0.1', port, path: '/' }),
    region: 'eu-central-1',
    credentials: { accessKeyId: 'fake', secretAccessKey: 'fake' },
  });
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (operation) => {
        sent.push({ name: commandName.replace(/Command$/, ''), input: operation.input });
        return next(operation);
      },
    { step: 'initialize' },
  );
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  let tables = 0;
  /** Creates an empty table. @param name by default another one each time @returns its name */
  async function createTable(keys: TableKeys, name?: string): Promise<string> {
    tables += 1;
    const TableName = name ?? `table-${tables}`;
    await client.send(new CreateTableCommand(tableInput(TableName, keys)));
    // A table in the state CREATING is not found by other operations.
    const isReady = async () =>
      (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus === 'ACTIVE';
    while (!(await isReady()));
    return TableName;
  }
  return { client, sent, createTable };
}
