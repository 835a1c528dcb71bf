import type { AwsResponse } from '../aws/aws-service.ts';
import type { Bucket } from './bucket.ts';
import type { StoredObject } from './object-file.ts';
import { badRequest, noSuchKey, preconditionFailed } from './s3-error.ts';
import { readObjectPayload } from './s3-payload.ts';
import type { S3Operation, S3Request } from './s3-request.ts';
import { element, xmlDocument } from './s3-xml.ts';

interface S3Call {
  request: S3Request;
  bucket: Bucket;
  now: () => Date;
  /** Throws unless the caller may list the bucket. Other callers don't learn whether an object is missing. */
  assertListable(): void;
}

/** The headers that are stored with an object and returned with it. */
const keptHeader = /^(x-amz-meta-.*|cache-control|content-(disposition|encoding|language|type)|expires)$/;

const maxPageKeys = 1000;

/** The operations. Each throws a ServiceError for an invalid request. */
export const s3Operations: Readonly<Record<S3Operation, (call: S3Call) => AwsResponse | Promise<AwsResponse>>> = {
  PutObject: async ({ request, bucket, now }) => {
    const { bytes, checksums } = readObjectPayload(request);
    const headers = { ...keptHeaders(request), ...checksums };
    const onlyIfAbsent = request.headers['if-none-match'] !== undefined;
    const object = await bucket.put({ key: request.key, bytes, headers, onlyIfAbsent }, now());
    if (!object) throw preconditionFailed();
    return { status: 200, headers: { etag: object.etag, ...checksums }, body: '' };
  },
  GetObject: (call) => {
    const object = findObject(call);
    return { status: 200, headers: objectHeaders(object, call.request), body: call.bucket.read(object.key) };
  },
  HeadObject: (call) => ({ status: 200, headers: objectHeaders(findObject(call), call.request), body: '' }),
  DeleteObject: ({ request, bucket }) => {
    bucket.delete(request.key);
    return { status: 204, headers: {}, body: '' };
  },
  ListObjectsV2: ({ request, bucket }) => listObjects(request, bucket),
};

function findObject({ request, bucket, assertListable }: S3Call): StoredObject {
  const object = bucket.find(request.key);
  if (object) return object;
  assertListable();
  throw noSuchKey();
}

function keptHeaders({ headers }: S3Request): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => keptHeader.test(name));
  const given = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
  // aws-chunked describes the transfer, not the object.
  const encoding = given['content-encoding']?.replace(/\s*\baws-chunked\b\s*,?/, '');
  if (encoding) given['content-encoding'] = encoding;
  else delete given['content-encoding'];
  return { 'content-type': 'binary/octet-stream', ...given };
}

function objectHeaders(object: StoredObject, request: S3Request): Record<string, string> {
  const areSumsWanted = request.headers['x-amz-checksum-mode'] === 'ENABLED';
  const kept = Object.entries(object.headers).filter(([name]) => areSumsWanted || !name.startsWith('x-amz-checksum-'));
  return {
    ...Object.fromEntries(kept),
    'content-length': String(object.size),
    etag: object.etag,
    'last-modified': new Date(object.lastModified).toUTCString(),
  };
}

function listObjects({ bucket: name, parameters }: S3Request, bucket: Bucket): AwsResponse {
  const prefix = parameters.get('prefix') ?? '';
  const token = parameters.get('continuation-token');
  const limit = Math.min(readNumber(parameters.get('max-keys') ?? `${maxPageKeys}`), maxPageKeys);
  const after = token === null ? (parameters.get('start-after') ?? '') : Buffer.from(token, 'base64').toString();
  const found = bucket.list({ prefix, after });
  const page = found.slice(0, limit);
  const last = page.length < found.length ? page.at(-1) : undefined;
  const spell = parameters.get('encoding-type') === 'url' ? encodeKey : String;
  const elements = [
    element('Name', name),
    element('Prefix', spell(prefix)),
    element('KeyCount', page.length),
    element('MaxKeys', limit),
    element('IsTruncated', last !== undefined),
    ...(last ? [element('NextContinuationToken', Buffer.from(last.key).toString('base64'))] : []),
    ...page.map((object) => contents(object, spell)),
  ];
  const body = xmlDocument(element('ListBucketResult', elements));
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function contents({ key, lastModified, etag, size }: StoredObject, spell: (key: string) => string): string {
  return element('Contents', [
    element('Key', spell(key)),
    element('LastModified', new Date(lastModified).toISOString()),
    element('ETag', etag),
    element('Size', size),
    element('StorageClass', 'STANDARD'),
  ]);
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/');
}

function readNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw badRequest('InvalidArgument', 'max-keys is not a number.');
  return Number(text);
}
