/**
 * History in the Journal table. It is kept forever.
 *
 * | pk                        | sk                                                  | other attributes               | written by the function that |
 * |---------------------------|-----------------------------------------------------|--------------------------------|------------------------------|
 * | `history#<connection id>` | `<version, 9 digits>`                               | of a change of the record      | follows the State table      |
 * | `actions#<connection id>` | `<time>#<id of the event or the replay job>#<turn>` | of what was done with a replay | counts events, or runs jobs  |
 *
 * A line may be written again, because streams and jobs repeat. A list merges both kinds by time.
 */

import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { journalKey } from '../aws/journal-key.ts';
import { type JournalItem, readSpan, textIn } from '../aws/journal-span.ts';
import type { NumberedAction } from './event-timeline.ts';
import { type HistoryLine, historyLineSchema } from './history.ts';
import { type NotedAction, type ReplayAction, replayActionSchema } from './replay-action.ts';

export interface HistoryTable {
  /** Adds the line of a change. If the line is there already, nothing changes. */
  append(connectionId: string, line: HistoryLine): Promise<void>;
  /** Adds the line of what was done with a replay. If the line is there already, nothing changes. */
  note(noted: NotedAction): Promise<void>;
  /**
   * Newest first.
   * @param from the `next` of the previous page
   */
  list(
    connectionId: string,
    page: { limit: number; from: string | undefined },
  ): Promise<{ lines: (HistoryLine | ReplayAction)[]; next: string | undefined }>;
  /** What was done with replays since a time, the oldest first, up to a thousand lines. */
  actionsSince(connectionId: string, time: string): Promise<NumberedAction[]>;
}

type Kind = 'history' | 'actions';

const versionDigits = 9;
/** The most actions that are read at once. */
const mostActions = 1_000;

/** Greater than every sort key of both kinds. */
const newest = '~';

type Value = string | number | boolean | string[] | { readonly [name: string]: Value | undefined };

function attributeOf(value: Value): AttributeValue {
  if (Array.isArray(value)) return { SS: value };
  if (typeof value === 'object') return { M: attributesOf(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  return typeof value === 'number' ? { N: String(value) } : { S: value };
}

const attributesOf = (values: object): Record<string, AttributeValue> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, attributeOf(value)]])),
  );

function valueIn({ S, N, SS, BOOL, M }: JournalItem[string]): unknown {
  if (M !== undefined) return valuesIn(M);
  return N === undefined ? (S ?? SS ?? BOOL) : Number(N);
}

const valuesIn = (item: JournalItem): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, valueIn(value)]));

/** Whether a text can be the position in a cursor of this list: the first keys that were not shown. One of them may be missing. */
export const isHistoryPosition = (text: string): boolean =>
  text !== '|' && /^(\d{9})?\|(\d{4}-\d\d-\d\dT[\d:.]+Z#(evt|run)_[0-9a-z-]+#\d+)?$/.test(text);

/** A line with its sort key. */
interface Keyed {
  key: string;
  line: HistoryLine | ReplayAction;
}

/** Merges two lists, each the newest first. Neither is sorted again: the clocks of two functions may differ. */
function merged(changes: readonly Keyed[], actions: readonly Keyed[]): Keyed[] {
  const left = [...actions];
  const lines = changes.flatMap((change) => {
    const later = left.findIndex(({ line }) => line.at <= change.line.at);
    return [...left.splice(0, later < 0 ? left.length : later), change];
  });
  return [...lines, ...left];
}

export function historyTable(client: DynamoDBClient, table: string): HistoryTable {
  async function put(pk: string, sk: string, line: HistoryLine | ReplayAction): Promise<void> {
    const Item = { pk: { S: pk }, sk: { S: sk }, ...attributesOf(line) };
    try {
      await client.send(
        new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  const read = async (kind: Kind, connectionId: string, greatest: string, items: number) =>
    (
      await readSpan(
        client,
        table,
        { pk: journalKey(kind, connectionId), least: '0', greatest, order: 'desc' },
        { items },
      )
    ).items;

  return {
    append: (connectionId, line) =>
      put(journalKey('history', connectionId), String(line.version).padStart(versionDigits, '0'), line),

    note: ({ connectionId, turn, action }) =>
      put(journalKey('actions', connectionId), `${action.at}#${action.of}#${turn}`, action),

    async list(connectionId, { limit, from = `${newest}|${newest}` }) {
      const [version, action] = from.split('|') as [string, string];
      const [changes, actions] = await Promise.all([
        read('history', connectionId, version, limit + 1),
        read('actions', connectionId, action, limit + 1),
      ]);
      const all = merged(
        changes.map((item) => ({ key: textIn(item, 'sk'), line: historyLineSchema.parse(valuesIn(item)) })),
        actions.map((item) => ({ key: textIn(item, 'sk'), line: replayActionSchema.parse(valuesIn(item)) })),
      );
      const rest = all.slice(limit);
      const firstOf = (isChange: boolean) => rest.find(({ line }) => 'version' in line === isChange)?.key ?? '';
      const next = rest.length > 0 ? `${firstOf(true)}|${firstOf(false)}` : undefined;
      return { lines: all.slice(0, limit).map(({ line }) => line), next };
    },

    async actionsSince(connectionId, time) {
      const span = { pk: journalKey('actions', connectionId), least: time, greatest: newest, order: 'asc' } as const;
      const { items } = await readSpan(client, table, span, { items: mostActions });
      return items.map((item) => ({
        turn: Number(textIn(item, 'sk').split('#').at(-1)),
        action: replayActionSchema.parse(valuesIn(item)),
      }));
    },
  };
}
