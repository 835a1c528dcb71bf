/**
 * Converts an event to an item of the Events table, and back. A field that keys, lists or conditions need is an
 * attribute. All other fields go into the payload, which is compressed together with the headers and the body. A
 * webhook of 1 KB then costs one write unit.
 */
import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { itemBytes, writeUnits } from '../../ground/aws/item-size.ts';
import { schema } from '../../ground/base/schema.ts';
import { type EventRow, eventRowSchema, positionOf, type StoredEvent, storedEventSchema } from './event.ts';
import { compressedPayload, packPayload, unpackPayload } from './payload-compression.ts';

/** An attribute's value in the SDK and in the stream. In the stream's JSON, bytes are base64. */
interface Attribute<Bytes> {
  S?: string | undefined;
  N?: string | undefined;
  B?: Bytes | undefined;
  BOOL?: boolean | undefined;
}
/** The attributes of an event's item. */
export type EventAttributes<Bytes = Uint8Array> = Record<string, Attribute<Bytes>>;

type EventItem = Record<string, { S: string } | { N: string } | { B: Uint8Array } | { BOOL: boolean }>;

/**
 * The head of a payload. The head must not have a field that the index projects, or that a condition or an update
 * names.
 */
function headOf({ connection, provider, requestId, path, sourceIp, verifiedBy, tokenIn, ...event }: StoredEvent) {
  const { bytesAltered, split, raw, bodyKey, signedIn, query, headers } = event;
  const rare = { ...(bytesAltered && { bytesAltered }), split, raw, bodyKey, signedIn };
  return { connection, provider, requestId, path, sourceIp, verifiedBy, tokenIn, ...rare, query, headers };
}

/** The fields of an event that are not attributes. The digest is computed again from the body when the item is read. */
const packed = new Set(['body', 'sha256', 'bytesAltered', ...Object.keys(headOf({} as StoredEvent))]);

function attributeOf(value: unknown): EventItem[string] {
  if (typeof value === 'boolean') return { BOOL: value };
  return typeof value === 'number' ? { N: String(value) } : { S: String(value) };
}

/**
 * The bytes of the `units` attribute, and the bytes of a later update that are counted: the count of replays, one digit of `units`, and
 * the version of routes. Who replayed the event, or which job did, is left out: `units` is only an estimate of what a replay costs.
 */
const [unitsBytes, addedBytes] = [itemBytes({ units: { N: '99' } }), itemBytes({ replays: { N: '9999' } }) + 1];
const routesBytes = itemBytes({ routes: { S: '0'.repeat(64) } });
const payloadNameBytes = 'payload'.length;

/**
 * Compresses only if that saves a write unit. Otherwise compression would save no cost.
 * @param besides the bytes of the
 * other attributes
 */
function payloadOf(event: StoredEvent, besides: number): Buffer {
  const plain = packPayload({ head: headOf(event), body: event.body });
  const units = writeUnits(besides + plain.length);
  if (units === 1) return plain;
  const small = compressedPayload(plain);
  return writeUnits(besides + small.length) < units ? small : plain;
}

/** @param shards as in `eventTable` */
export function eventItemOf(event: StoredEvent, shards: number): EventItem {
  // An id is random, so any of its characters spreads events evenly.
  const shard = `${event.connectionId}#${event.id.charCodeAt(4) % shards}`;
  const item: EventItem = { shard: { S: shard }, at: { S: positionOf(event) } };
  for (const [name, value] of Object.entries(event))
    if (value !== undefined && !packed.has(name)) item[name] = attributeOf(value);
  const besides = itemBytes(item) + payloadNameBytes + unitsBytes;
  const payload = payloadOf(event, besides);
  item['payload'] = { B: payload };
  // A replay sets the routes of the connection, which it may have got after the event came.
  const added = addedBytes + (event.routes === undefined ? routesBytes : 0);
  item['units'] = { N: String(writeUnits(besides + payload.length + added)) };
  return item;
}

const bytesOf = (bytes: Uint8Array | string): Uint8Array =>
  typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : bytes;

/** The values of an item, without their DynamoDB types. */
export function attributeValuesOf(item: EventAttributes<Uint8Array | string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).map(([name, { S, N, B, BOOL }]) => {
      if (N !== undefined) return [name, Number(N)];
      return [name, B === undefined ? (S ?? BOOL) : bytesOf(B)];
    }),
  );
}

/** The digest of a body. The key of a large body ends with it. */
const digestOf = (body: Buffer, bodyKey: unknown): string =>
  typeof bodyKey === 'string' ? bodyKey.slice(bodyKey.lastIndexOf('/') + 1) : hash('sha256', body);

/**
 * All fields of an event's item, not validated.
 * @throws if the item has no payload
 */
function fieldsOf(item: EventAttributes<Uint8Array | string>): Record<string, unknown> {
  const { payload, ...attributes } = attributeValuesOf(item);
  if (!(payload instanceof Uint8Array)) throw new Error('the item of an event has no payload');
  const { head, body } = unpackPayload(payload);
  const fields: Record<string, unknown> = { bytesAltered: false, ...attributes, ...(head as object), body };
  return { ...fields, sha256: digestOf(body, fields['bodyKey']) };
}

/**
 * Reads an item, or its image in the stream.
 * @throws if it is not an event
 */
export const eventFromItem = (item: EventAttributes<Uint8Array | string>): StoredEvent =>
  storedEventSchema.parse(fieldsOf(item));

const originSchema = /* @__PURE__ */ schema(() => z.object({ requestId: z.string(), sha256: z.string() }));

/**
 * Reads only which request stored an event, and the digest of its body. Ingest needs no more of a stored event, and its
 * bundle stays without the schema of all fields.
 * @throws if the item is not an event
 */
export const originFromItem = (item: EventAttributes): Pick<StoredEvent, 'requestId' | 'sha256'> =>
  originSchema.parse(fieldsOf(item));

/** Reads a row of the index. */
export const eventRowFromItem = (row: EventAttributes): EventRow => eventRowSchema.parse(attributeValuesOf(row));
