/**
 * Alerts in the Journal table, written by the watch alone: those that are open, and those that are about to be told. All
 * are in one partition, so that one query finds them, those of deleted connections too; an alert that ended is removed.
 *
 * | pk       | sk                       | told | triedAt | detail                     |
 * |----------|--------------------------|------|---------|----------------------------|
 * | `alerts` | `<connection id>#<kind>` | bool | time    | what the bus is told, JSON |
 *
 * Each write is conditional on what was known, so that of two watches at once one tells.
 */

import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { sharedJournalKey } from '../aws/journal-key.ts';
import { type JournalItem, readSpan } from '../aws/journal-span.ts';
import type { WriteResult } from '../endpoint/state-table.ts';
import { type Alert, alertOnceTold, alertSchema } from './alert.ts';

const pk = sharedJournalKey('alerts');

export interface AlertTable {
  /** All that are written down; eventually consistent, which the conditions of the writes make up for. */
  open(): Promise<Alert[]>;
  /** Writes down what is to be told, in place of what was known. `lost` if another watch was faster. */
  claim(alert: Alert, known: Alert | undefined): Promise<WriteResult>;
  /** Notes that it was told, unless another watch took it for given up and tells it again. */
  settle(alert: Alert): Promise<void>;
}

const keyOf = ({ connectionId, kind }: Pick<Alert, 'connectionId' | 'kind'>): JournalItem => ({
  pk: { S: pk },
  sk: { S: `${connectionId}#${kind}` },
});

const itemOf = (alert: Alert): JournalItem => ({
  ...keyOf(alert),
  told: { BOOL: alert.told },
  triedAt: { S: alert.triedAt },
  detail: { S: JSON.stringify(alert.detail) },
});

function alertIn({ sk, told, triedAt, detail }: JournalItem): Alert {
  const [connectionId, kind] = (sk?.S ?? '').split('#');
  return alertSchema.parse({
    connectionId,
    kind,
    told: told?.BOOL,
    triedAt: triedAt?.S,
    detail: JSON.parse(detail?.S ?? 'null'),
  });
}

/** Holds as long as this very alert is the one that is written down; without one, as long as there is none. */
const whileIts = (alert: Alert | undefined) =>
  alert === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'told = :told AND triedAt = :triedAt',
        ExpressionAttributeValues: { ':told': { BOOL: alert.told }, ':triedAt': { S: alert.triedAt } },
      };

async function unlessLost(sending: Promise<unknown>): Promise<WriteResult> {
  try {
    await sending;
    return 'written';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'lost';
    throw error;
  }
}

export const alertTable = (client: DynamoDBClient, table: string): AlertTable => ({
  async open() {
    const { items } = await readSpan(client, table, { pk, least: ' ', greatest: '~', order: 'asc' }, {});
    return items.map(alertIn);
  },

  claim: (alert, known) =>
    unlessLost(client.send(new PutItemCommand({ TableName: table, Item: itemOf(alert), ...whileIts(known) }))),

  async settle(alert) {
    const kept = alertOnceTold(alert);
    const sending = kept
      ? client.send(new PutItemCommand({ TableName: table, Item: itemOf(kept), ...whileIts(alert) }))
      : client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(alert), ...whileIts(alert) }));
    await unlessLost(sending);
  },
});
