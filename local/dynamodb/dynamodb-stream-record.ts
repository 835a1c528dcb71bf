import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import dynalite, { type AttributeValue, type Item, type TableRecord } from 'dynalite/db/index.js';
import { streamArn, streamViewType } from './table-properties.ts';

/** A change of an item, in the form in which Lambda passes it to a function. */
export interface DynamoDbStreamRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: '1.1';
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  dynamodb: {
    /** Seconds since 1970. */
    ApproximateCreationDateTime: number;
    Keys: Item;
    NewImage?: Item;
    OldImage?: Item;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: typeof streamViewType;
  };
  eventSourceARN: string;
}

/** An item before and after a write. `old` is undefined for a new item, `item` for a deleted one. */
export interface ItemChange {
  old: Item | undefined;
  item: Item | undefined;
}

/** The name of the change. Returns undefined if the item did not change, because such a write makes no record. */
export function eventNameOf({ old, item }: ItemChange): DynamoDbStreamRecord['eventName'] | undefined {
  if (!old) return item && 'INSERT';
  if (!item) return 'REMOVE';
  return isDeepStrictEqual(comparable(old), comparable(item)) ? undefined : 'MODIFY';
}

/** Makes the stream record of a change. The sequence number is its position in the table's stream. */
export function streamRecord(
  table: TableRecord,
  eventName: DynamoDbStreamRecord['eventName'],
  { old, item }: ItemChange,
  sequence: string,
  now: Date,
): DynamoDbStreamRecord {
  const Keys = keysOf(table, item ?? old ?? {});
  return {
    eventID: randomUUID().replaceAll('-', ''),
    eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: table.TableArn.split(':')[3] ?? '',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(now.getTime() / 1000),
      Keys,
      ...(item && { NewImage: item }),
      ...(old && { OldImage: old }),
      SequenceNumber: sequence,
      SizeBytes: [Keys, item ?? {}, old ?? {}].reduce((sum, part) => sum + dynalite.itemSize(part), 0),
      StreamViewType: streamViewType,
    },
    eventSourceARN: streamArn(table.TableArn),
  };
}

function keysOf(table: TableRecord, item: Item): Item {
  return Object.fromEntries(table.KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName] ?? {}]));
}

/** The item with its sets sorted, because the order of a set is not part of its value. */
function comparable(item: Item): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, comparableValue(value)]));
}

function comparableValue(value: AttributeValue): AttributeValue {
  const [[type, content] = ['', undefined]] = Object.entries(value);
  if (type === 'L') return { L: (content as AttributeValue[]).map(comparableValue) };
  if (type === 'M') return { M: comparable(content as Item) };
  return type.endsWith('S') && type !== 'S' ? { [type]: (content as string[]).toSorted() } : value;
}
