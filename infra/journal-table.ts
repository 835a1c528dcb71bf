import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { type JournalKind, keyPattern } from '../shared/ground/aws/journal-key.ts';
import { acknowledgeNoBackup, tableProtection } from './data-protection.ts';
import type { HooklatchFunction } from './function.ts';

/** Actions on the Journal's items. */
export type JournalAction = 'GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query';

/**
 * The Journal table. The Journal table stores what Hooklatch observes: history, rejections, last use, counters and
 * replay jobs. The State table stores what operators decide.
 */
export class JournalTable extends Construct {
  private readonly table: Table;

  constructor(scope: Construct, keepsData: boolean) {
    super(scope, 'Journal');
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      ...tableProtection(keepsData),
    });
    acknowledgeNoBackup(this.table, keepsData);
  }

  /**
   * Allows exactly these actions, each on exactly these kinds of items. So a function that counts rejections can't write
   * history.
   */
  grant(fn: HooklatchFunction, rights: Partial<Record<JournalAction, JournalKind[]>>): void {
    fn.setVariable('JOURNAL_TABLE', this.table.tableName);
    for (const [action, kinds] of Object.entries(rights)) {
      fn.allowItems([`dynamodb:${action}`], this.table.tableArn, kinds.map(keyPattern));
    }
  }
}
