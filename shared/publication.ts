/**
 * The publication of an event: what the bus is handed, and what a rule can match.
 *
 * JSON goes as `data`, spliced in as the sender wrote it: parsing and writing it again would round large numbers, drop
 * what is said twice and break every signature. Everything else goes as `dataBase64`.
 */
import { isUtf8 } from 'node:buffer';
import { type StoredEvent, unpack } from './event.ts';

/** An event that goes to the bus; `replay` counts how often it went there again. */
export interface Publication {
  event: StoredEvent;
  replay?: number;
}

/** An entry of PutEvents, the bus aside. */
export interface Entry {
  Source: string;
  DetailType: string;
  Detail: string;
  Time: Date;
}

/** EventBridge's bound on the entries of one call, which one entry has too. It is called 1 MB; this is the lesser reading. */
export const maxEntriesBytes = 1_000_000;

/** The most entries of one call. */
export const maxEntries = 10;

/** The longest detail type that EventBridge takes, in characters. */
const maxDetailType = 128;

/** The size of an entry as EventBridge counts it: a time is 14 bytes, texts are what they are in UTF-8. */
export const sizeOf = ({ Source, DetailType, Detail }: Entry): number =>
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

/** The body's member of the detail, as JSON text without its braces. */
function bodyMember(event: StoredEvent, body: Buffer, bodiesBucket: string, mayBeSpliced: boolean): string {
  if (event.bodyKey !== undefined) {
    return `"bodyLocation":${JSON.stringify({ bucket: bodiesBucket, key: event.bodyKey })}`;
  }
  const text = mayBeSpliced ? jsonTextOf(body, event.contentType ?? '') : undefined;
  return text === undefined ? `"dataBase64":"${body.toString('base64')}"` : `"data":${text}`;
}

/**
 * Makes the entry of a publication.
 * @param bodiesBucket where the body lies, if it is not kept with the event
 * @param mayBeSpliced false sends JSON as `dataBase64` too: the bus may call malformed what is JSON to us
 * @throws on an event whose payload is unreadable
 */
export function entryOf({ event, replay }: Publication, bodiesBucket: string, mayBeSpliced = true): Entry {
  const { envelope, body } = unpack(event.payload);
  const { id, connection, provider, type, deliveryId, conflictsWith, receivedAt, method, contentType } = event;
  const { path, sha256, size } = event;
  const { headers, query } = envelope;
  const about = { id, connection, provider, type, deliveryId, conflictsWith, receivedAt, method, contentType };
  const before = JSON.stringify({ ...about, headers, query, path });
  const after = JSON.stringify({ sha256, size, replay });
  return {
    Source: `hooklatch.${connection}`,
    DetailType: type.slice(0, maxDetailType).toWellFormed(),
    Detail: `${before.slice(0, -1)},${bodyMember(event, body, bodiesBucket, mayBeSpliced)},${after.slice(1)}`,
    Time: new Date(receivedAt),
  };
}

/** Groups what goes to the bus in one call, in the same order: so many entries, and so many bytes in all, at most. */
export function inCalls<T extends { entry: Entry }>(items: readonly T[]): T[][] {
  const calls: T[][] = [];
  let bytes = 0;
  for (const item of items) {
    const call = calls.at(-1);
    bytes += sizeOf(item.entry);
    if (call && call.length < maxEntries && bytes <= maxEntriesBytes) {
      call.push(item);
    } else {
      calls.push([item]);
      bytes = sizeOf(item.entry);
    }
  }
  return calls;
}
