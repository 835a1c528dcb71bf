import { isDeepStrictEqual } from 'node:util';
import type { TableRecord } from 'dynalite/db/index.js';

/** Properties of AWS::DynamoDB::Table that become the table. */
const used = ['TableName', 'KeySchema', 'AttributeDefinitions', 'GlobalSecondaryIndexes', 'BillingMode'];

/** Properties that change nothing on a laptop: backups, encryption, guards, names for costs; the stream is made elsewhere. */
const ignored = [
  'PointInTimeRecoverySpecification',
  'SSESpecification',
  'TimeToLiveSpecification',
  'DeletionProtectionEnabled',
  'Tags',
  'StreamSpecification',
];

const usedByIndex = ['IndexName', 'KeySchema', 'Projection'];

type Properties = Record<string, unknown>;
type Schema = Pick<TableRecord, 'KeySchema' | 'AttributeDefinitions' | 'GlobalSecondaryIndexes'>;

/**
 * CreateTable's input from the resolved properties of an AWS::DynamoDB::Table. Throws an Error that names the table and
 * the property if there is one that this runtime does not know.
 */
export function tableInput(properties: Properties): { TableName: string } & Properties {
  const { TableName, BillingMode } = properties;
  if (typeof TableName !== 'string') throw new Error('A table has no TableName.');
  refuseUnknown(`table ${TableName}`, properties, [...used, ...ignored]);
  for (const index of indexesOf(properties)) refuseUnknown(`an index of table ${TableName}`, index, usedByIndex);
  if (BillingMode !== 'PAY_PER_REQUEST') throw new Error(`Table ${TableName} must have BillingMode PAY_PER_REQUEST.`);
  const input = used.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]]]));
  return structuredClone({ ...Object.fromEntries(input), TableName });
}

/** Whether a table that exists has the keys, types and indexes that are asked for; the order of lists does not count. */
export function sameSchema(existing: Schema, input: Properties): boolean {
  return isDeepStrictEqual(schemaOf(existing), schemaOf(input as Properties & Schema));
}

function schemaOf({ KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] }: Schema): unknown {
  const byName = <T extends object>(list: T[], key: keyof T) =>
    list.toSorted((a, b) => (String(a[key]) < String(b[key]) ? -1 : 1));
  const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys, Projection }) => ({
    IndexName,
    keys: byName(keys, 'KeyType'),
    projection: Projection.ProjectionType,
    attributes: (Projection.NonKeyAttributes ?? []).toSorted(),
  }));
  return {
    keys: byName(KeySchema, 'KeyType'),
    attributes: byName(AttributeDefinitions, 'AttributeName'),
    indexes: byName(indexes, 'IndexName'),
  };
}

function refuseUnknown(owner: string, properties: Properties, known: string[]): void {
  const unknown = Object.keys(properties).filter((name) => properties[name] !== undefined && !known.includes(name));
  if (unknown.length > 0) throw new Error(`The local runtime does not know ${unknown.join(', ')} of ${owner}.`);
}

function indexesOf({ GlobalSecondaryIndexes = [] }: Properties): Properties[] {
  return GlobalSecondaryIndexes as Properties[];
}
