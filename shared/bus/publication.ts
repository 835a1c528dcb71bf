/**
 * The publication of an event: what the bus is handed, and what a rule can match.
 *
 * JSON goes as `data`, spliced in as the sender wrote it: parsing and writing it again would round large numbers, drop
 * what is said twice and break every signature. Everything else goes as `dataBase64`. A token in the body is masked.
 */

import { isUtf8 } from 'node:buffer';
import { documentOf } from '../base/json-pointer.ts';
import type { StoredEvent } from '../event/event.ts';
import { batchSchema } from '../settings/split.ts';
import { maskedBody } from './body-mask.ts';
import { type SplitItem, splitItemsOf, splitItemsOfForm } from './split-items.ts';

/** An event that goes to the bus; `replay` counts how often it went there again. */
export interface Publication {
  event: StoredEvent;
  replay?: number;
}

/** An entry of PutEvents, the bus aside. */
export interface BusEntry {
  Source: string;
  DetailType: string;
  Detail: string;
  Time: Date;
}

/** EventBridge's bound on the entries of one call, which one entry has too. It is called 1 MB; this is the lesser reading. */
export const maxCallBytes = 1_000_000;

/** The most entries of one call. */
export const maxCallEntries = 10;

/** The longest detail type that EventBridge takes, in characters. */
const maxDetailType = 128;

/** The size of an entry as EventBridge counts it: a time is 14 bytes, texts are what they are in UTF-8. */
export const entryBytes = ({ Source, DetailType, Detail }: BusEntry): number =>
  14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The body as the JSON text that it is, or undefined. An object or a list is JSON whatever it is called: many senders
 * name no type or a wrong one, and rules look into `data`. A lone number or word is JSON only where the sender says so,
 * for in plain text it is text. A byte order mark is no part of JSON.
 */
function jsonTextOf(body: Buffer, contentType: string): string | undefined {
  if (!isUtf8(body)) return undefined;
  const text = body.toString('utf8');
  const isMeant = /^[ \t\r\n]*[{[]/.test(text) || /[/+]json\s*(;|$)/i.test(contentType);
  return isMeant && isJson(text) ? text : undefined;
}

/**
 * Makes one entry of a publication, which has one for each item of a split event, and else one in all. Made when it is
 * sent: every entry holds the headers, and thousands of them would be far more than the event.
 * @param mayBeSpliced false sends JSON as `dataBase64` too: the bus may call malformed what is JSON to us
 */
export type EntryMaker = (mayBeSpliced?: boolean) => BusEntry;

/** Bytes as a member of the detail, as JSON text without its braces. */
const dataMember = (text: string | undefined, bytes: () => Buffer): string =>
  text === undefined ? `"dataBase64":"${bytes().toString('base64')}"` : `"data":${text}`;

/** What is an item's own where the detail of the event has the event's; `#1` is the first of them. */
function ownOf({ id, type, deliveryId }: StoredEvent, part: Part | undefined) {
  if (part === undefined) return { id, type, deliveryId };
  const { item, index } = part;
  return { id: `${id}#${index}`, type: item.type ?? type, deliveryId: item.id };
}

/** An item in its place among all of its event, from 1 on. */
interface Part {
  item: SplitItem;
  index: number;
  count: number;
}

/** An entry of an event, or of one item of it. @param member the body or the item, as JSON text without its braces */
function entryOf({ event, replay }: Publication, member: string, part?: Part): BusEntry {
  const { id, connection, provider, conflictsWith, receivedAt, method, contentType, headers, query, path } = event;
  const { sha256, size, test, tokenIn = [] } = event;
  const own = ownOf(event, part);
  const item = part && { of: id, index: part.index, count: part.count };
  const before = JSON.stringify({
    id: own.id,
    connection,
    provider,
    type: own.type,
    deliveryId: own.deliveryId,
    ...{ conflictsWith, receivedAt, method, contentType, headers, query, path, item },
  });
  // Of the delivery: what a signature in its headers is verified with is all of its body.
  const after = JSON.stringify({ sha256, size, replay, test, tokenIn: tokenIn.length > 0 ? tokenIn : undefined });
  return {
    Source: `hooklatch.${connection}`,
    DetailType: own.type.slice(0, maxDetailType).toWellFormed(),
    Detail: `${before.slice(0, -1)},${member},${after.slice(1)}`,
    Time: new Date(receivedAt),
  };
}

/** The items that an event is split into; undefined for one that goes whole. @param text the body, if it is JSON */
function itemsIn(
  { split, contentType = '' }: StoredEvent,
  body: Buffer,
  text: string | undefined,
): SplitItem[] | undefined {
  if (split === undefined) return undefined;
  const batch = batchSchema.parse(JSON.parse(split));
  if (text !== undefined) return splitItemsOf(text, batch);
  // In bytes that are no text, an item would not be as it came.
  return isUtf8(body) ? splitItemsOfForm(documentOf(body, contentType), batch) : undefined;
}

/**
 * The entries of a publication, in their order; at least one.
 * @param bodiesBucket where the body lies, if it is not kept with the event: it then goes whole
 * @throws on an event whose split is unreadable
 */
export function entryMakersOf(publication: Publication, bodiesBucket: string): EntryMaker[] {
  const { event } = publication;
  const body = maskedBody(event.body, event.headers['content-type'] ?? '', event.tokenIn ?? []);
  if (event.bodyKey !== undefined) {
    const member = `"bodyLocation":${JSON.stringify({ bucket: bodiesBucket, key: event.bodyKey })}`;
    return [() => entryOf(publication, member)];
  }
  const text = jsonTextOf(body, event.contentType ?? '');
  const items = itemsIn(event, body, text);
  if (items === undefined) {
    return [
      (spliced = true) =>
        entryOf(
          publication,
          dataMember(spliced ? text : undefined, () => body),
        ),
    ];
  }
  return items.map(
    (item, at): EntryMaker =>
      (spliced = true) => {
        const member = dataMember(spliced ? item.text : undefined, () => Buffer.from(item.text));
        return entryOf(publication, member, { item, index: at + 1, count: items.length });
      },
  );
}

/** Groups what goes to the bus in one call, in the same order: so many entries, and so many bytes in all, at most. */
export function* inCalls<T extends { entry: BusEntry }>(items: Iterable<T>): Generator<T[]> {
  let call: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = entryBytes(item.entry);
    if (call.length > 0 && (call.length === maxCallEntries || bytes + size > maxCallBytes)) {
      yield call;
      call = [];
      bytes = 0;
    }
    call.push(item);
    bytes += size;
  }
  if (call.length > 0) yield call;
}
