import { createRequire } from 'node:module';
import type { Item, Store, TableRecord } from 'dynalite/db/index.js';
import validations from 'dynalite/validations/index.js';
import { ServiceError } from '../aws/aws-service.ts';
import type { JsonService, PreparedJsonCall } from '../aws/json-service.ts';
import { captureChanges } from './change-data-capture.ts';
import { folderOf, markActive, openStore, readTables } from './dynalite-store.ts';
import { repairIndexes } from './index-repair.ts';
import { RunningCalls } from './running-calls.ts';
import { type TableInput, tableCallDetails, tablePermissions } from './table-permissions.ts';
import { createTableInput, hasSameSchema, hasStream } from './table-properties.ts';
import { TableStream } from './table-stream.ts';

/** The local runtime's DynamoDB. dynalite provides the tables and is called in-process, without its HTTP server. */
export interface DynamoDbService extends JsonService {
  /**
   * Creates a table from the resolved properties of an AWS::DynamoDB::Table, or keeps one that exists. Throws an Error
   * if the existing table has another schema, or a property is unknown.
   */
  createTable(properties: Record<string, unknown>): Promise<{ name: string; arn: string }>;
  /** The stream with this ARN, if a table has it. */
  stream(arn: string): TableStream | undefined;
  /** The number of index rows that did not match their item and were repaired when the store was opened. */
  repairedIndexRows: number;
}

/** Whether an index does not show a row yet. */
export type HidesRow = (row: Item) => boolean;

/** The rows of an index that it shows. The next page begins where it would begin with them. */
function withoutHidden(answer: { Items?: Item[] }, hides: HidesRow): object {
  const shown = (answer.Items ?? []).filter((row) => !hides(row));
  return { ...answer, Items: shown, Count: shown.length };
}

type Action = (store: Store, input: object, done: (error: unknown, output?: object) => void) => void;

const errorPrefix = 'com.amazon.coral.service#';
const fault = 'com.amazonaws.dynamodb.v20120810#InternalServerError';
const load = createRequire(import.meta.url);

/** The supported operations. Everything else (transactions, PartiQL, streams) is refused. */
const operations = new Map(
  [
    'GetItem',
    'PutItem',
    'UpdateItem',
    'DeleteItem',
    'Query',
    'Scan',
    'BatchGetItem',
    'BatchWriteItem',
    'DescribeTable',
  ].map((name) => [name, loadOperation(name)]),
);
const createTable = loadOperation('CreateTable');

/**
 * Opens the tables in a folder and repairs their indexes. Throws an Error that names the folder and says what to do if
 * its files are damaged or in use.
 */
export async function startDynamoDb(
  folder: string,
  { region, accountId, now, hidesRow }: { region: string; accountId: string; now: () => Date; hidesRow?: HidesRow },
): Promise<DynamoDbService> {
  const store = await openStore(folder, region, accountId);
  const streams = new Map<string, TableStream>();
  const calls = new RunningCalls(new ServiceError(fault, 'The local store is being closed.', 500));
  const close = async () => {
    for (const stream of streams.values()) stream.close();
    await calls.end();
    await store.lifecycleManager.gracefulClose();
  };
  try {
    const tables = await readTables(store);
    const repairedIndexRows = await repairIndexes(store, tables.values());
    captureChanges(store, streams);
    const arnPrefix = `arn:aws:dynamodb:${region}:${accountId}:table/`;
    return {
      name: 'dynamodb',
      target: 'DynamoDB_20120810',
      contentType: 'application/x-amz-json-1.0',
      errorPrefix,
      fault,
      throttling: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
      prepare: (operation, input) => {
        const { run, ...call } = prepare(store, tables, arnPrefix, operation, input);
        const shown = hidesRow && 'IndexName' in input ? async () => withoutHidden(await run(), hidesRow) : run;
        return { ...call, run: () => calls.add(shown) };
      },
      createTable: async (properties) => {
        const isStreamed = hasStream(properties);
        const table = await ensureTable(store, tables, properties);
        const name = table.TableName;
        if (isStreamed && !streams.has(name)) streams.set(name, await TableStream.open(store, table, now));
        return { name, arn: table.TableArn };
      },
      stream: (arn) => [...streams.values()].find((stream) => stream.arn === arn),
      repairedIndexRows,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function prepare(
  store: Store,
  tables: ReadonlyMap<string, TableRecord>,
  arnPrefix: string,
  operation: string,
  input: object,
): PreparedJsonCall {
  const known = operations.get(operation);
  if (!known) {
    throw new ServiceError(
      `${errorPrefix}UnknownOperationException`,
      `The local runtime's DynamoDB has no operation ${operation}.`,
    );
  }
  const checked: TableInput = validateInput(known, store, input);
  return {
    requires: tablePermissions(operation, checked, tables, arnPrefix),
    details: tableCallDetails(checked),
    run: () => runAction(known.action, store, checked),
  };
}

async function ensureTable(
  store: Store,
  tables: Map<string, TableRecord>,
  properties: Record<string, unknown>,
): Promise<TableRecord> {
  const input = createTableInput(properties);
  const name = input.TableName;
  const existing = tables.get(name);
  if (existing && !hasSameSchema(existing, input)) {
    throw new Error(
      `Table ${name} in ${folderOf(store)} was created with other keys or indexes than the template has now. ` +
        'Move that folder away to start with an empty one.',
    );
  }
  const table = existing ?? (await makeTable(store, input));
  tables.set(name, table);
  return table;
}

async function makeTable(store: Store, input: object): Promise<TableRecord> {
  const output = await runAction(createTable.action, store, validateInput(createTable, store, input));
  const table = (output as { TableDescription: TableRecord }).TableDescription;
  await markActive(store, table);
  return table;
}

interface Operation {
  action: Action;
  types: unknown;
  custom: unknown;
}

function loadOperation(name: string): Operation {
  const file = name.charAt(0).toLowerCase() + name.slice(1);
  const { types, custom } = load(`dynalite/validations/${file}.js`);
  return { action: load(`dynalite/actions/${file}.js`), types, custom };
}

/** Validates the input and parses its expressions. Throws a ServiceError in DynamoDB's words. */
function validateInput({ types, custom }: Operation, store: Store, input: object): object {
  try {
    const checked = validations.checkTypes(input, types);
    validations.checkValidations(checked, types, custom, store);
    return checked;
  } catch (error) {
    throw toServiceError(error, store);
  }
}

function runAction(action: Action, store: Store, input: object): Promise<object> {
  return new Promise<object>((resolve, reject) => {
    action(store, input, (error, output = {}) => (error ? reject(toServiceError(error, store)) : resolve(output)));
  });
}

/** The caller's mistake keeps DynamoDB's words. A fault of the store becomes DynamoDB's 500, so that an SDK retries. */
function toServiceError(error: unknown, store: Store): Error {
  const { statusCode, body } = error as { statusCode?: number; body?: { __type: string; message?: string } };
  if (statusCode !== undefined && body) return new ServiceError(body.__type, body.message ?? '', statusCode, body);
  const reason = error instanceof Error ? error.message : String(error);
  return new ServiceError(fault, `The local store in ${folderOf(store)} failed: ${reason}`, 500);
}
