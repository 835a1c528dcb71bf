import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { InjectedFault } from '../../../local/aws/injected-fault.ts';
import type { AwsCall, Credentials, LocalAws, LocalAwsOptions } from '../../../local/aws/local-aws.ts';
import type { PolicyStatement } from '../../../local/aws/policy-evaluation.ts';
import { codePoint } from '../../support/any-text.ts';
import { count } from '../../support/full-counts.ts';
import { aDataFolder, anAws, s3 } from '../aws/given-aws.ts';
import { send } from '../http-client.ts';

const Bucket = 'bodies';
const PublicAccessBlockConfiguration = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
const privateBucket = { BucketName: Bucket, PublicAccessBlockConfiguration };
const bucketArn = 'arn:aws:s3:::bodies';

async function aBucket(options: Partial<LocalAwsOptions> = {}, properties: object = {}): Promise<LocalAws> {
  const aws = await anAws(options);
  await aws.createBucket({ ...privateBucket, ...properties });
  return aws;
}

const put = (aws: LocalAws, Key: string, Body: NonNullable<PutObjectCommandInput['Body']>, rest: object = {}) =>
  s3(aws).send(new PutObjectCommand({ Bucket, Key, Body, ...rest }));

async function bytesOf(aws: LocalAws, Key: string): Promise<Buffer> {
  const { Body } = await s3(aws).send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

async function keysOf(aws: LocalAws, rest: object = {}, now = Date.now()): Promise<(string | undefined)[]> {
  const client = s3(aws, aws.administrator, { systemClockOffset: now - Date.now() });
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, ...rest }));
  return Contents.map(({ Key }) => Key);
}

const mayCall = (
  aws: LocalAws,
  ...allowed: [Action: string | string[], Resource: string, rest?: Partial<PolicyStatement>][]
) =>
  aws.addPrincipal('ingest', 'IngestRole', () =>
    allowed.map(([Action, Resource, rest]) => ({ Effect: 'Allow', Action, Resource, ...rest })),
  );

type Change = (request: { body?: unknown; headers: Record<string, string> }) => void;

/** Changes each request of a client before or after it is signed. */
function changeRequests({ middlewareStack }: S3Client, relation: 'before' | 'after', change: Change): void {
  const middleware =
    <Arguments, Output>(next: (args: Arguments) => Promise<Output>) =>
    (args: Arguments) => {
      change((args as { request: Parameters<Change>[0] }).request);
      return next(args);
    };
  middlewareStack.addRelativeTo(middleware, { relation, toMiddleware: 'httpSigningMiddleware', name: 'change' });
}

describe('an object', () => {
  test.each([0, 1, 5 * 1024 * 1024])('of %d bytes is read back unchanged', async (size) => {
    const aws = await aBucket();
    const bytes = randomBytes(size);
    await put(aws, 'a/b', bytes);
    expect((await bytesOf(aws, 'a/b')).equals(bytes)).toBe(true);
    await expect(s3(aws).send(new HeadObjectCommand({ Bucket, Key: 'a/b' }))).resolves.toMatchObject({
      ContentLength: size,
    });
  });

  test('keeps its content type, disposition, metadata, checksum and MD5', async () => {
    const aws = await aBucket();
    const ContentDisposition = 'attachment; filename="a.json"';
    const sent = { ContentType: 'application/json', ContentDisposition, Metadata: { sender: 'git  hub', empty: '' } };
    const { ETag, ChecksumCRC32 } = await put(aws, 'a', 'hello', sent);
    expect(ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    expect(ChecksumCRC32).toBe('NhCmhg==');
    const known = { ...sent, ETag, ContentLength: 5, LastModified: expect.any(Date) };
    await expect(s3(aws).send(new HeadObjectCommand({ Bucket, Key: 'a' }))).resolves.toMatchObject(known);
    await expect(s3(aws).send(new GetObjectCommand({ Bucket, Key: 'a' }))).resolves.toMatchObject({
      ...known,
      ChecksumCRC32,
    });
  });

  test("with any key and any bytes is read back unchanged, stays inside its bucket's folder, and survives a restart", async () => {
    const dataDir = aDataFolder();
    const expected = new Map<string, Uint8Array>();
    const aws = await aBucket({ dataDir });
    const client = s3(aws);
    const oddKeys = fc.constantFrom(
      '..',
      '.',
      '/',
      '//',
      '../../x',
      'a/../b',
      '%',
      '%2e%2e',
      '%00',
      'a+b c',
      '\u0000',
      '\r\n',
    );
    const anyKey = fc.oneof(oddKeys, fc.string({ unit: codePoint, minLength: 1, size: 'max', maxLength: 256 }));
    const isStored = async (key: string, bytes: Uint8Array) => {
      await client.send(new PutObjectCommand({ Bucket, Key: key, Body: bytes }));
      expected.set(key, bytes);
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }));
      expect(await Body?.transformToByteArray()).toEqual(bytes);
    };
    await fc.assert(fc.asyncProperty(anyKey, fc.uint8Array(), isStored), { numRuns: count({ usual: 16, full: 150 }) });
    await aws.close();
    const restarted = await aBucket({ dataDir });
    expect(expected.size).toBeGreaterThan(3);
    for (const [key, bytes] of expected) expect((await bytesOf(restarted, key)).equals(bytes)).toBe(true);
    expect(readdirSync(dataDir).sort()).toEqual(['bus.ndjson', 'dynamodb', 's3', 'secrets']);
    expect(readdirSync(join(dataDir, 's3'))).toEqual([Bucket]);
  });

  test('can have a key of up to 1,024 bytes', async () => {
    const aws = await aBucket();
    await put(aws, 'é'.repeat(512), 'x');
    expect(await keysOf(aws)).toEqual(['é'.repeat(512)]);
    await expect(put(aws, `${'é'.repeat(512)}a`, 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });
  });

  test('is replaced completely by another object with the same key', async () => {
    const aws = await aBucket();
    await put(aws, 'a', 'the first, and the longer one', { Metadata: { number: '1' } });
    await put(aws, 'a', 'second');
    expect(String(await bytesOf(aws, 'a'))).toBe('second');
    await expect(s3(aws).send(new HeadObjectCommand({ Bucket, Key: 'a' }))).resolves.toMatchObject({ Metadata: {} });
  });

  test('with If-None-Match does not replace another', async () => {
    const aws = await aBucket();
    const putFirst = (body: string) => put(aws, 'a', body, { IfNoneMatch: '*' });
    const results = await Promise.allSettled(['1', '2', '3', '4'].map(putFirst));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(putFirst('5')).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  test('that several writers put at once has the bytes of one of them', async () => {
    const aws = await aBucket();
    const bodies = Array.from({ length: 20 }, (_, at) => Buffer.alloc(100_000, at));
    await Promise.all(bodies.map((body) => put(aws, 'a', body)));
    const { ETag } = await s3(aws).send(new HeadObjectCommand({ Bucket, Key: 'a' }));
    await expect(put(aws, 'b', await bytesOf(aws, 'a'))).resolves.toMatchObject({ ETag });
  });

  test('that was deleted is gone, and deleting it again is no error', async () => {
    const aws = await aBucket();
    await put(aws, 'a', 'x');
    await s3(aws).send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await s3(aws).send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await expect(bytesOf(aws, 'a')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    await expect(s3(aws).send(new HeadObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('that is sent as a stream is read back unchanged', async () => {
    const aws = await aBucket();
    const bytes = randomBytes(200_000);
    const parts = [bytes.subarray(0, 70_000), bytes.subarray(70_000)];
    await put(aws, 'a', Readable.from(parts), { ContentLength: bytes.length });
    expect((await bytesOf(aws, 'a')).equals(bytes)).toBe(true);
  });

  test('that is too large is refused', async () => {
    const aws = await aBucket();
    const large = put(aws, 'a', Buffer.alloc(16 * 1024 * 1024 + 1));
    await expect(large).rejects.toMatchObject({ name: 'EntityTooLarge', $metadata: { httpStatusCode: 400 } });
  });

  test('in a missing bucket can be neither read nor stored', async () => {
    const aws = await anAws();
    await expect(put(aws, 'a', 'x')).rejects.toMatchObject({
      name: 'NoSuchBucket',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(bytesOf(aws, 'a')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('a request is refused', () => {
  test('with a wrong signature or an unknown key', async () => {
    const aws = await aBucket();
    const get = (credentials: Credentials) => s3(aws, credentials).send(new GetObjectCommand({ Bucket, Key: 'a' }));
    await expect(get({ ...aws.administrator, secretAccessKey: 'x' })).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(get({ accessKeyId: 'ASIAUNKNOWN', secretAccessKey: 'x' })).rejects.toMatchObject({
      name: 'InvalidAccessKeyId',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test.each<[string, 'before' | 'after', Change]>([
    ['XAmzContentSHA256Mismatch', 'after', (request) => Object.assign(request, { body: Buffer.from('HELLO') })],
    ['SignatureDoesNotMatch', 'after', ({ headers }) => Object.assign(headers, { 'x-amz-checksum-crc32': 'AAAAAA==' })],
    ['BadDigest', 'before', ({ headers }) => Object.assign(headers, { 'x-amz-checksum-crc32': 'AAAAAA==' })],
    ['NotImplemented', 'before', ({ headers }) => Object.assign(headers, { 'x-amz-checksum-md5': 'AAAAAA==' })],
    ['NotImplemented', 'before', ({ headers }) => Object.assign(headers, { 'x-amz-acl': 'public-read' })],
    ['NotImplemented', 'before', ({ headers }) => Object.assign(headers, { 'x-amz-tagging': 'a=b' })],
  ])('with the error %s if it is changed %s it is signed', async (name, when, change) => {
    const aws = await aBucket();
    const client = s3(aws);
    changeRequests(client, when, change);
    const putHello = new PutObjectCommand({ Bucket, Key: 'a', Body: Buffer.from('hello') });
    await expect(client.send(putHello)).rejects.toMatchObject({ name });
    expect(await keysOf(aws)).toEqual([]);
  });

  test.each([
    ['IncompleteBody', '3\r\nab'],
    ['IncompleteBody', '2\r\nab\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n'],
    ['IncompleteBody', '3;chunk-signature=a\r\nabc\r\n0\r\n\r\n'],
    ['MalformedTrailerError', '3\r\nabc\r\n0\r\n\r\n'],
    ['BadDigest', '3\r\nabd\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n'],
  ])('with the error %s if its chunks are %j', async (name, body) => {
    const aws = await aBucket();
    const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const client = s3(aws, aws.administrator, { logger });
    changeRequests(client, 'after', (request) => Object.assign(request, { body }));
    const stream = new PutObjectCommand({
      Bucket,
      Key: 'a',
      Body: Readable.from([Buffer.from('abc')]),
      ContentLength: 3,
    });
    await expect(client.send(stream)).rejects.toMatchObject({ name });
    expect(await keysOf(aws)).toEqual([]);
  });

  test('without a signature', async () => {
    const denials: string[] = [];
    const aws = await aBucket({ onDenied: (message) => denials.push(message) });
    await put(aws, 'a', 'x');
    const answer = await send(aws.url, { path: '/bodies/a' });
    expect(answer.status).toBe(400);
    expect(denials).toEqual([expect.stringContaining('is not signed for a supported service')]);
  });

  test('with an unsupported operation or parameter', async () => {
    const denials: string[] = [];
    const aws = await aBucket({ onDenied: (message) => denials.push(message) });
    const copy = s3(aws).send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: 'bodies/a' }));
    await expect(copy).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
    const range = s3(aws).send(new GetObjectCommand({ Bucket, Key: 'a', Range: 'bytes=0-1' }));
    await expect(range).rejects.toMatchObject({ name: 'NotImplemented' });
    await expect(keysOf(aws, { Delimiter: '/' })).rejects.toMatchObject({ name: 'NotImplemented' });
    expect(denials).toHaveLength(3);
  });
});

describe('a permission', () => {
  test('applies to the operation and the key, and HeadObject needs GetObject', async () => {
    const aws = await aBucket();
    await put(aws, 'in/a', 'x');
    const client = s3(aws, mayCall(aws, ['s3:GetObject', `${bucketArn}/in/*`], ['s3:PutObject', `${bucketArn}/out/*`]));
    await client.send(new GetObjectCommand({ Bucket, Key: 'in/a' }));
    await client.send(new HeadObjectCommand({ Bucket, Key: 'in/a' }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'out/a', Body: 'x' }));
    const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };
    const getOut = client.send(new GetObjectCommand({ Bucket, Key: 'out/a' }));
    await expect(getOut).rejects.toMatchObject({
      ...denied,
      message:
        'User: arn:aws:sts::123456789012:assumed-role/IngestRole/ingest is not authorized to perform: s3:GetObject on ' +
        'resource: arn:aws:s3:::bodies/out/a because no identity-based policy allows the s3:GetObject action',
    });
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'out/a' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    const putIn = client.send(new PutObjectCommand({ Bucket, Key: 'in/a', Body: 'y' }));
    await expect(putIn).rejects.toMatchObject(denied);
    const deleteOut = client.send(new DeleteObjectCommand({ Bucket, Key: 'out/a' }));
    await expect(deleteOut).rejects.toMatchObject(denied);
    expect(String(await bytesOf(aws, 'in/a'))).toBe('x');
  });

  test('to list can be limited to a prefix', async () => {
    const aws = await aBucket();
    const Condition = { StringLike: { 's3:prefix': 'in/*' } };
    const client = s3(aws, mayCall(aws, ['s3:ListBucket', bucketArn, { Condition }]));
    await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'in/x' }));
    const denied = { name: 'AccessDenied' };
    await expect(client.send(new ListObjectsV2Command({ Bucket, Prefix: 'out/' }))).rejects.toMatchObject(denied);
    await expect(client.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject(denied);
  });

  test('to list is needed to get a 404 instead of a 403 for a missing object', async () => {
    const calls: AwsCall[] = [];
    const aws = await aBucket({ onCall: (call) => calls.push(call) });
    const get = (credentials: Credentials) => s3(aws, credentials).send(new GetObjectCommand({ Bucket, Key: 'a' }));
    const mayGet: [string, string] = ['s3:GetObject', `${bucketArn}/*`];
    await expect(get(mayCall(aws, mayGet))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(get(mayCall(aws, mayGet, ['s3:ListBucket', bucketArn]))).rejects.toMatchObject({ name: 'NoSuchKey' });
    // A permission that the caller lacks is not one that the call has needed.
    expect(calls.map(({ permissions }) => permissions.map(({ action }) => action))).toEqual([
      ['s3:GetObject'],
      ['s3:GetObject', 's3:ListBucket'],
    ]);
  });
});

describe('the list of objects', () => {
  // The SDK's paginator sends everything again with each token.
  test('comes in pages that go on, whatever the first one was asked for', async () => {
    const aws = await aBucket();
    for (const key of ['a/1', 'a/2', 'a/3', 'a/4', 'b/1']) await put(aws, key, key);
    const demand = { Bucket, Prefix: 'a/', StartAfter: 'a/1', EncodingType: 'url' as const, MaxKeys: 1 };
    const pages: unknown[] = [];
    for await (const { Contents } of paginateListObjectsV2({ client: s3(aws) }, demand)) {
      pages.push(Contents?.map(({ Key }) => Key));
      if (pages.length === 5) break;
    }
    expect(pages).toEqual([['a/2'], ['a/3'], ['a/4']]);
  });

  test('comes in pages, in the byte order of the keys', async () => {
    const aws = await aBucket();
    // UTF-16 would order the last two the other way round.
    const keys = ['a', 'a/1', 'a/2', 'a/3', 'b &<">\u0001', 'ä', '\uffee', '😀'];
    for (const key of [...keys].reverse()) await put(aws, key, key);
    const pages: unknown[] = [];
    let ContinuationToken: string | undefined;
    do {
      const command = new ListObjectsV2Command({ Bucket, MaxKeys: 3, ...(ContinuationToken && { ContinuationToken }) });
      const page = await s3(aws).send(command);
      pages.push(page.Contents?.map(({ Key }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    expect(pages).toEqual([keys.slice(0, 3), keys.slice(3, 6), keys.slice(6)]);
    expect(await keysOf(aws, { Prefix: 'a/' })).toEqual(['a/1', 'a/2', 'a/3']);
    expect(await keysOf(aws, { Prefix: 'a/', StartAfter: 'a/1', MaxKeys: 1 })).toEqual(['a/2']);
    expect(await keysOf(aws, { Prefix: 'b', EncodingType: 'url' })).toEqual(['b%20%26%3C%22%3E%01']);
    await expect(s3(aws).send(new ListObjectsV2Command({ Bucket, Prefix: 'a/1' }))).resolves.toMatchObject({
      Name: Bucket,
      KeyCount: 1,
      IsTruncated: false,
      Contents: [
        { Key: 'a/1', Size: 3, ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/), LastModified: expect.any(Date) },
      ],
    });
  });
});

describe('the files on disk', () => {
  test('keep the old object if a process dies before the new one is in place', async () => {
    const dataDir = aDataFolder();
    const aws = await aBucket({ dataDir });
    await put(aws, 'a', 'old');
    await aws.close();
    const script = join(import.meta.dirname, 'crash-before-rename.ts');
    const { signal } = spawnSync(process.execPath, [script, dataDir, Bucket, 'a', 'new']);
    expect(signal).toBe('SIGKILL');
    const folder = join(dataDir, 's3', Bucket);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toHaveLength(1);
    const restarted = await aBucket({ dataDir });
    expect(String(await bytesOf(restarted, 'a'))).toBe('old');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toHaveLength(0);
  });

  test('have what the bucket shows: a write that fails changes neither, and leaves no file', async () => {
    const dataDir = aDataFolder();
    const aws = await aBucket({ dataDir });
    await put(aws, 'a', 'old');
    const folder = join(dataDir, 's3', Bucket);
    const [file = ''] = readdirSync(folder);
    // A folder in the place of the object's file makes the rename fail.
    renameSync(join(folder, file), join(dataDir, 'kept'));
    mkdirSync(join(folder, file));
    await expect(put(aws, 'a', 'a longer one')).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    const { ContentLength } = await s3(aws).send(new HeadObjectCommand({ Bucket, Key: 'a' }));
    expect([ContentLength, readdirSync(folder)]).toEqual([3, [file]]);
    rmSync(join(folder, file), { recursive: true });
    renameSync(join(dataDir, 'kept'), join(folder, file));
    expect(String(await bytesOf(aws, 'a'))).toBe('old');
    await put(aws, 'a', 'a longer one');
    expect(String(await bytesOf(aws, 'a'))).toBe('a longer one');
  });

  test('are private to the user', async () => {
    const dataDir = aDataFolder();
    await put(await aBucket({ dataDir }), 'a', 'x');
    const folder = join(dataDir, 's3', Bucket);
    const [file = ''] = readdirSync(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  });

  test('that are damaged are named at the start', async () => {
    const dataDir = aDataFolder();
    const aws = await aBucket({ dataDir });
    await put(aws, 'a', 'x');
    await aws.close();
    const folder = join(dataDir, 's3', Bucket);
    const [file = ''] = readdirSync(folder);
    appendFileSync(join(folder, file), 'more');
    await expect(aBucket({ dataDir })).rejects.toThrow(`${join(folder, file)} is damaged`);
  });
});

describe('a lifecycle rule', () => {
  const day = 24 * 60 * 60 * 1000;
  const LifecycleConfiguration = {
    Rules: [
      { Id: 'old', Status: 'Enabled', Prefix: 'in/', ExpirationInDays: 2 },
      { Status: 'Disabled', ExpirationInDays: 1 },
      { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ],
  };

  test('deletes older objects of its prefix, at the start and every hour', async () => {
    jest.useFakeTimers({ doNotFake: ['Date', 'setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      let now = new Date('2026-11-25T12:00:00Z').getTime();
      const dataDir = aDataFolder();
      const clock = () => new Date(now);
      const aws = await aBucket({ dataDir, now: clock }, { LifecycleConfiguration });
      await aws.putObject(Bucket, 'in/1', 'x');
      await aws.putObject(Bucket, 'out/1', 'x');
      now += day;
      await aws.putObject(Bucket, 'in/2', 'x');
      jest.advanceTimersByTime(3_600_000);
      await expect(keysOf(aws, {}, now)).resolves.toEqual(['in/1', 'in/2', 'out/1']);
      now += day;
      jest.advanceTimersByTime(3_599_999);
      await expect(keysOf(aws, {}, now)).resolves.toEqual(['in/1', 'in/2', 'out/1']);
      jest.advanceTimersByTime(1);
      await expect(keysOf(aws, {}, now)).resolves.toEqual(['in/2', 'out/1']);
      await aws.close();
      now += day;
      const restarted = await aBucket({ dataDir, now: clock }, { LifecycleConfiguration });
      await expect(keysOf(restarted, {}, now)).resolves.toEqual(['out/1']);
    } finally {
      jest.useRealTimers();
    }
  });
});

test.each([
  [{ WebsiteConfiguration: { IndexDocument: 'index.html' } }, 'WebsiteConfiguration'],
  [{ PublicAccessBlockConfiguration: undefined }, 'PublicAccessBlockConfiguration'],
  [{ LifecycleConfiguration: { Rules: [{ Status: 'Enabled', TagFilters: [] }] } }, 'TagFilters'],
  [{ BucketName: '../bodies' }, 'is not a valid bucket name'],
  [{ BucketName: 'a..b' }, 'is not a valid bucket name'],
])('a bucket with %j is refused', async (properties, problem) => {
  await expect(aBucket({}, properties)).rejects.toThrow(problem);
});

test('two buckets with the same name are refused', async () => {
  const aws = await aBucket();
  await expect(aws.createBucket(privateBucket)).rejects.toThrow('Two buckets are named bodies');
});

describe('an injected fault', () => {
  test.each<[InjectedFault, object, number, string[]]>([
    ['error-before', { name: 'InternalError' }, 500, []],
    ['error-after', { name: 'InternalError' }, 500, ['a']],
    ['throttle', { name: 'SlowDown' }, 503, []],
    ['lost-answer', { message: expect.stringContaining('socket hang up') }, 200, ['a']],
  ])('%s makes the call fail', async (fault, error, status, keys) => {
    const faults = [fault];
    const calls: AwsCall[] = [];
    const aws = await aBucket({ fault: () => faults.shift(), onCall: (call) => calls.push(call) });
    await expect(put(aws, 'a', 'x')).rejects.toMatchObject(error);
    expect(calls).toMatchObject([{ service: 's3', operation: 'PutObject', principal: 'administrator', status }]);
    await expect(keysOf(aws)).resolves.toEqual(keys);
  });
});
