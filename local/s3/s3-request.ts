import { ServiceError } from '../aws/aws-service.ts';
import type { SignedRequest } from '../aws/sigv4.ts';
import { badRequest, notImplemented } from './s3-error.ts';

export type S3Operation = 'PutObject' | 'GetObject' | 'HeadObject' | 'DeleteObject' | 'ListObjectsV2';

/** A request in path style: `/bucket/key`. */
export interface S3Request {
  operation: S3Operation;
  bucket: string;
  /** Empty for an operation on the bucket itself. */
  key: string;
  parameters: URLSearchParams;
  headers: SignedRequest['headers'];
  body: Uint8Array;
}

const objectOperations: Readonly<Record<string, S3Operation>> = {
  PUT: 'PutObject',
  GET: 'GetObject',
  HEAD: 'HeadObject',
  DELETE: 'DeleteObject',
};

/** The query parameters of each operation. `x-id` only repeats the operation's name. */
const parametersOf: Readonly<Record<S3Operation, readonly string[]>> = {
  PutObject: ['x-id'],
  GetObject: ['x-id'],
  HeadObject: [],
  DeleteObject: ['x-id'],
  ListObjectsV2: ['list-type', 'prefix', 'continuation-token', 'max-keys', 'start-after', 'encoding-type', 'x-id'],
};

/** Headers that change a request's meaning. A request is refused if such a header has an unsupported name or value. */
const meaningfulHeader = /^(x-amz-(?!meta-|checksum-)|range$|if-|content-md5$)/;
const understoodHeaders: Readonly<Record<string, RegExp>> = {
  'x-amz-content-sha256': /^/,
  'x-amz-date': /^/,
  'x-amz-decoded-content-length': /^\d+$/,
  'x-amz-sdk-checksum-algorithm': /^/,
  'x-amz-server-side-encryption': /^AES256$/,
  'x-amz-storage-class': /^STANDARD$/,
  'x-amz-trailer': /^x-amz-checksum-\w+$/,
  'x-amz-user-agent': /^/,
};

const maxKeyBytes = 1024;

/** Parses a request. Throws a ServiceError if it is malformed or asks for something that is not supported. */
export function readS3Request({ method, url, headers, body }: SignedRequest): S3Request {
  const [path = '', query = ''] = url.split(/\?(.*)/s, 2);
  const [, bucket = '', encodedKey = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const key = decodeKey(encodedKey);
  const parameters = new URLSearchParams(query);
  const operation = readOperation(method, bucket, key, parameters);
  refuseUnknown(operation, parameters, headers);
  return { operation, bucket, key, parameters, headers, body };
}

function decodeKey(encoded: string): string {
  let key: string;
  try {
    key = decodeURIComponent(encoded);
  } catch {
    throw badRequest('InvalidURI', "Couldn't parse the specified URI.");
  }
  if (Buffer.byteLength(key) > maxKeyBytes) throw badRequest('KeyTooLongError', 'Your key is too long');
  return key;
}

function readOperation(method: string, bucket: string, key: string, parameters: URLSearchParams): S3Operation {
  if (method !== 'POST' && !objectOperations[method]) {
    throw new ServiceError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  }
  const isListing = method === 'GET' && bucket !== '' && parameters.get('list-type') === '2';
  const operation = key === '' ? isListing && 'ListObjectsV2' : objectOperations[method];
  if (!operation) throw notImplemented(`${method} of ${key ? 'an object' : 'a bucket, other than ListObjectsV2'}`);
  return operation;
}

function refuseUnknown(operation: S3Operation, parameters: URLSearchParams, headers: SignedRequest['headers']): void {
  for (const name of parameters.keys()) {
    if (!parametersOf[operation].includes(name)) throw notImplemented(`the parameter ${name} of ${operation}`);
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!meaningfulHeader.test(name) || understoodHeaders[name]?.test(String(value))) continue;
    if (operation === 'PutObject' && name === 'if-none-match' && value === '*') continue;
    throw notImplemented(`the header ${name}: ${value} of ${operation}`);
  }
}
