/**
 * The relay's notes of its work, in the Journal table. Nothing is written for an event that is published normally.
 *
 * | pk                         | sk                         |                                                            |
 * |----------------------------|----------------------------|------------------------------------------------------------|
 * | `relay`                    | `alive`                    | at: its last batch, to the minute; since: its first batch   |
 * | `relay`                    | `behind#<sequence number>` | since: time of the record; at: when noted; expiresAt       |
 * | `given_up#<connection id>` | `<event id>`               | replays, code, at; expiresAt: that of the event            |
 *
 * While a batch is late and not done, a `behind` item names the first record of the batch. That record is the relay's position
 * in one partition of the stream. Each later try of the batch begins with that record. The try that completes the record
 * removes the item. The relay also notes a stuck record that is not late yet. If that record is published before it is late,
 * nothing removes the note. Therefore the note counts for only one minute.
 */

import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { attributeUpdate } from '../../ground/aws/attribute-update.ts';
import { journalKey, sharedJournalKey } from '../../ground/aws/journal-key.ts';
import { readSpan } from '../../ground/aws/journal-span.ts';
import { secondsPerDay } from '../../ground/base/time.ts';

/** The time for which a `behind` note is stored, in seconds. */
const behindNoteSeconds = 30 * secondsPerDay;

/** Times of a record: when it was written, and when it was last noted. */
export interface BehindNote {
  since: string;
  at: string;
}

/** The relay's position in the stream, from its notes. */
export interface RelayPosition {
  /** The times of the relay's first and last batch. Undefined before the first batch. */
  alive: BehindNote | undefined;
  behind: BehindNote[];
}

/** An event that was given up: the number of its replays by then, the error code, and the time. */
export interface GivenUpNote {
  replays: number;
  code: string;
  at: string;
}

/** The key of an event in these notes. */
export interface EventKey {
  connectionId: string;
  id: string;
}

export interface RelayTable {
  beat(now: Date): Promise<void>;
  noteBehind(sequenceNumber: string, since: Date, now: Date): Promise<void>;
  forgetBehind(sequenceNumber: string): Promise<void>;
  /**
   * Notes that the relay gave up an event.
   * @param event with its expiry, in epoch seconds
   */
  noteGivenUp(event: EventKey & { expiresAt: number }, givenUp: GivenUpNote): Promise<void>;
  /** The ids of the connection's events that were given up. */
  givenUpOf(connectionId: string): Promise<string[]>;
  forgetGivenUp(event: EventKey): Promise<void>;
  position(): Promise<RelayPosition>;
  readGivenUp(event: EventKey): Promise<GivenUpNote | undefined>;
}

type RelayItem = Record<string, AttributeValue>;

const relayPartition = sharedJournalKey('relay');

const relayItemKey = (pk: string, sk: string): RelayItem => ({ pk: { S: pk }, sk: { S: sk } });
const givenUpKey = ({ connectionId, id }: EventKey): RelayItem =>
  relayItemKey(journalKey('given_up', connectionId), id);
const behindKey = (sequenceNumber: string): RelayItem => relayItemKey(relayPartition, `behind#${sequenceNumber}`);

const behindIn = ({ since, at }: RelayItem): BehindNote => ({
  since: since?.S ?? '',
  at: at?.S ?? '',
});

/** All items of a partition. */
const wholeOf = (pk: string) => ({ pk, least: ' ', greatest: '~', order: 'asc' }) as const;

export function relayTable(client: DynamoDBClient, table: string): RelayTable {
  const set = async (Key: RelayItem, values: RelayItem, first?: RelayItem) =>
    void (await client.send(new UpdateItemCommand({ TableName: table, ...attributeUpdate(Key, values, first) })));
  const remove = async (Key: RelayItem) => void (await client.send(new DeleteItemCommand({ TableName: table, Key })));

  return {
    beat: (now) =>
      set(relayItemKey(relayPartition, 'alive'), { at: { S: now.toISOString() } }, { since: { S: now.toISOString() } }),

    noteBehind: (sequenceNumber, since, now) =>
      set(behindKey(sequenceNumber), {
        since: { S: since.toISOString() },
        at: { S: now.toISOString() },
        expiresAt: { N: String(Math.floor(now.getTime() / 1000) + behindNoteSeconds) },
      }),

    forgetBehind: (sequenceNumber) => remove(behindKey(sequenceNumber)),

    noteGivenUp: ({ expiresAt, ...event }, { replays, code, at }) =>
      set(givenUpKey(event), {
        replays: { N: String(replays) },
        code: { S: code },
        at: { S: at },
        expiresAt: { N: String(expiresAt) },
      }),

    async givenUpOf(connectionId) {
      const span = wholeOf(journalKey('given_up', connectionId));
      const { items } = await readSpan(client, table, { ...span, only: ['at'] }, {});
      return items.map(({ sk }) => sk?.S ?? '');
    },

    forgetGivenUp: (event) => remove(givenUpKey(event)),

    async position() {
      const { items } = await readSpan(client, table, { ...wholeOf(relayPartition), consistent: true }, {});
      const alive = items.find(({ sk }) => sk?.S === 'alive');
      const behind = items.filter((item) => item !== alive).map(behindIn);
      return { alive: alive && behindIn(alive), behind };
    },

    async readGivenUp(event) {
      const Key = givenUpKey(event);
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return (
        Item && {
          replays: Number(Item['replays']?.N),
          code: Item['code']?.S ?? '',
          at: Item['at']?.S ?? '',
        }
      );
    },
  };
}
