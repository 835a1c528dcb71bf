/**
 * Usage in the Journal table. The function that counts events writes it from the Events table's stream. `handshake-count.ts`
 * writes the item `handshakes` next to the uses, and `minute-count-table.ts` the counts of minutes.
 *
 * | pk                      | sk                             |                                     |
 * |-------------------------|--------------------------------|-------------------------------------|
 * | `use#<connection id>`   | `token#<token id>` or `events` | at: time of arrival; it only ever moves forward |
 * | `late`                  | `tally`                        | since: time of the oldest record that waited; at: when noted |
 */

import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { attributeUpdate } from '../../ground/aws/attribute-update.ts';
import { setIfLater } from '../../ground/aws/conditional-write.ts';
import { journalKey, sharedJournalKey } from '../../ground/aws/journal-key.ts';
import { numberIn, readSpan, textIn } from '../../ground/aws/journal-span.ts';
import { minuteOf } from '../../ground/base/time.ts';
import type { LastUse, UseNote } from './usage.ts';

export interface UsageTable {
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

const lateKey = { pk: { S: sharedJournalKey('late') }, sk: { S: 'tally' } };

export function usageTable(client: DynamoDBClient, table: string): UsageTable {
  const read = async (pk: string, least: string, greatest = least) =>
    (await readSpan(client, table, { pk, least, greatest, order: 'asc' }, {})).items;
  return {
    note: ({ connectionId, what, at }) =>
      setIfLater(client, table, { pk: { S: journalKey('use', connectionId) }, sk: { S: what } }, { at: { S: at } }),

    async lastUse(connectionId) {
      const items = await read(journalKey('use', connectionId), 'events', 'token#~');
      const uses = items.map((item) => [textIn(item, 'sk'), textIn(item, 'at')] as const);
      const tokens = uses.flatMap(([what, at]) => (what.startsWith('token#') ? [[what.slice(6), at] as const] : []));
      const shaken = items.find((item) => textIn(item, 'sk') === 'handshakes');
      const handshakes = shaken && { count: numberIn(shaken, 'count'), lastAt: textIn(shaken, 'at') };
      return {
        tokens: new Map(tokens),
        lastEventAt: uses.find(([what]) => what === 'events')?.[1] ?? null,
        handshakes,
      };
    },

    async lastEventAt(connectionId) {
      const [item] = await read(journalKey('use', connectionId), 'events');
      return item ? textIn(item, 'at') : null;
    },

    async lastHour(connectionId, now) {
      const least = minuteOf(new Date(now.getTime() - 59 * 60_000));
      const items = await read(journalKey('count', connectionId), least, minuteOf(now));
      const counts = items.map((item) => ({ minute: textIn(item, 'sk'), count: numberIn(item, 'events') }));
      // A minute in which a hold ended may have no event.
      const times = items.map((item) => textIn(item, 'lastAt')).filter((time) => time !== '');
      return { counts, lastAt: times.at(-1) ?? null };
    },

    async noteLate(since, at) {
      const update = attributeUpdate(lateKey, { since: { S: since }, at: { S: at } });
      await client.send(new UpdateItemCommand({ TableName: table, ...update }));
    },

    async lateness() {
      const [item] = await read(sharedJournalKey('late'), 'tally');
      return item && { since: textIn(item, 'since'), at: textIn(item, 'at') };
    },
  };
}
