import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { eventIndex, eventIndexAttributes } from '../shared/events/event/event-table.ts';
import { acknowledgeNoBackup, tableProtection } from './data-protection.ts';
import type { HooklatchFunction } from './function.ts';

export interface EventsTableProps {
  /** The number of index partitions for the events of one connection. */
  shards: number;
  /** Events a second that the table and its index take at once: each event is at least one write to both. */
  warmThroughput?: number | undefined;
}

/** The Events table. `shared/events/event/event-table.ts` explains its keys. */
export class EventsTable extends Construct {
  readonly table: Table;
  private readonly shards: number;

  constructor(scope: Construct, keepsData: boolean, { shards, warmThroughput }: EventsTableProps) {
    super(scope, 'Events');
    this.shards = shards;
    const warm = warmThroughput === undefined ? {} : { warmThroughput: { writeUnitsPerSecond: warmThroughput } };
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
      ...warm,
      ...tableProtection(keepsData),
    });
    acknowledgeNoBackup(this.table, keepsData);
    this.table.addGlobalSecondaryIndex({
      indexName: eventIndex,
      partitionKey: { name: 'shard', type: AttributeType.STRING },
      sortKey: { name: 'at', type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: eventIndexAttributes,
      ...warm,
    });
  }

  /**
   * Allows adding events, and comparing a repeated delivery with the first. This right does not allow changing or
   * removing events.
   */
  grantAppend(fn: HooklatchFunction): void {
    this.name(fn);
    fn.allow(['dynamodb:PutItem', 'dynamodb:GetItem'], this.table.tableArn);
  }

  /** Allows reading events whose ids are known. */
  grantGet(fn: HooklatchFunction): void {
    this.name(fn);
    fn.allow(['dynamodb:GetItem'], this.table.tableArn);
  }

  /** Allows reading events whose ids are known, and listing events. */
  grantRead(fn: HooklatchFunction): void {
    this.grantList(fn);
    this.grantGet(fn);
  }

  /** Allows asking the relay to publish events again, by a write to each event. */
  grantReplay(fn: HooklatchFunction): void {
    this.grantRead(fn);
    fn.allow(['dynamodb:UpdateItem'], this.table.tableArn);
  }

  /** Allows listing events without headers and bodies. */
  grantList(fn: HooklatchFunction): void {
    this.name(fn);
    fn.allow(['dynamodb:Query'], `${this.table.tableArn}/index/${eventIndex}`);
  }

  private name(fn: HooklatchFunction): void {
    fn.setVariable('EVENTS_TABLE', this.table.tableName);
    fn.setVariable('EVENT_SHARDS', String(this.shards));
  }
}
