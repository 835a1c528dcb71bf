import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startDynamoDb } from '../dynamodb/dynamodb-service.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';
import { type EventBuses, startEventBridge } from '../eventbridge/eventbridge-service.ts';
import type { EntryFailure, PutEventsEntry } from '../eventbridge/put-events-entry.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { startLambda } from '../lambda/lambda-service.ts';
import { startS3 } from '../s3/s3-service.ts';
import { startSecretsManager } from '../secrets-manager/secrets-manager-service.ts';
import type { ChooseFault } from './injected-fault.ts';
import { jsonService } from './json-service.ts';
import type { PolicyStatement } from './policy-evaluation.ts';
import { type Credentials, Principals } from './principal.ts';
import { type AwsCall, listenForCalls, stopListening } from './service-endpoint.ts';

export type { Credentials } from './principal.ts';
export type { AwsCall } from './service-endpoint.ts';

/** The AWS services that functions call, in one HTTP server on the loopback interface. */
export interface LocalAws {
  /** What AWS_ENDPOINT_URL must be: `http://127.0.0.1:<port>`. */
  url: string;
  region: string;
  accountId: string;
  /** Makes a table from the resolved properties of an AWS::DynamoDB::Table, or keeps the one that exists. */
  createTable(properties: Record<string, unknown>): Promise<{ name: string; arn: string }>;
  /** The stream with this ARN, if a table that was made has it. */
  stream(arn: string): TableStream | undefined;
  /** Makes a secret from the resolved properties of an AWS::SecretsManager::Secret; one that exists keeps its value. */
  ensureSecret(properties: Record<string, unknown>): Promise<{ arn: string }>;
  /** Opens a bucket made of the resolved properties of an AWS::S3::Bucket; what one of that name held is still in it. */
  createBucket(properties: Record<string, unknown>): Promise<{ name: string; arn: string }>;
  /** Stores an object on behalf of AWS itself, which no policy can deny. */
  putObject(bucket: string, key: string, body: string | Uint8Array): Promise<void>;
  /** Lets a function be invoked by those who may. */
  addFunction(created: LambdaFunction): void;
  buses: EventBuses;
  /** Registers a caller (a function's role): its name shows in denials as arn:aws:sts::<account>:assumed-role/<role>/<name>. */
  addPrincipal(name: string, role: string, statements: PolicyStatement[]): Credentials;
  /** The person at the laptop, who may do everything; used by tests and by `npm start` itself. */
  administrator: Credentials;
  /** How many index rows a crash had left wrong, and were put right at this start. */
  repairedIndexRows: number;
  close(): Promise<void>;
}

export interface LocalAwsOptions {
  /** The folder that holds all state; made if it is missing. */
  dataDir: string;
  region: string;
  accountId: string;
  /** Told of each call that a policy permitted, before its answer is sent. */
  onCall?: (call: AwsCall) => void;
  /** Milliseconds to wait before each new attempt of an asynchronous invocation that failed; else a minute, then two. */
  invokeRetryDelays?: readonly number[];
  /** Lets calls go wrong, for tests of those who make them. */
  fault?: ChooseFault;
  now?: () => Date;
  /** Told of each call that was refused for want of a permission, or because it is not known here. */
  onDenied?: (message: string) => void;
  /** Lets a bus refuse an event that it would take. */
  failEntry?: (entry: PutEventsEntry) => EntryFailure | undefined;
  /** The most bytes that a bus takes in one call; EventBridge's own limit when unsaid. */
  maxCallBytes?: number;
}

const everything: PolicyStatement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

/**
 * Starts the services on a free port of 127.0.0.1. Throws an Error that says what to do if the data folder is damaged or
 * in use. Whoever calls must sign with the keys of a registered principal; its policies decide, as on AWS.
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { dataDir, region, accountId, now = () => new Date(), failEntry, maxCallBytes } = options;
  const secrets = startSecretsManager({ folder: join(dataDir, 'secrets'), region, accountId, now });
  const bus = await startEventBridge({ folder: dataDir, region, accountId, now, failEntry, maxCallBytes });
  const tables = await startDynamoDb(join(dataDir, 'dynamodb'), { region, accountId, now }).catch(async (error) => {
    await bus.close();
    throw error;
  });
  const s3 = startS3({ folder: join(dataDir, 's3'), now });
  const retryDelays = options.invokeRetryDelays && { retryDelays: options.invokeRetryDelays };
  const lambda = startLambda({ region, accountId, ...retryDelays });
  const principals = new Principals({ region, accountId, now });
  const services = [jsonService(tables), jsonService(secrets), jsonService(bus), s3, lambda];
  const { onCall = () => {}, onDenied = () => {}, fault = () => undefined } = options;
  const server = await listenForCalls({ services, principals, now, onCall, onDenied, fault });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region,
    accountId,
    createTable: tables.createTable,
    stream: tables.stream,
    ensureSecret: async (properties) => secrets.ensureSecret(properties),
    createBucket: async (properties) => s3.createBucket(properties),
    putObject: s3.putObject,
    addFunction: lambda.addFunction,
    buses: bus.buses,
    addPrincipal: (name, role, statements) => principals.add(name, role, statements),
    administrator: principals.add('administrator', 'administrator', everything),
    repairedIndexRows: tables.repairedIndexRows,
    close: async () => {
      await stopListening(server);
      await Promise.all(services.map((service) => service.close()));
    },
  };
}
