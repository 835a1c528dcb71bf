import { describe, expect, test } from '@jest/globals';
import type { Runtime } from '../../../local/runtime.ts';
import { type Fixture, givenRuntime } from '../assembly-fixture.ts';
import { send } from '../http-client.ts';

const privateBucket = {
  Type: 'AWS::S3::Bucket',
  Properties: {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  },
};

test.each(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'])(
  'a function can access exactly the objects of the bucket that its role allows (%s)',
  async (Type) => {
    const code = `
    const { S3Client, PutObjectCommand, GetObjectCommand } = require('@aws-sdk/client-s3');
    const client = new S3Client({ maxAttempts: 1 });
    exports.handler = async ({ rawPath }) => {
      const Key = rawPath.slice(1);
      try {
        await client.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key, Body: Buffer.from('hello') }));
        const { Body } = await client.send(new GetObjectCommand({ Bucket: process.env.BUCKET, Key }));
        return { statusCode: 200, body: await Body.transformToString() };
      } catch (error) {
        return { statusCode: 500, body: error.name };
      }
    };`;
    const statement = {
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:GetObject'],
      Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bodies', 'Arn'] }, '/mine/*']] },
    };
    const runtime = await givenRuntime({
      functions: { Store: code },
      functionProperties: { Store: { Environment: { Variables: { BUCKET: { Ref: 'Bodies' } } } } },
      routes: [{ key: 'GET /{proxy+}', to: 'Store' }],
      resources: {
        Bodies: privateBucket,
        Policy: {
          Type,
          Properties: { Roles: [{ Ref: 'StoreRole' }], PolicyDocument: { Statement: [statement] } },
        },
      },
    });
    await expect(send(runtime.url, { path: '/mine/a' })).resolves.toMatchObject({ status: 200, text: 'hello' });
    await expect(send(runtime.url, { path: '/other' })).resolves.toMatchObject({ status: 500, text: 'AccessDenied' });
  },
);

test('long bucket names are cut, and two of them stay different', async () => {
  const ids = ['A', 'B'].map((end) => `${'Bodies'.repeat(12)}${end}`);
  const resources = Object.fromEntries(ids.map((id) => [id, privateBucket]));
  const names = Object.values((await givenRuntime({ resources })).buckets);
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^fixture-bodies[a-z0-9-]{1,49}$/);
});

describe('a bucket is refused', () => {
  const starting = async (fixture: Fixture): Promise<Runtime> => givenRuntime(fixture);

  test('if it has an unsupported property', async () => {
    const Bodies = { ...privateBucket, Properties: { ...privateBucket.Properties, CorsConfiguration: {} } };
    await expect(starting({ resources: { Bodies } })).rejects.toThrow(/fixture-bodies: .*CorsConfiguration/s);
  });

  const resource = { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bodies', 'Arn'] }, '/*']] };
  const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: resource };
  test.each([
    ['everyone', { ...allow, Principal: '*' }],
    ['another account', { ...allow, Principal: { AWS: 'arn:aws:iam::123456789012:root' } }],
    ['the role of an ordinary function', { ...allow, Principal: { AWS: { 'Fn::GetAtt': ['EchoRole', 'Arn'] } } }],
    ['a service', { ...allow, Principal: { Service: 'lambda.amazonaws.com' } }],
    ['everyone, which denies all requests', { Effect: 'Deny', Action: 's3:*', Resource: resource, Principal: '*' }],
  ])('if it has a policy for %s', async (_, statement) => {
    const PolicyDocument = { Version: '2012-10-17', Statement: [statement] };
    const Policy = { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bodies' }, PolicyDocument } };
    const given = {
      functions: { Echo: 'exports.handler = async () => 1;' },
      resources: { Bodies: privateBucket, Policy },
    };
    await expect(starting(given)).rejects.toThrow(/Policy \(AWS::S3::BucketPolicy\): /);
  });
});
