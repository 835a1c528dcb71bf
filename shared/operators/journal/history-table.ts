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

import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { putOnce } from '../../ground/aws/conditional-write.ts';
import { journalKey } from '../../ground/aws/journal-key.ts';
import { type JournalItem, readSpan, textIn } from '../../ground/aws/journal-span.ts';
import {
  type HistoryPage,
  type HistoryPageRequest,
  type KeyedLine,
  mergedHistoryPage,
  newest,
} from '../../ground/aws/merged-history.ts';
import type { NumberedAction } from './event-timeline.ts';
import { type HistoryLine, historyLineSchema } from './history.ts';
import { type NotedAction, type ReplayAction, replayActionSchema } from './replay-action.ts';

export interface HistoryTable {
  /** Adds the line of a change. If the line is there already, nothing changes. */
  append(connectionId: string, line: HistoryLine): Promise<void>;
  /** Adds the line of what was done with a replay. If the line is there already, nothing changes. */
  note(noted: NotedAction): Promise<void>;
  /** Newest first. */
  list(connectionId: string, page: HistoryPageRequest): Promise<HistoryPage<HistoryLine | ReplayAction>>;
  /** What was done with replays since a time, the oldest first, up to a thousand lines. */
  actionsSince(connectionId: string, time: string): Promise<NumberedAction[]>;
}

type Kind = 'history' | 'actions';

const versionDigits = 9;
/** The most actions that are read at once. */
const mostActions = 1_000;

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

export function historyTable(client: DynamoDBClient, table: string): HistoryTable {
  const put = (pk: string, sk: string, line: HistoryLine | ReplayAction) =>
    putOnce(client, table, { pk: { S: pk }, sk: { S: sk }, ...attributesOf(line) });

  async function read<Line>(
    kind: Kind,
    connectionId: string,
    parse: (values: object) => Line,
    [greatest, items]: [string, number],
  ): Promise<KeyedLine<Line>[]> {
    const span = { pk: journalKey(kind, connectionId), least: '0', greatest, order: 'desc' } as const;
    const found = await readSpan(client, table, span, { items });
    return found.items.map((item) => ({ key: textIn(item, 'sk'), line: parse(valuesIn(item)) }));
  }

  return {
    append: (connectionId, line) =>
      put(journalKey('history', connectionId), String(line.version).padStart(versionDigits, '0'), line),

    note: ({ connectionId, turn, action }) =>
      put(journalKey('actions', connectionId), `${action.at}#${action.of}#${turn}`, action),

    list: (connectionId, page) =>
      mergedHistoryPage(
        page,
        (...of) => read('history', connectionId, (values) => historyLineSchema.parse(values), of),
        (...of) => read('actions', connectionId, (values) => replayActionSchema.parse(values), of),
      ),

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
