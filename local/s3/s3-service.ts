import { join } from 'node:path';
import type { AwsService, PreparedCall, RequiredPermission } from '../aws/aws-service.ts';
import { signedFor } from '../aws/sigv4.ts';
import { Bucket } from './bucket.ts';
import { bucketProperties } from './bucket-properties.ts';
import { noSuchBucket, s3CommonError, s3ErrorAnswer } from './s3-error.ts';
import { s3Operations } from './s3-operations.ts';
import { readS3Request, type S3Operation, type S3Request } from './s3-request.ts';

/** The local runtime's S3, with one folder for each bucket and one file for each object. */
export interface S3Service extends AwsService {
  /**
   * Opens a bucket with the resolved properties of an AWS::S3::Bucket, and deletes its expired objects. Throws an Error
   * that says what to do if a property is unknown, the name is taken or a file is damaged.
   */
  createBucket(properties: Record<string, unknown>): { name: string; arn: string };
  /** Stores an object on behalf of AWS itself. Throws a ServiceError if the bucket does not exist. */
  putObject(bucket: string, key: string, body: string | Uint8Array): Promise<void>;
}

export interface S3Options {
  /** The folder that contains the buckets' folders. */
  folder: string;
  now: () => Date;
}

const expiryIntervalMs = 60 * 60 * 1000;

/** Starts without buckets. Lifecycle rules run every expiryIntervalMs. */
export function startS3({ folder, now }: S3Options): S3Service {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (name: string): Bucket => {
    const bucket = buckets.get(name);
    if (!bucket) throw noSuchBucket(name);
    return bucket;
  };
  const expiry = setInterval(() => {
    for (const bucket of buckets.values()) bucket.expire(now());
  }, expiryIntervalMs).unref();
  return {
    name: 's3',
    recognizes: (request) => signedFor(request) === 's3' && request.headers['x-amz-target'] === undefined,
    prepare: (request) => prepare(readS3Request(request), bucketOf, now),
    commonError: s3CommonError,
    errorAnswer: s3ErrorAnswer,
    createBucket: (properties) => {
      const { BucketName: name, LifecycleConfiguration: lifecycle } = bucketProperties(properties);
      if (buckets.has(name)) throw new Error(`Two buckets are named ${name}: change the BucketName of one.`);
      const bucket = new Bucket(join(folder, name), lifecycle?.Rules ?? []);
      bucket.expire(now());
      buckets.set(name, bucket);
      return { name, arn: bucketArn(name) };
    },
    putObject: async (bucket, key, body) => {
      const headers = { 'content-type': 'application/octet-stream' };
      await bucketOf(bucket).put({ key, bytes: Buffer.from(body), headers }, now());
    },
    close: async () => clearInterval(expiry),
  };
}

function prepare(request: S3Request, bucketOf: (name: string) => Bucket, now: () => Date): PreparedCall {
  return {
    operation: request.operation,
    requires: [needOf(request)],
    details: {},
    run: async (assertAllowed) =>
      s3Operations[request.operation]({
        request,
        bucket: bucketOf(request.bucket),
        now,
        assertListable: () => assertAllowed({ action: 's3:ListBucket', resource: bucketArn(request.bucket) }),
      }),
  };
}

const actions: Readonly<Record<S3Operation, string>> = {
  PutObject: 's3:PutObject',
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  DeleteObject: 's3:DeleteObject',
  ListObjectsV2: 's3:ListBucket',
};

function needOf({ operation, bucket, key, parameters }: S3Request): RequiredPermission {
  const prefix = parameters.get('prefix');
  return {
    action: actions[operation],
    resource: key === '' ? bucketArn(bucket) : `${bucketArn(bucket)}/${key}`,
    conditions: prefix === null ? {} : { 's3:prefix': [prefix] },
  };
}

function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}
