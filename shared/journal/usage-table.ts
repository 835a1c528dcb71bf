/**
 * Usage in the Journal table. The function that counts events writes it from the Events table's stream. `handshake-count.ts`
 * writes the item `handshakes` next to the uses.
 *
 * | pk                      | sk                             |                                     |
 * |-------------------------|--------------------------------|-------------------------------------|
 * | `count#<connection id>` | `<minute>`                     | events: n; lastAt: its last event; expiresAt: after 2 days |
 * | `use#<connection id>`   | `token#<token id>` or `events` | at: time of arrival; it only ever moves forward |
 * | `late`                  | `tally`                        | since: time of the oldest record that waited; at: when noted |
 *
 * The stream's partitions are counted in parallel, so `lastAt` of a minute may be some seconds too early.
 */

import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { journalKey, sharedJournalKey } from '../aws/journal-key.ts';
import { numberIn, readSpan, textIn } from '../aws/journal-span.ts';
import { secondsPerDay } from '../base/time.ts';
import { minuteOf } from './rejection.ts';
import type { LastUse, MinuteCount, UseNote } from './usage.ts';

/** The time for which the count of a minute is stored, in seconds: two days. */
const minuteCountSeconds = 2 * secondsPerDay;

export interface UsageTable {
  add(count: MinuteCount): Promise<void>;
  /** Notes a use. If a later use is noted already, nothing changes. */
  note(use: UseNote): Promise<void>;
  lastUse(connectionId: string): Promise<LastUse>;
  /** The time of the last event, correct to the minute. Null if there was no event. */
  lastEventAt(connectionId: string): Promise<string | null>;
  /** The events of the 60 minutes up to `now` by minute, without empty minutes, and the time of the last of these events. */
  lastHour(
    connectionId: string,
    now: Date,
  ): Promise<{ counts: { minute: string; count: number }[]; lastAt: string | null }>;
  /**
   * Notes that events are counted late.
   * @param since the time of the first record of the batch
   */
  noteLate(since: string, at: string): Promise<void>;
  lateness(): Promise<{ since: string; at: string } | undefined>;
}

export const usageTable = (client: DynamoDBClient, table: string): UsageTable => ({
  async add({ connectionId, minute, events, lastAt }) {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { pk: { S: journalKey('count', connectionId) }, sk: { S: minute } },
        UpdateExpression: 'ADD #events :events SET expiresAt = :expiresAt, lastAt = :lastAt',
        ExpressionAttributeNames: { '#events': 'events' },
        ExpressionAttributeValues: {
          ':events': { N: String(events) },
          ':lastAt': { S: lastAt },
          ':expiresAt': { N: String(Date.parse(`${minute}Z`) / 1000 + minuteCountSeconds) },
        },
      }),
    );
  },

  async note({ connectionId, what, at }) {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: journalKey('use', connectionId) }, sk: { S: what } },
          UpdateExpression: 'SET #at = :at',
          ConditionExpression: 'attribute_not_exists(#at) OR #at < :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': { S: at } },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },

  async lastUse(connectionId) {
    const span = { pk: journalKey('use', connectionId), least: 'events', greatest: 'token#~', order: 'asc' } as const;
    const { items } = await readSpan(client, table, span, {});
    const uses = items.map((item) => [textIn(item, 'sk'), textIn(item, 'at')] as const);
    const tokens = uses.flatMap(([what, at]) => (what.startsWith('token#') ? [[what.slice(6), at] as const] : []));
    const shaken = items.find((item) => textIn(item, 'sk') === 'handshakes');
    const handshakes = shaken && { count: numberIn(shaken, 'count'), lastAt: textIn(shaken, 'at') };
    return { tokens: new Map(tokens), lastEventAt: uses.find(([what]) => what === 'events')?.[1] ?? null, handshakes };
  },

  async lastEventAt(connectionId) {
    const span = { pk: journalKey('use', connectionId), least: 'events', greatest: 'events', order: 'asc' } as const;
    const [item] = (await readSpan(client, table, span, {})).items;
    return item ? textIn(item, 'at') : null;
  },

  async lastHour(connectionId, now) {
    const least = minuteOf(new Date(now.getTime() - 59 * 60_000));
    const span = { pk: journalKey('count', connectionId), least, greatest: minuteOf(now), order: 'asc' } as const;
    const { items } = await readSpan(client, table, span, {});
    const counts = items.map((item) => ({ minute: textIn(item, 'sk'), count: numberIn(item, 'events') }));
    const last = items.at(-1);
    return { counts, lastAt: last ? textIn(last, 'lastAt') : null };
  },

  async noteLate(since, at) {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { pk: { S: sharedJournalKey('late') }, sk: { S: 'tally' } },
        UpdateExpression: 'SET since = :since, #at = :at',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':since': { S: since }, ':at': { S: at } },
      }),
    );
  },

  async lateness() {
    const span = { pk: sharedJournalKey('late'), least: 'tally', greatest: 'tally', order: 'asc' } as const;
    const [item] = (await readSpan(client, table, span, {})).items;
    return item && { since: textIn(item, 'since'), at: textIn(item, 'at') };
  },
});
