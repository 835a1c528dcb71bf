import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { acknowledgeNoBackup, type Stage, safeguards } from './stage.ts';

/**
 * The Journal table, for what is observed rather than decided: history, rejections, last use, counters. It is here
 * before its writers, so that a stage that keeps its data has it from the first deployment on.
 */
export class Journal extends Construct {
  constructor(scope: Construct, stage: Stage) {
    super(scope, 'Journal');
    const table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      ...safeguards(stage),
    });
    acknowledgeNoBackup(table, stage);
  }
}
