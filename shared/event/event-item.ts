/**
 * An event as an item of the Events table, and back. What the table's keys, a list or a condition needs is an attribute
 * of its own. Everything else goes into the payload, where it is compressed with the headers and the body: a webhook of
 * 1 KB then costs one write unit.
 *
 * Items of older versions have all but headers, query and body as attributes, and are read as well.
 */
import { hash } from 'node:crypto';
import { itemBytes, writeUnits } from '../aws/item-size.ts';
import { type EventRow, eventRowSchema, type StoredEvent, storedEventSchema } from './event.ts';
import { compressedPayload, packPayload, unpackPayload } from './event-payload.ts';

/** A value as the SDK and the stream have it; in the stream's JSON, bytes are base64. */
interface Attribute<Bytes> {
  S?: string | undefined;
  N?: string | undefined;
  B?: Bytes | undefined;
  BOOL?: boolean | undefined;
}
/** An item's attributes, as far as events have them. */
export type EventAttributes<Bytes = Uint8Array> = Record<string, Attribute<Bytes>>;

type Item = Record<string, { S: string } | { N: string } | { B: Uint8Array } | { BOOL: boolean }>;

/** The head of a payload. Whatever the index projects, and whatever a condition or an update names, must not be here. */
function headOf({ connection, provider, requestId, path, sourceIp, verifiedBy, tokenIn, ...event }: StoredEvent) {
  const { bytesAltered, split, bodyKey, query, headers } = event;
  const rare = { ...(bytesAltered && { bytesAltered }), split, bodyKey };
  return { connection, provider, requestId, path, sourceIp, verifiedBy, tokenIn, ...rare, query, headers };
}

/** What of an event is in no attribute of its own; its digest is made of the body again. */
const packed = new Set(['body', 'sha256', 'bytesAltered', ...Object.keys(headOf({} as StoredEvent))]);

function attributeOf(value: unknown): Item[string] {
  if (typeof value === 'boolean') return { BOOL: value };
  return typeof value === 'number' ? { N: String(value) } : { S: String(value) };
}

const sortKey = (event: { receivedAt: string; id: string }): string => `${event.receivedAt}#${event.id}`;

/** Bytes of the units, and of what is added to an item later, at its largest: its count of replays, and a digit of the units. */
const [unitsBytes, addedBytes] = [itemBytes({ units: { N: '99' } }), itemBytes({ replays: { N: '9999' } }) + 1];
const payloadName = 'payload'.length;

/** Compressed only if that saves a write unit, because nothing else is cheaper by it. @param besides bytes of all but the payload */
function payloadOf(event: StoredEvent, besides: number): Buffer {
  const plain = packPayload({ head: headOf(event), body: event.body });
  const units = writeUnits(besides + plain.length);
  if (units === 1) return plain;
  const small = compressedPayload(plain);
  return writeUnits(besides + small.length) < units ? small : plain;
}

/** @param shards how many partitions of the index the events of one connection are spread over */
export function eventItemOf(event: StoredEvent, shards: number): Item {
  // An id is random, so any character of it spreads well.
  const shard = `${event.connectionId}#${event.id.charCodeAt(4) % shards}`;
  const item: Item = { shard: { S: shard }, at: { S: sortKey(event) } };
  for (const [name, value] of Object.entries(event))
    if (value !== undefined && !packed.has(name)) item[name] = attributeOf(value);
  const besides = itemBytes(item) + payloadName + unitsBytes;
  const payload = payloadOf(event, besides);
  item['payload'] = { B: payload };
  item['units'] = { N: String(writeUnits(besides + payload.length + addedBytes)) };
  return item;
}

const bytesOf = (bytes: Uint8Array | string): Uint8Array =>
  typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : bytes;

/** The values of an item, without what says of which kind they are. */
export function attributeValuesOf(item: EventAttributes<Uint8Array | string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).map(([name, { S, N, B, BOOL }]) => {
      if (N !== undefined) return [name, Number(N)];
      return [name, B === undefined ? (S ?? BOOL) : bytesOf(B)];
    }),
  );
}

/** The digest of a body, which the key of a large one ends with. */
const digestOf = (body: Buffer, bodyKey: unknown): string =>
  typeof bodyKey === 'string' ? bodyKey.slice(bodyKey.lastIndexOf('/') + 1) : hash('sha256', body);

/** Reads an item, or an image of one. @throws on one that is no event's */
export function eventFromItem(item: EventAttributes<Uint8Array | string>): StoredEvent {
  const { payload, ...attributes } = attributeValuesOf(item);
  if (!(payload instanceof Uint8Array)) throw new Error('an event has a payload');
  const { head, body } = unpackPayload(payload);
  const values: Record<string, unknown> = { bytesAltered: false, ...attributes, ...(head as object), body };
  return storedEventSchema.parse({ sha256: digestOf(body, values['bodyKey']), ...values });
}

/** Reads a row of the index. */
export const eventRowFromItem = (row: EventAttributes): EventRow => eventRowSchema.parse(attributeValuesOf(row));
