/**
 * The payload of an event's item: one binary attribute that holds the head, a JSON object with whatever only a read of the
 * whole event needs, and the body's bytes. The first byte says how the rest is coded. Decoded it is the length of the
 * head (4 bytes, big endian), the head, and the body.
 */
import { deflateSync, inflateSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { maxInlineBytes } from './body.ts';
import { dictionary1 } from './compression-dictionary.ts';

/**
 * The codings by their first bytes. Stored events bear these numbers, so none of them may ever mean anything else. The
 * zlib format (RFC 1950) carries checksums of the dictionary and of the content: neither can be mistaken.
 */
const plain = 0;
const zstd = 1;
const zlibWithDictionary1 = 2;

/** Bound on what a payload is inflated to, in bytes: an inline body, its headers and its query. */
const maxInflated = maxInlineBytes + 64 * 1024;

/** What deflate can refer back to, in bytes. Of what is longer, zstd finds more, in less time. */
const deflateWindow = 32 * 1024;

export interface PayloadContent {
  head: object;
  body: Buffer;
}

/** A payload that is not compressed. */
export function packPayload({ head, body }: PayloadContent): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const start = Buffer.of(plain, 0, 0, 0, 0);
  start.writeUInt32BE(json.length, 1);
  return Buffer.concat([start, json, body]);
}

/** The same payload, compressed. It may be larger. */
export function compressedPayload(payload: Buffer): Buffer {
  const raw = payload.subarray(1);
  // One output buffer of the size that can be of use; the default one is a stream's, and larger than most webhooks.
  const chunkSize = raw.length + 64;
  return raw.length > deflateWindow
    ? Buffer.concat([Buffer.of(zstd), zstdCompressSync(raw, { chunkSize })])
    : Buffer.concat([Buffer.of(zlibWithDictionary1), deflateSync(raw, { chunkSize, dictionary: dictionary1 })]);
}

function decoded(coding: number | undefined, rest: Buffer): Buffer {
  const maxOutputLength = maxInflated;
  if (coding === plain) return rest;
  if (coding === zstd) return zstdDecompressSync(rest, { maxOutputLength });
  if (coding === zlibWithDictionary1) return inflateSync(rest, { maxOutputLength, dictionary: dictionary1 });
  throw new Error(`this version does not know the coding ${coding} of a payload`);
}

/** The inverse of both. @throws on a payload that is none of theirs */
export function unpackPayload(payload: Uint8Array): { head: unknown; body: Buffer } {
  const coded = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const raw = decoded(coded[0], coded.subarray(1));
  const end = 4 + raw.readUInt32BE(0);
  if (end > raw.length) throw new Error('a payload is cut');
  return { head: JSON.parse(raw.toString('utf8', 4, end)), body: raw.subarray(end) };
}
