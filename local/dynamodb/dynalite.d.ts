/** The parts of dynalite that this runtime uses: in-process, without its HTTP server. */

declare module 'dynalite/db/index.js' {
  import type { Level } from 'level';

  export type AttributeValue = Record<string, unknown>;
  export type Item = Record<string, AttributeValue>;
  export interface KeyElement {
    AttributeName: string;
    KeyType: 'HASH' | 'RANGE';
  }
  export interface IndexRecord {
    IndexName: string;
    IndexStatus: string;
    KeySchema: KeyElement[];
    Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
  }
  export interface TableRecord {
    TableName: string;
    TableArn: string;
    TableStatus: string;
    KeySchema: KeyElement[];
    AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
    GlobalSecondaryIndexes?: IndexRecord[];
  }
  export interface Store {
    db: Level<string, unknown>;
    tableDb: { awsAccountId: string; awsRegion: string };
    lifecycleManager: { gracefulClose(): Promise<void> };
  }
  export interface StoreOptions {
    path: string;
    createTableMs: number;
    deleteTableMs: number;
    updateTableMs: number;
  }

  const db: {
    create(options: StoreOptions): Store;
    createKey(item: Item, table: TableRecord): string;
    /** The size in bytes, as DynamoDB counts it. */
    itemSize(item: Item): number;
    getIndexActions(
      indexes: IndexRecord[],
      existing: Item | null,
      item: Item | null,
      table: TableRecord,
    ): { puts: { index: string; key: string; item: Item }[] };
  };
  export default db;
}

declare module 'dynalite/validations/index.js' {
  const validations: {
    checkTypes(input: object, types: unknown): Record<string, unknown>;
    checkValidations(input: object, types: unknown, custom: unknown, store: unknown): void;
  };
  export default validations;
}
