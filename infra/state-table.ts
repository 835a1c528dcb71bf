import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { deploymentKey } from '../shared/endpoints/endpoint/deployment-id.ts';
import { stateIndex } from '../shared/ground/aws/versioned-item.ts';
import { rosterKey } from '../shared/operators/operator/roster-table.ts';
import { acknowledgeNoBackup, tableProtection } from './data-protection.ts';
import type { HooklatchFunction } from './function.ts';

/** What a new on-demand table takes by itself, in reads a second. AWS refuses a lower value. */
const newTableReads = 12_000;

/** The pattern of connections' partition keys. A role that changes connections must not be able to add an operator. */
const connections = 'connection#*';

/** The pattern of destinations' partition keys. */
const destinations = 'destination#*';

/** The patterns of the partition keys of routes, and of the claims of connections on destinations. */
const routes = 'routes#*';
const routeUse = 'route-use#*';

/** The State table: connections, destinations, operators and the deployment's id. `shared/endpoints/endpoint/state-table.ts` explains its keys. */
export class StateTable extends Construct {
  readonly table: Table;

  /** @param webhooks how many webhooks a second have to be authorized at once; each is one read */
  constructor(scope: Construct, keepsData: boolean, webhooks = 0) {
    super(scope, 'State');
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      ...(webhooks > newTableReads && { warmThroughput: { readUnitsPerSecond: webhooks } }),
      ...tableProtection(keepsData),
    });
    acknowledgeNoBackup(this.table, keepsData);
    this.table.addGlobalSecondaryIndex({
      indexName: stateIndex,
      partitionKey: { name: 'kind', type: AttributeType.STRING },
      sortKey: { name: 'name', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }

  /** Allows reading connections whose names are known. */
  grantRead(fn: HooklatchFunction): void {
    fn.setVariable('STATE_TABLE', this.table.tableName);
    fn.allowItems(['dynamodb:GetItem'], this.table.tableArn, [connections]);
  }

  /** Allows reading and replacing connections. */
  grantChange(fn: HooklatchFunction): void {
    this.grantRead(fn);
    fn.allowItems(['dynamodb:PutItem'], this.table.tableArn, [connections]);
  }

  /** Allows reading and replacing connections, and making the deployment's id once: who makes a secret tags it with the id. */
  grantChangeWithSecrets(fn: HooklatchFunction): void {
    fn.setVariable('STATE_TABLE', this.table.tableName);
    fn.allowItems(['dynamodb:GetItem', 'dynamodb:PutItem'], this.table.tableArn, [connections, deploymentKey]);
  }

  /**
   * Allows reading, replacing and listing connections, reading destinations and removing those that were never finished, and
   * reading the deployment's id.
   */
  grantSweep(fn: HooklatchFunction): void {
    fn.allowItems(['dynamodb:GetItem'], this.table.tableArn, [connections, destinations, deploymentKey]);
    fn.allowItems(['dynamodb:PutItem'], this.table.tableArn, [connections]);
    fn.allowItems(['dynamodb:DeleteItem'], this.table.tableArn, [destinations]);
    this.grantList(fn);
  }

  /**
   * Allows reading, replacing, listing and removing destinations, and making the deployment's id once; and reading which routes lead
   * to a destination.
   */
  grantManageDestinations(fn: HooklatchFunction): void {
    fn.setVariable('STATE_TABLE', this.table.tableName);
    const readable = [destinations, deploymentKey, connections, routes, routeUse];
    fn.allowItems(['dynamodb:GetItem'], this.table.tableArn, readable);
    fn.allowItems(['dynamodb:PutItem'], this.table.tableArn, [destinations, deploymentKey]);
    fn.allowItems(['dynamodb:DeleteItem'], this.table.tableArn, [destinations]);
    fn.allowItems(['dynamodb:Query'], `${this.table.tableArn}/index/${stateIndex}`, ['destination']);
  }

  /** Allows reading and replacing connections, adding routes and claims on destinations, and reading destinations. */
  grantManageRoutes(fn: HooklatchFunction): void {
    fn.setVariable('STATE_TABLE', this.table.tableName);
    fn.allowItems(['dynamodb:GetItem'], this.table.tableArn, [connections, destinations, routes]);
    fn.allowItems(['dynamodb:PutItem'], this.table.tableArn, [connections, routes]);
    fn.allowItems(['dynamodb:UpdateItem'], this.table.tableArn, [routeUse]);
  }

  /**
   * Allows reading, replacing and removing connections and destinations whose names are known, adding routes and claims on destinations,
   * and making the deployment's id once.
   */
  grantManageByStack(fn: HooklatchFunction): void {
    fn.setVariable('STATE_TABLE', this.table.tableName);
    const stored = [connections, destinations, routes, deploymentKey];
    fn.allowItems(['dynamodb:GetItem'], this.table.tableArn, [...stored, routeUse]);
    fn.allowItems(['dynamodb:PutItem'], this.table.tableArn, stored);
    fn.allowItems(['dynamodb:UpdateItem'], this.table.tableArn, [routeUse]);
    fn.allowItems(['dynamodb:DeleteItem'], this.table.tableArn, [connections, destinations]);
  }

  /** Allows reading destinations whose names are known. */
  grantReadDestinations(fn: HooklatchFunction): void {
    fn.setVariable('STATE_TABLE', this.table.tableName);
    fn.allowItems(['dynamodb:GetItem'], this.table.tableArn, [destinations]);
  }

  /** Allows reading what sends events to destinations: lists of routes, and destinations. */
  grantReadRouting(fn: HooklatchFunction): void {
    fn.setVariable('STATE_TABLE', this.table.tableName);
    fn.allowItems(['dynamodb:GetItem'], this.table.tableArn, [destinations, routes]);
  }

  /** Allows reading connections, and what sends their events to destinations. */
  grantReadWithRouting(fn: HooklatchFunction): void {
    fn.setVariable('STATE_TABLE', this.table.tableName);
    fn.allowItems(['dynamodb:GetItem'], this.table.tableArn, [connections, destinations, routes]);
  }

  /** Allows reading and replacing the roster of operators, and nothing else. */
  grantChangeRoster(fn: HooklatchFunction): void {
    fn.setVariable('STATE_TABLE', this.table.tableName);
    fn.allowItems(['dynamodb:GetItem', 'dynamodb:PutItem'], this.table.tableArn, [rosterKey]);
  }

  /** Allows listing connections. */
  grantList(fn: HooklatchFunction): void {
    fn.setVariable('STATE_TABLE', this.table.tableName);
    fn.allow(['dynamodb:Query'], `${this.table.tableArn}/index/${stateIndex}`);
  }

  /** Allows removing connections. */
  grantRemove(fn: HooklatchFunction): void {
    fn.allowItems(['dynamodb:DeleteItem'], this.table.tableArn, [connections]);
  }

  /** Allows reading, replacing, listing and removing connections. */
  grantManage(fn: HooklatchFunction): void {
    this.grantChange(fn);
    this.grantRemove(fn);
    this.grantList(fn);
  }
}
