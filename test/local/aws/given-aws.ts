import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach } from '@jest/globals';
import { type Credentials, type LocalAws, type LocalAwsOptions, startLocalAws } from '../../../local/aws/local-aws.ts';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A folder that is removed after the test. */
export function aDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-'));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The services in a folder. They are closed after the test, unless the test closed them. */
export async function anAws(options: Partial<LocalAwsOptions> = {}): Promise<LocalAws> {
  const dataDir = options.dataDir ?? aDataFolder();
  const aws = await startLocalAws({ region: 'eu-central-1', accountId: '123456789012', ...options, dataDir });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= aws.close();
    return closing;
  };
  endings.push(close);
  return { ...aws, close };
}

/** AWS's own client for the tables. It does not retry, so it reports each response. */
export function dynamoDb(aws: LocalAws, credentials: Credentials = aws.administrator): DynamoDBClient {
  const client = new DynamoDBClient({ endpoint: aws.url, region: aws.region, credentials, maxAttempts: 1 });
  endings.push(() => client.destroy());
  return client;
}

/** AWS's own client for the secrets. It does not retry, so it reports each response. */
export function secretsManager(aws: LocalAws, credentials: Credentials = aws.administrator): SecretsManagerClient {
  const client = new SecretsManagerClient({ endpoint: aws.url, region: aws.region, credentials, maxAttempts: 1 });
  endings.push(() => client.destroy());
  return client;
}

/** AWS's own client for the buckets. It does not retry, so it reports each response. */
export function s3(aws: LocalAws, credentials = aws.administrator, rest: S3ClientConfig = {}): S3Client {
  const client = new S3Client({ endpoint: aws.url, region: aws.region, credentials, maxAttempts: 1, ...rest });
  endings.push(() => client.destroy());
  return client;
}

/** AWS's own client for the functions. It does not retry, so it reports each response. */
export function lambda(aws: LocalAws, credentials = aws.administrator): LambdaClient {
  const client = new LambdaClient({ endpoint: aws.url, region: aws.region, credentials, maxAttempts: 1 });
  endings.push(() => client.destroy());
  return client;
}

/** AWS's own client for the buses. It does not retry, so it reports each response. */
export function eventBridge(aws: LocalAws, credentials: Credentials = aws.administrator): EventBridgeClient {
  const client = new EventBridgeClient({ endpoint: aws.url, region: aws.region, credentials, maxAttempts: 1 });
  endings.push(() => client.destroy());
  return client;
}

/** AWS's own client for the queues. It does not retry, so it reports each response. */
export function sqs(aws: LocalAws, credentials: Credentials = aws.administrator): SQSClient {
  const client = new SQSClient({ endpoint: aws.url, region: aws.region, credentials, maxAttempts: 1 });
  endings.push(() => client.destroy());
  return client;
}
