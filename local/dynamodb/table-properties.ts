import type { KeyElement, TableRecord } from 'dynalite/db/index.js';

/** The properties of AWS::DynamoDB::Table that CreateTable takes. */
const used = ['TableName', 'KeySchema', 'AttributeDefinitions', 'GlobalSecondaryIndexes', 'BillingMode'];

/** The property that `hasStream` reads. CreateTable does not take it here. */
const apart = ['StreamSpecification'];

/** Properties without effect on a laptop: backups, encryption, deletion protection, throughput, tags. */
const ignored = [
  'PointInTimeRecoverySpecification',
  'SSESpecification',
  'TimeToLiveSpecification',
  'DeletionProtectionEnabled',
  'WarmThroughput',
  'Tags',
];

/** The only supported StreamViewType. */
export const streamViewType = 'NEW_AND_OLD_IMAGES';

const usedByIndex = ['IndexName', 'KeySchema', 'Projection'];
const ignoredByIndex = ['WarmThroughput'];

type TableProperties = Record<string, unknown>;
type TableSchema = Pick<TableRecord, 'KeySchema' | 'AttributeDefinitions' | 'GlobalSecondaryIndexes'>;

/**
 * Makes CreateTable's input from the resolved properties of an AWS::DynamoDB::Table. Throws an Error that names the
 * table and any unknown property.
 */
export function createTableInput(properties: TableProperties): { TableName: string } & TableProperties {
  const { TableName, BillingMode } = properties;
  if (typeof TableName !== 'string') throw new Error('A table has no TableName.');
  refuseUnknown(`table ${TableName}`, properties, [...used, ...apart, ...ignored]);
  const indexes = indexesOf(properties);
  for (const index of indexes)
    refuseUnknown(`an index of table ${TableName}`, index, [...usedByIndex, ...ignoredByIndex]);
  if (BillingMode !== 'PAY_PER_REQUEST') throw new Error(`Table ${TableName} must have BillingMode PAY_PER_REQUEST.`);
  const input = used.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]]]));
  const kept = indexes.map(({ WarmThroughput: _, ...index }) => index);
  return structuredClone({
    ...Object.fromEntries(input),
    ...(kept.length > 0 && { GlobalSecondaryIndexes: kept }),
    TableName,
  });
}

/**
 * Whether the table has a stream. Throws an Error that names the table unless the stream's records contain whole items,
 * new and old.
 */
export function hasStream({ TableName, StreamSpecification }: TableProperties): boolean {
  if (StreamSpecification === undefined) return false;
  const specification = StreamSpecification as TableProperties;
  refuseUnknown(`the stream of table ${TableName}`, specification, ['StreamViewType']);
  if (specification['StreamViewType'] !== streamViewType) {
    throw new Error(`The stream of table ${TableName} must have StreamViewType ${streamViewType}.`);
  }
  return true;
}

/**
 * The ARN of a table's stream. On AWS it ends in the stream's creation time. Here the time is constant, so that a
 * restart keeps the ARN.
 */
export function streamArn(tableArn: string): string {
  return `${tableArn}/stream/2026-01-01T00:00:00.000`;
}

/** Whether an existing table has the requested keys, types and indexes. The order of lists does not matter. */
export function hasSameSchema(existing: TableSchema, input: TableProperties): boolean {
  return schemaText(existing) === schemaText(input as TableProperties & TableSchema);
}

function schemaText({ KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] }: TableSchema): string {
  const keys = (schema: KeyElement[]) => schema.map(({ AttributeName, KeyType }) => [KeyType, AttributeName]).sort();
  const attributes = AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]);
  const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: schema, Projection }) => [
    IndexName,
    keys(schema),
    Projection.ProjectionType,
    (Projection.NonKeyAttributes ?? []).toSorted(),
  ]);
  return JSON.stringify([keys(KeySchema), attributes.sort(), indexes.sort()]);
}

function refuseUnknown(owner: string, properties: TableProperties, known: string[]): void {
  const unknown = Object.keys(properties).filter((name) => properties[name] !== undefined && !known.includes(name));
  if (unknown.length > 0) throw new Error(`The local runtime does not know ${unknown.join(', ')} of ${owner}.`);
}

function indexesOf({ GlobalSecondaryIndexes = [] }: TableProperties): TableProperties[] {
  return GlobalSecondaryIndexes as TableProperties[];
}
