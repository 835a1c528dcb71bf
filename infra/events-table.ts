import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { eventIndex, eventIndexAttributes } from '../shared/event/event-table.ts';
import { acknowledgeNoBackup, tableProtection } from './data-protection.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';

/** The Events table. Its keys are explained in `shared/event/event-table.ts`. */
export class EventsTable extends Construct {
  readonly table: Table;
  private readonly shards: number;

  /** @param shards how many partitions of the index the events of one connection are spread over */
  constructor(scope: Construct, stage: Stage, shards: number) {
    super(scope, 'Events');
    this.shards = shards;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
      ...tableProtection(stage),
    });
    acknowledgeNoBackup(this.table, stage);
    this.table.addGlobalSecondaryIndex({
      indexName: eventIndex,
      partitionKey: { name: 'shard', type: AttributeType.STRING },
      sortKey: { name: 'at', type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: eventIndexAttributes,
    });
  }

  /** Adding events, and comparing a repeated delivery with the first; none can be changed or removed by that. */
  grantAppend(fn: HooklatchFunction): void {
    this.name(fn);
    fn.allow(['dynamodb:PutItem', 'dynamodb:GetItem'], this.table.tableArn);
  }

  /** Reading events whose ids are known. */
  grantGet(fn: HooklatchFunction): void {
    this.name(fn);
    fn.allow(['dynamodb:GetItem'], this.table.tableArn);
  }

  /** Reading events whose ids are known, and listing them. */
  grantRead(fn: HooklatchFunction): void {
    this.grantList(fn);
    this.grantGet(fn);
  }

  /** Having events published once more, by what is written to them. */
  grantReplay(fn: HooklatchFunction): void {
    this.grantRead(fn);
    fn.allow(['dynamodb:UpdateItem'], this.table.tableArn);
  }

  /** Listing events, without headers and bodies. */
  grantList(fn: HooklatchFunction): void {
    this.name(fn);
    fn.allow(['dynamodb:Query'], `${this.table.tableArn}/index/${eventIndex}`);
  }

  private name(fn: HooklatchFunction): void {
    fn.setVariable('eventsTable', this.table.tableName);
    fn.setVariable('eventShards', String(this.shards));
  }
}
