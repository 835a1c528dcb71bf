import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type HidesRow, startDynamoDb } from '../dynamodb/dynamodb-service.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';
import { type Wait, waitByClock } from '../eventbridge/abortable-wait.ts';
import { type EventBuses, startEventBridge } from '../eventbridge/eventbridge-service.ts';
import type { EntryFailure, PutEventsEntry } from '../eventbridge/put-events-entry.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { startLambda } from '../lambda/lambda-service.ts';
import { startS3 } from '../s3/s3-service.ts';
import { startSecretsManager } from '../secrets-manager/secrets-manager-service.ts';
import type { MessageQueue } from '../sqs/message-queue.ts';
import { startSqs } from '../sqs/sqs-service.ts';
import type { ChooseFault } from './injected-fault.ts';
import { jsonService } from './json-service.ts';
import type { PolicyStatement } from './policy-evaluation.ts';
import { type Credentials, type Principal, Principals } from './principal.ts';
import { type AwsCall, listenForCalls, stopListening } from './service-endpoint.ts';

export type { Credentials } from './principal.ts';
export type { AwsCall } from './service-endpoint.ts';

/** The AWS services that functions call, behind one HTTP server on the loopback interface. */
export interface LocalAws {
  /** The value for AWS_ENDPOINT_URL: `http://127.0.0.1:<port>`. */
  url: string;
  region: string;
  accountId: string;
  /** Creates a table from the resolved properties of an AWS::DynamoDB::Table. Keeps a table that exists. */
  createTable(properties: Record<string, unknown>): Promise<{ name: string; arn: string }>;
  /** The stream with this ARN, if a table has it. */
  stream(arn: string): TableStream | undefined;
  /**
   * Creates a secret from the resolved properties of an AWS::SecretsManager::Secret. A secret that exists keeps its
   * value.
   */
  ensureSecret(properties: Record<string, unknown>): Promise<{ arn: string }>;
  /** Opens a bucket with the resolved properties of an AWS::S3::Bucket. A bucket that exists keeps its objects. */
  createBucket(properties: Record<string, unknown>): Promise<{ name: string; arn: string }>;
  /** Opens a queue with the resolved properties of an AWS::SQS::Queue. A queue that exists keeps its messages. */
  createQueue(properties: Record<string, unknown>): Promise<{ name: string; arn: string; url: string }>;
  /** Throws an Error that names a queue whose dead-letter queue does not exist or does not take its messages. */
  checkDeadLetterQueues(): void;
  /** The queue with this ARN. It is for AWS itself: no policy can deny its use. */
  queue(arn: string): MessageQueue | undefined;
  /** Stores an object on behalf of AWS itself. No policy can deny it. */
  putObject(bucket: string, key: string, body: string | Uint8Array): Promise<void>;
  /** Adds a function that callers with the permission may invoke. */
  addFunction(created: LambdaFunction): void;
  buses: EventBuses;
  /**
   * Registers a caller, such as a function's role. Denials show its name as
   * arn:aws:sts::<account>:assumed-role/<role>/<name>.
   */
  addPrincipal(name: string, role: string, statements: Principal['statements']): Credentials;
  /** The credentials of the laptop's user, who may do everything. Tests and `npm start` itself use them. */
  administrator: Credentials;
  /** The number of index rows that a crash had left wrong and that this start repaired. */
  repairedIndexRows: number;
  close(): Promise<void>;
}

export interface LocalAwsOptions {
  /** The folder for all state. Created if it is missing. */
  dataDir: string;
  region: string;
  accountId: string;
  /** Called for each permitted call, before its response is sent. */
  onCall?: (call: AwsCall) => void;
  /** Milliseconds to wait before each retry of a failed asynchronous invocation. Default: one minute, then two. */
  invokeRetryDelays?: readonly number[];
  /** Makes calls fail, for tests of their callers. */
  fault?: ChooseFault;
  /** Whether an index does not show this row yet. The real ones follow their table some time later. For tests. */
  hidesRow?: HidesRow;
  now?: () => Date;
  /** The function that waits for messages, for the next firing of a schedule and before a retry. */
  wait?: Wait;
  /** Called for each call that was denied, or that this runtime does not know. */
  onDenied?: (message: string) => void;
  /** Makes a bus refuse an event that it would otherwise accept. */
  failEntry?: (entry: PutEventsEntry) => EntryFailure | undefined;
  /** The maximum size of a PutEvents call in bytes. Default: EventBridge's own limit. */
  maxCallBytes?: number;
}

const everything: PolicyStatement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

/**
 * Starts the services on a free port of 127.0.0.1. Callers must sign with the keys of a registered principal, and its
 * policies decide, as on AWS. Throws an Error that says what to do if the data folder is damaged or in use.
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { dataDir, region, accountId, now = () => new Date(), failEntry, maxCallBytes } = options;
  const { wait = waitByClock } = options;
  const secrets = startSecretsManager({ folder: join(dataDir, 'secrets'), region, accountId, now });
  const bus = await startEventBridge({ folder: dataDir, region, accountId, now, failEntry, maxCallBytes });
  const hidesRow = options.hidesRow && { hidesRow: options.hidesRow };
  const tables = await startDynamoDb(join(dataDir, 'dynamodb'), { region, accountId, now, ...hidesRow }).catch(
    async (error) => {
      await bus.close();
      throw error;
    },
  );
  const s3 = startS3({ folder: join(dataDir, 's3'), now });
  const retryDelays = options.invokeRetryDelays && { retryDelays: options.invokeRetryDelays };
  const lambda = startLambda({ region, accountId, ...retryDelays });
  const sqs = startSqs({ folder: join(dataDir, 'sqs'), region, accountId, now, wait });
  const principals = new Principals({ region, accountId, now });
  const services = [jsonService(tables), jsonService(secrets), jsonService(bus), jsonService(sqs), s3, lambda];
  const { onCall = () => {}, onDenied = () => {}, fault = () => undefined } = options;
  const server = await listenForCalls({ services, principals, now, onCall, onDenied, fault });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    region,
    accountId,
    createTable: tables.createTable,
    stream: tables.stream,
    ensureSecret: async (properties) => secrets.ensureSecret(properties),
    createBucket: async (properties) => s3.createBucket(properties),
    createQueue: async (properties) => {
      const { name, arn } = await sqs.createQueue(properties);
      return { name, arn, url: `${url}/${accountId}/${name}` };
    },
    checkDeadLetterQueues: sqs.checkDeadLetterQueues,
    queue: sqs.queue,
    putObject: s3.putObject,
    addFunction: lambda.addFunction,
    buses: bus.buses,
    addPrincipal: (name, role, statements) => principals.add(name, role, statements),
    administrator: principals.add('administrator', 'administrator', () => everything),
    repairedIndexRows: tables.repairedIndexRows,
    close: async () => {
      await stopListening(server);
      await Promise.all(services.map((service) => service.close()));
    },
  };
}
