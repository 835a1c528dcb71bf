import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { deliveryIndexes } from '../shared/deliveries/dispatch/delivery-partitions.ts';
import { acknowledgeNoBackup, tableProtection } from './data-protection.ts';
import type { HooklatchFunction } from './function.ts';

/** The types of the indexes' sort keys. */
const sortTypes = { at: AttributeType.STRING, due: AttributeType.NUMBER };

/** The Deliveries table. `shared/deliveries/dispatch/delivery-table.ts` explains its keys. */
export class DeliveriesTable extends Construct {
  private readonly table: Table;

  constructor(scope: Construct, keepsData: boolean) {
    super(scope, 'Deliveries');
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      ...tableProtection(keepsData),
    });
    acknowledgeNoBackup(this.table, keepsData);
    for (const [indexName, { partition, sort }] of Object.entries(deliveryIndexes))
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: sort, type: sortTypes[sort] },
        projectionType: ProjectionType.ALL,
      });
  }

  /** Allows reading and replacing items whose keys are known. */
  grantChange(fn: HooklatchFunction): void {
    this.name(fn);
    fn.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], this.table.tableArn);
  }

  /** Allows removing items that are no record of anything: timers, leases, and what stood for an event until it was matched. */
  grantRemove(fn: HooklatchFunction): void {
    fn.allow(['dynamodb:DeleteItem'], this.table.tableArn);
  }

  /** Allows listing by one of the indexes. */
  grantList(fn: HooklatchFunction, ...indexes: (keyof typeof deliveryIndexes)[]): void {
    this.name(fn);
    fn.allow(['dynamodb:Query'], ...indexes.map((index) => `${this.table.tableArn}/index/${index}`));
  }

  /** Allows listing the deliveries of an event, and their attempts. */
  grantListOfEvent(fn: HooklatchFunction): void {
    this.name(fn);
    fn.allow(['dynamodb:Query'], this.table.tableArn);
  }

  private name(fn: HooklatchFunction): void {
    fn.setVariable('DELIVERIES_TABLE', this.table.tableName);
  }
}
