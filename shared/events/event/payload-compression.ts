/**
 * The payload of an event's item: one binary attribute with the head and the body's bytes. The head is a JSON object
 * with all fields that only a read of the whole event needs. The first byte names the coding of the rest. After
 * decoding, the rest consists of the length of the head (4 bytes, big endian), the head, and the body.
 */
import { deflateSync, inflateSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { maxInlineBytes } from './body-place.ts';
import { dictionary1 } from './compression-dictionary.ts';

/**
 * The values of the first byte. Stored events have these numbers, so their meaning must never change. The zlib format
 * (RFC 1950) has checksums of the dictionary and of the content, so a wrong dictionary is detected.
 */
const plain = 0;
const zstd = 1;
const zlibWithDictionary1 = 2;

/** The largest decompressed payload, in bytes: an inline body, its headers and its query. */
const maxInflatedBytes = maxInlineBytes + 64 * 1024;

/** The number of bytes that deflate can refer back. For longer payloads zstd is smaller and faster. */
const deflateWindowBytes = 32 * 1024;

export interface PayloadContent {
  head: object;
  body: Buffer;
}

/** Makes a payload without compression. */
export function packPayload({ head, body }: PayloadContent): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const start = Buffer.of(plain, 0, 0, 0, 0);
  start.writeUInt32BE(json.length, 1);
  return Buffer.concat([start, json, body]);
}

/** Compresses a payload. The result may be larger. */
export function compressedPayload(payload: Buffer): Buffer {
  const raw = payload.subarray(1);
  // One output buffer of this size holds any useful result. The default size is for streams, and larger than most webhooks.
  const chunkSize = raw.length + 64;
  return raw.length > deflateWindowBytes
    ? Buffer.concat([Buffer.of(zstd), zstdCompressSync(raw, { chunkSize })])
    : Buffer.concat([Buffer.of(zlibWithDictionary1), deflateSync(raw, { chunkSize, dictionary: dictionary1 })]);
}

function decoded(coding: number | undefined, rest: Buffer): Buffer {
  const maxOutputLength = maxInflatedBytes;
  if (coding === plain) return rest;
  if (coding === zstd) return zstdDecompressSync(rest, { maxOutputLength });
  if (coding === zlibWithDictionary1) return inflateSync(rest, { maxOutputLength, dictionary: dictionary1 });
  throw new Error(`this version does not know the coding ${coding} of a payload`);
}

/**
 * Reads a payload, compressed or not.
 * @throws if it is not valid
 */
export function unpackPayload(payload: Uint8Array): { head: unknown; body: Buffer } {
  const coded = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const raw = decoded(coded[0], coded.subarray(1));
  const end = 4 + raw.readUInt32BE(0);
  if (end > raw.length) throw new Error('a payload is cut');
  return { head: JSON.parse(raw.toString('utf8', 4, end)), body: raw.subarray(end) };
}
