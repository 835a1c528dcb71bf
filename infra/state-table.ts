import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { stateIndex } from '../shared/endpoint/state-table.ts';
import { acknowledgeNoBackup, tableProtection } from './data-protection.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';

/** The State table: connections and operators. `shared/endpoint/state-table.ts` explains its keys. */
export class StateTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'State');
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      ...tableProtection(stage),
    });
    acknowledgeNoBackup(this.table, stage);
    this.table.addGlobalSecondaryIndex({
      indexName: stateIndex,
      partitionKey: { name: 'kind', type: AttributeType.STRING },
      sortKey: { name: 'name', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }

  /** Allows reading records whose names are known. */
  grantRead(fn: HooklatchFunction): void {
    fn.setVariable('stateTable', this.table.tableName);
    fn.allow(['dynamodb:GetItem'], this.table.tableArn);
  }

  /** Allows reading and replacing records. */
  grantChange(fn: HooklatchFunction): void {
    this.grantRead(fn);
    fn.allow(['dynamodb:PutItem'], this.table.tableArn);
  }

  /** Allows listing connections. */
  grantList(fn: HooklatchFunction): void {
    fn.setVariable('stateTable', this.table.tableName);
    fn.allow(['dynamodb:Query'], `${this.table.tableArn}/index/${stateIndex}`);
  }

  /** Allows reading, replacing, listing and removing connections. */
  grantManage(fn: HooklatchFunction): void {
    this.grantChange(fn);
    fn.allow(['dynamodb:DeleteItem'], this.table.tableArn);
    this.grantList(fn);
  }
}
