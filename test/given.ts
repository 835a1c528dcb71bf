/** Steps for tests that use the local runtime. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsCall } from '../local/aws/local-aws.ts';
import type { Template } from '../local/cloudformation/template.ts';
import { type Runtime, type RuntimeOptions, startRuntime } from '../local/runtime.ts';
import { readBootstrapToken } from '../local/start/bootstrap-token.ts';
import type { ConnectionView } from '../shared/endpoint/connection-view.ts';
import { asDocumented } from './answer-schema.ts';
import { type Received, type Sent, send } from './local/http-client.ts';

/** The folder of the assembly that `test/synthesize.ts` made. */
export const assembly = (): string => process.env['HOOKLATCH_TEST_ASSEMBLY'] ?? '';

export interface World {
  runtime: Runtime;
  /** A token with the role connection_admin. */
  admin: string;
  /** Every call that reached a service, in order. */
  calls: AwsCall[];
  /** Every line that a function logged. */
  logs: string[];
  /** Sends an operator's request; `body` is sent as JSON. */
  api(method: string, path: string, body?: unknown, more?: ApiOptions): Promise<Received>;
  dynamodb: DynamoDBClient;
  s3: S3Client;
  secretsManager: SecretsManagerClient;
  /** The events that reached a bus, in order. */
  busEvents(): Record<string, unknown>[];
  end(): Promise<void>;
}

/** The calls of the functions that answer a sender. The functions behind the streams make calls at any time. */
export const callsForSender = ({ calls }: World): AwsCall[] =>
  calls.filter(({ principal }) => /-(authorize|ingest)Function/.test(principal));

export interface ApiOptions {
  token?: string;
  headers?: Record<string, string>;
}

/** Starts a runtime with an empty data folder, or with `dataDir`, which is not removed at the end. */
export async function aRuntime(options: Partial<RuntimeOptions> = {}): Promise<World> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'hooklatch-data-'));
  const calls: AwsCall[] = [];
  const logs: string[] = [];
  const runtime = await startRuntime({
    assembly: assembly(),
    schedules: false,
    // Enough for calls at once, and much less CPU than the runtime's default of 8: each instance loads its code.
    maxInstances: 3,
    onCall: (call) => calls.push(call),
    onLog: (_, line) => logs.push(line),
    ...options,
    dataDir,
  });
  const { url, region, administrator } = runtime.aws;
  const config = { endpoint: url, region, credentials: administrator };
  const secretsManager = new SecretsManagerClient(config);
  const dynamodb = new DynamoDBClient(config);
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const admin = (await readBootstrapToken(runtime)) ?? '';
  return {
    runtime,
    admin,
    calls,
    logs,
    dynamodb,
    s3,
    secretsManager,
    busEvents: () => readBusEvents(dataDir),
    async api(method, path, body, more = {}) {
      const answer = await send(runtime.url, apiRequest(method, path, body, { token: admin, ...more }));
      return asDocumented(method, path, answer);
    },
    async end() {
      secretsManager.destroy();
      dynamodb.destroy();
      s3.destroy();
      await runtime.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The events in the bus's log, without a last line that a crash cut off. */
export function readBusEvents(dataDir: string): Record<string, unknown>[] {
  const lines = readFileSync(join(dataDir, 'bus.ndjson'), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

export function apiRequest(method: string, path: string, body: unknown, { token = '', headers }: ApiOptions): Sent {
  const json = body === undefined ? undefined : JSON.stringify(body);
  return {
    method,
    path,
    headers: {
      authorization: `Bearer ${token}`,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: json }),
  };
}

/** Adds an operator. @returns its id and its token */
export async function anOperator(
  world: Operator,
  role: 'connection_admin' | 'flow_designer',
  more: { expiresAt?: string } = {},
): Promise<{ id: string; name: string; token: string }> {
  const name = `operator-${++operators}`;
  const { token, operator } = await ok(world, 'POST', '/v1/operators', { name, role, ...more });
  return { id: (operator as { id: string }).id, name, token: String(token) };
}
let operators = 0;

/** Adds an operator with the role flow_designer. @returns its token */
export const aFlowDesigner = async (world: World): Promise<string> => (await anOperator(world, 'flow_designer')).token;

/** The physical name of the table whose logical id begins with this. */
export const tableOf = ({ tables }: Runtime, logicalId: string): string =>
  Object.entries(tables).find(([id]) => id.startsWith(logicalId))?.[1] ?? '';

/** The name of the bucket whose logical id begins with this. */
export const bucketOf = ({ buckets }: Runtime, logicalId: string): string =>
  Object.entries(buckets).find(([id]) => id.startsWith(logicalId))?.[1] ?? '';

let connections = 0;

/** A connection's name that no other test uses. */
export const aName = (): string => `orders-${++connections}`;

/** Sends operators' requests to a runtime, in this process or in another. */
export type Operator = Pick<World, 'api'>;

/** Makes an API call that must succeed. @returns the answer's JSON */
export async function ok(
  world: Operator,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const answer = await world.api(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.text === '' ? {} : answer.json();
}

export interface ActiveEndpoint {
  name: string;
  /** `/v1/connections/<name>` */
  path: string;
  url: string;
  token: string;
  view: ConnectionView;
}

/** Makes a connection with an active endpoint. @param value the token to adopt; without it one is generated */
export async function anActiveEndpoint(
  world: Operator,
  settings: object = {},
  value?: string,
): Promise<ActiveEndpoint> {
  const name = aName();
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name });
  await ok(world, 'PUT', `${path}/endpoint`, settings);
  const { token } = await ok(world, 'POST', `${path}/endpoint/token`, value === undefined ? {} : { value });
  const view = (await ok(world, 'POST', `${path}/endpoint/activate`)) as unknown as ConnectionView;
  return { name, path, url: view.endpoint?.url ?? '', token: String(token), view };
}

/** Sends a delivery to a full URL. Its path and query are sent unchanged. */
export function deliver(url: string, sent: Omit<Sent, 'path'> = {}): Promise<Received> {
  const { origin } = new URL(url);
  return send(origin, { method: 'POST', ...sent, path: url.slice(url.indexOf('/', 8)) });
}

/** A Bearer header. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Everything that a caller can see of an answer, except the time and the request's id. */
export function seen({ status, headers, text }: Received): string {
  const { date: _, 'apigw-requestid': __, ...rest } = headers;
  return JSON.stringify({ status, headers: rest, text });
}

/** What every refused sender sees. */
export const forbidden =
  '{"status":403,"headers":{"content-type":"application/json","content-length":"23","connection":"close"},"text":"{\\"message\\":\\"Forbidden\\"}"}';

/**
 * The template without the functions that read the tables' streams. It is for tests of what happens before the answer.
 * With these functions, the tests would wait for everything that happens after it.
 */
export function withoutStreams(template: Template): Template {
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => Type !== 'AWS::Lambda::EventSourceMapping');
  return { ...template, Resources: Object.fromEntries(kept) };
}
