import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import type { RuntimeOptions } from '../../../local/runtime-options.ts';
import { s3 } from '../aws/given-aws.ts';
import { aConsumer, type Consumed, type StreamFixture, until } from './given-stream.ts';

const Bucket = 'fixture-failures';
const bucketArn = { 'Fn::GetAtt': ['Failures', 'Arn'] };
const may = (Action: string, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const rights = [may('s3:PutObject', { 'Fn::Join': ['', [bucketArn, '/*']] }), may('s3:ListBucket', bucketArn)];
const toBucket = { DestinationConfig: { OnFailure: { Destination: bucketArn } }, MaximumRetryAttempts: 1 };

interface Stored {
  key: string;
  body: Record<string, unknown> & { payload: string };
}

/** A function that fails, with a bucket as its on-failure destination. */
function aFailing(given: StreamFixture = {}, options: Partial<RuntimeOptions> = {}): Promise<Consumed> {
  const names = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
  const PublicAccessBlockConfiguration = Object.fromEntries(names.map((name) => [name, true]));
  const more = { resources: { Failures: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration } } } };
  const code = "throw new Error('secret');";
  return aConsumer({ code, statements: rights, mapping: toBucket, more, ...given }, options);
}

async function storedBy({ runtime }: Consumed): Promise<Stored[]> {
  const client = s3(runtime.aws);
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  const keys = Contents.map(({ Key = '' }) => Key);
  const read = async (Key: string) =>
    JSON.parse((await (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()) ?? '');
  return Promise.all(keys.map(async (key) => ({ key, body: await read(key) })));
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('records that are given up', () => {
  test("are stored in the bucket in AWS's format, with all data to send them again", async () => {
    const given = await aFailing();
    await given.put('a');
    await given.runtime.settled();
    const [{ key, body } = { key: '', body: { payload: '' } }, ...others] = await storedBy(given);
    expect(others).toEqual([]);
    const { payload, ...head } = body;
    const { Records } = JSON.parse(payload);
    expect(Records).toMatchObject([{ eventName: 'INSERT', dynamodb: { NewImage: { id: { S: 'a' } } } }]);
    const { SequenceNumber, ApproximateCreationDateTime } = Records[0].dynamodb;
    const arrival = new Date(ApproximateCreationDateTime * 1000).toISOString().replace('.000Z', 'Z');
    expect(head).toEqual({
      requestContext: {
        requestId: expect.stringMatching(uuid),
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Fixture-Consumer',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000000000000000001-00000001',
        startSequenceNumber: SequenceNumber,
        endSequenceNumber: SequenceNumber,
        approximateArrivalOfFirstRecord: arrival,
        approximateArrivalOfLastRecord: arrival,
        batchSize: 1,
        streamArn: Records[0].eventSourceARN,
      },
    });
    const [, mapping = '', shard, ...date] =
      /^aws\/lambda\/([^/]+)\/([^/]+)\/(\d{4})\/(\d\d)\/(\d\d)\/(\d{4}-\d\d-\d\d)T\d\d\.\d\d\.\d\d-(.{36})$/.exec(
        key,
      ) ?? [];
    expect([uuid.test(mapping), shard]).toEqual([true, 'shardId-00000000000000000001-00000001']);
    expect([date.slice(0, 3).join('-'), uuid.test(date[4] ?? '')]).toEqual([date[3], true]);
    // The function's error message may quote the data.
    expect(given.notes().join()).toContain('failed: Error,');
    expect(given.notes().join()).not.toContain('secret');
  });

  test('that the function reported as failed are stored without a function error and without the other records', async () => {
    const code = `
      const { SequenceNumber: itemIdentifier } = Records[Records.length - 1].dynamodb;
      return { batchItemFailures: [{ itemIdentifier }] };`;
    const mapping = {
      ...toBucket,
      BatchSize: 2,
      MaximumBatchingWindowInSeconds: 300,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    };
    const given = await aFailing({ code, mapping });
    await given.put('a', 'b');
    await given.runtime.settled();
    const stored = await storedBy(given);
    expect(stored.map(({ body }) => body)).toMatchObject([
      { responseContext: { functionError: null }, DDBStreamBatchInfo: { batchSize: 1 } },
    ]);
    expect(stored[0]?.body.payload).toContain('"b"');
  });

  test('before the function was called are stored without a response context', async () => {
    let ahead = 0;
    const mapping = { ...toBucket, MaximumRecordAgeInSeconds: 60 };
    const functionProperties = { ReservedConcurrentExecutions: 0 };
    const given = await aFailing({ mapping, functionProperties }, { now: () => new Date(Date.now() + ahead) });
    await given.put('a');
    ahead = 62_000;
    await given.runtime.settled();
    const body = (await storedBy(given))[0]?.body;
    expect(body?.['requestContext']).toEqual({
      functionArn: expect.any(String),
      condition: 'RecordAgeExceeded',
      approximateInvokeCount: 0,
    });
    expect(body).not.toHaveProperty('responseContext');
  });

  test('wait until the bucket works again', async () => {
    const given = await aFailing();
    const folder = join(given.dataDir, 's3', Bucket);
    renameSync(folder, `${folder}.away`);
    writeFileSync(folder, '');
    await given.put('a');
    await until(() => given.notes().filter((note) => note.includes('did not accept')).length > 1);
    rmSync(folder);
    renameSync(`${folder}.away`, folder);
    await given.runtime.settled();
    expect(await storedBy(given)).toHaveLength(1);
    expect(given.notes()).toContainEqual(
      expect.stringMatching(/the on-failure destination did not accept record \d+: E[A-Z]+$/),
    );
  });

  test('wait for the next start if the bucket never works', async () => {
    const given = await aFailing();
    const folder = join(given.dataDir, 's3', Bucket);
    renameSync(folder, `${folder}.away`);
    writeFileSync(folder, '');
    await given.put('a');
    await until(() => given.notes().some((note) => note.includes('did not accept')));
    await given.runtime.close();
    rmSync(folder);
    renameSync(`${folder}.away`, folder);
    const again = await aFailing({}, { dataDir: given.dataDir });
    await again.runtime.settled();
    expect(await storedBy(again)).toHaveLength(1);
  });
});

describe('a bucket as on-failure destination is refused', () => {
  test.each([
    ['s3:PutObject', `arn:aws:s3:::${Bucket}/aws/lambda/`],
    ['s3:ListBucket', `arn:aws:s3:::${Bucket}`],
  ])('without the permission for %s', async (action, resource) => {
    const statements = rights.filter(({ Action }) => Action !== action);
    const refused = `its role is not authorized to perform: ${action} on resource: ${resource}`;
    await expect(aFailing({ statements })).rejects.toThrow(refused);
  });

  test('if it is not in the template', async () => {
    const mapping = { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::elsewhere' } } };
    await expect(aFailing({ mapping })).rejects.toThrow('is not a bucket of the template: arn:aws:s3:::elsewhere');
  });
});
