import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { badRequest, notImplemented } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** The bytes of a sent object, and its checksums by the name of their header. */
export interface ObjectPayload {
  bytes: Uint8Array;
  checksums: Record<string, string>;
}

const algorithms: Readonly<Record<string, (bytes: Uint8Array) => Buffer>> = {
  crc32: (bytes) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(bytes));
    return sum;
  },
  sha1: (bytes) => createHash('sha1').update(bytes).digest(),
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
};

/**
 * Reads a PutObject body: checks it against the signed hash, decodes its chunks if it has any, and checks it against
 * its checksum. Throws a ServiceError if the hash or the checksum does not match, or if the kind of signing or checksum
 * is not supported.
 */
export function readObjectPayload(request: S3Request): ObjectPayload {
  const { bytes, trailers } = decodePayload(request);
  const sent = Object.entries({ ...request.headers, ...trailers }).filter(([name]) => /^x-amz-checksum-/.test(name));
  const checksums = sent.filter(([name]) => !/-(mode|type)$/.test(name)).map(([name, sum]) => [name, String(sum)]);
  for (const [name = '', sum] of checksums) {
    const algorithm = algorithms[name.replace('x-amz-checksum-', '')];
    if (!algorithm) throw notImplemented(`the checksum ${name}`);
    if (algorithm(bytes).toString('base64') !== sum) {
      throw badRequest('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
    }
  }
  return { bytes, checksums: Object.fromEntries(checksums) };
}

function decodePayload({ headers, body }: S3Request): { bytes: Uint8Array; trailers: Record<string, string> } {
  const signed = String(headers['x-amz-content-sha256']);
  if (signed === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    const sent = readChunks(Buffer.from(body), Number(headers['x-amz-decoded-content-length']));
    const announced = String(headers['x-amz-trailer'] ?? '');
    if (Object.keys(sent.trailers).join() !== announced) {
      throw badRequest(
        'MalformedTrailerError',
        `The trailer is not the one that was announced: ${announced || 'none'}.`,
      );
    }
    return sent;
  }
  if (signed.startsWith('STREAMING-')) throw notImplemented(`chunks signed as ${signed}`);
  if (signed !== 'UNSIGNED-PAYLOAD' && signed !== createHash('sha256').update(body).digest('hex')) {
    const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    throw badRequest('XAmzContentSHA256Mismatch', message);
  }
  return { bytes: body, trailers: {} };
}

/** Decodes `aws-chunked`: `<size in hexadecimal>CRLF<bytes>CRLF` … `0CRLF`, then trailers as `name:valueCRLF`. */
function readChunks(body: Buffer, length: number): { bytes: Uint8Array; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let rest = body;
  for (;;) {
    const [line, after] = cutLine(rest);
    if (!/^[\da-f]{1,8}$/i.test(line)) throw badRequest('IncompleteBody', 'A chunk of the body has an invalid size.');
    const size = Number.parseInt(line, 16);
    rest = after;
    if (size === 0) break;
    chunks.push(rest.subarray(0, size));
    if (rest.subarray(size, size + 2).toString() !== '\r\n') throw incomplete();
    rest = rest.subarray(size + 2);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length !== length) throw incomplete();
  const lines = rest.toString('latin1').split('\r\n').filter(Boolean);
  return { bytes, trailers: Object.fromEntries(lines.map((line) => line.split(/:\s*(.*)/, 2))) };
}

function cutLine(bytes: Buffer): [line: string, after: Buffer] {
  const end = bytes.indexOf('\r\n');
  if (end < 0) throw incomplete();
  return [bytes.toString('latin1', 0, end), bytes.subarray(end + 2)];
}

function incomplete() {
  return badRequest('IncompleteBody', 'You did not provide the number of bytes specified by the headers.');
}
