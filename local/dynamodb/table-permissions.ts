import type { AttributeValue, Item, TableRecord } from 'dynalite/db/index.js';
import type { CallDetails, RequiredPermission } from '../aws/aws-service.ts';

/** An operation's input after dynalite has checked its types and parsed its expressions. */
export interface TableInput {
  TableName?: string;
  IndexName?: string;
  ConsistentRead?: boolean;
  Key?: Item;
  Item?: Item;
  KeyConditions?: Record<string, { ComparisonOperator: string; AttributeValueList: AttributeValue[] }>;
  RequestItems?: Record<string, BatchGet | BatchWrite[]>;
  _condition?: unknown;
  Expected?: unknown;
}
interface BatchGet {
  Keys: Item[];
  ConsistentRead?: boolean;
}
interface BatchWrite {
  PutRequest?: { Item: Item };
  DeleteRequest?: { Key: Item };
}

/**
 * The permissions that an operation requires: the operation on each table, or on the index of a Query or Scan. The
 * partition keys that it touches are `dynamodb:LeadingKeys`. A Scan touches no named key, so this condition does not
 * restrict it, as on AWS.
 */
export function tablePermissions(
  operation: string,
  input: TableInput,
  tables: ReadonlyMap<string, TableRecord>,
  arnPrefix: string,
): RequiredPermission[] {
  return Object.entries(touchedItems(input)).map(([name, items]) => {
    const keys = leadingKeys(items, hashKeyOf(tables.get(name), input.IndexName));
    return {
      action: `dynamodb:${operation}`,
      resource: `${arnPrefix}${name}${input.IndexName === undefined ? '' : `/index/${input.IndexName}`}`,
      conditions: keys.length > 0 ? { 'dynamodb:LeadingKeys': keys } : {},
    };
  });
}

/** The details of a call that tests and benchmarks count. */
export function tableCallDetails(input: TableInput): CallDetails {
  const batch = Object.entries(input.RequestItems ?? {});
  const table = input.TableName ?? batch[0]?.[0];
  const consistent = input.ConsistentRead || batch.some(([, get]) => !Array.isArray(get) && get.ConsistentRead);
  return {
    ...(table !== undefined && { table }),
    ...(input.IndexName !== undefined && { index: input.IndexName }),
    consistentRead: consistent === true,
    conditional: input._condition !== undefined || input.Expected !== undefined,
  };
}

/** The items or keys that the input names, by table. */
function touchedItems(input: TableInput): Record<string, Item[]> {
  if (input.TableName === undefined) {
    const batch = Object.entries(input.RequestItems ?? {});
    return Object.fromEntries(batch.map(([table, requests]) => [table, batchItems(requests)]));
  }
  const item = input.Key ?? input.Item ?? queriedKey(input);
  return { [input.TableName]: item ? [item] : [] };
}

function batchItems(requests: BatchGet | BatchWrite[]): Item[] {
  if (!Array.isArray(requests)) return requests.Keys;
  return requests.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {});
}

function queriedKey({ KeyConditions }: TableInput): Item | undefined {
  if (!KeyConditions) return undefined;
  const equal = Object.entries(KeyConditions).filter(([, { ComparisonOperator }]) => ComparisonOperator === 'EQ');
  return Object.fromEntries(equal.map(([name, { AttributeValueList }]) => [name, AttributeValueList[0] ?? {}]));
}

function hashKeyOf(table: TableRecord | undefined, indexName: string | undefined): string | undefined {
  const index = table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === indexName);
  return (indexName === undefined ? table : index)?.KeySchema[0]?.AttributeName;
}

function leadingKeys(items: Item[], hashKey: string | undefined): string[] {
  return items.flatMap((item) => Object.values(item[hashKey ?? ''] ?? {}).map(String));
}
