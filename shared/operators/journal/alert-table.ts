/**
 * Alerts in the Journal table: open alerts, and alerts whose notice is about to be sent. Only `raise-alerts` writes them. All
 * alerts are in one partition, so one query finds them all, even the alerts of deleted connections. An ended alert is removed.
 *
 * | pk       | sk                       | told | triedAt | detail                     |
 * |----------|--------------------------|------|---------|----------------------------|
 * | `alerts` | `<connection id>#<kind>` | bool | time    | the notice, as JSON        |
 *
 * Each write is conditional on the alert that was read, so only one of two functions that run at once sends the notice.
 */

import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds, type WriteResult } from '../../ground/aws/conditional-write.ts';
import { sharedJournalKey } from '../../ground/aws/journal-key.ts';
import { type JournalItem, readSpan, textIn } from '../../ground/aws/journal-span.ts';
import { type Alert, alertOnceTold, alertSchema } from './alert.ts';

const pk = sharedJournalKey('alerts');

export interface AlertTable {
  /** All stored alerts. The read is eventually consistent, because the conditions of the writes detect a stale alert. */
  list(): Promise<Alert[]>;
  /**
   * Stores the alert before its notice is sent. The new alert replaces the known alert. `lost` if another function was
   * faster.
   */
  claim(alert: Alert, known: Alert | undefined): Promise<WriteResult>;
  /** Marks the notice as sent, unless another function has claimed the alert to send it again. */
  settle(alert: Alert): Promise<void>;
}

const alertKeyOf = ({ connectionId, kind }: Pick<Alert, 'connectionId' | 'kind'>): JournalItem => ({
  pk: { S: pk },
  sk: { S: `${connectionId}#${kind}` },
});

const alertItemOf = (alert: Alert): JournalItem => ({
  ...alertKeyOf(alert),
  told: { BOOL: alert.told },
  triedAt: { S: alert.triedAt },
  detail: { S: JSON.stringify(alert.detail) },
});

function alertIn(item: JournalItem): Alert {
  const [connectionId, kind] = textIn(item, 'sk').split('#');
  return alertSchema.parse({
    connectionId,
    kind,
    told: item['told']?.BOOL,
    triedAt: textIn(item, 'triedAt'),
    detail: JSON.parse(textIn(item, 'detail')),
  });
}

/** The condition that exactly this alert is still stored. For undefined, the condition that no alert is stored. */
const ifStillStored = (alert: Alert | undefined) =>
  alert === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'told = :told AND triedAt = :triedAt',
        ExpressionAttributeValues: { ':told': { BOOL: alert.told }, ':triedAt': { S: alert.triedAt } },
      };

export const alertTable = (client: DynamoDBClient, table: string): AlertTable => ({
  async list() {
    const { items } = await readSpan(client, table, { pk, least: ' ', greatest: '~', order: 'asc' }, {});
    return items.map(alertIn);
  },

  async claim(alert, known) {
    const put = new PutItemCommand({ TableName: table, Item: alertItemOf(alert), ...ifStillStored(known) });
    return (await ifConditionHolds(client.send(put))) ? 'written' : 'lost';
  },

  async settle(alert) {
    const toldAlert = alertOnceTold(alert);
    const sending = toldAlert
      ? client.send(new PutItemCommand({ TableName: table, Item: alertItemOf(toldAlert), ...ifStillStored(alert) }))
      : client.send(new DeleteItemCommand({ TableName: table, Key: alertKeyOf(alert), ...ifStillStored(alert) }));
    await ifConditionHolds<unknown>(sending);
  },
});
