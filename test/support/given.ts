/** Steps for tests that use the local runtime. */
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsCall } from '../../local/aws/local-aws.ts';
import type { Runtime } from '../../local/runtime.ts';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { readBootstrapToken } from '../../local/start/bootstrap-token.ts';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import { type Received, type Sent, send } from '../local/http-client.ts';
import type { MovableClock } from './movable-clock.ts';
import type * as Runtimes from './runtimes.ts';

export { withoutStreams } from './without-streams.ts';

/** The folder of the assembly that `test/support/synthesize.ts` made. */
export const assembly = (): string => process.env['HOOKLATCH_TEST_ASSEMBLY'] ?? '';

export interface World extends Runtimes.Clients {
  runtime: Runtime;
  /** Of the services and of the functions. */
  clock: MovableClock;
  /** A token with the role connection_admin. */
  admin: string;
  /** Every call that reached a service, in order. */
  calls: AwsCall[];
  /** Every line that a function logged. */
  logs: string[];
  /** Sends an operator's request; `body` is sent as JSON. */
  api(method: string, path: string, body?: unknown, more?: ApiOptions): Promise<Received>;
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

/** `test/support/runtimes.ts`, which the environment of the tests loads outside of Jest's context. A script that is no test loads it itself. */
const loadRuntimes = (): Promise<typeof Runtimes> =>
  (globalThis as { loadRuntimes?: () => Promise<typeof Runtimes> }).loadRuntimes?.() ?? import('./runtimes.ts');

/** Starts a runtime with an empty data folder, or with `dataDir`, which is not removed at the end. */
export async function aRuntime(options: Partial<RuntimeOptions> = {}): Promise<World> {
  const { MovableClock, startRuntime, usualOptions } = await loadRuntimes();
  const clock = new MovableClock();
  const { skew, now } = clock;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'hooklatch-data-'));
  return aWorld(async (listener) => {
    const runtime = await startRuntime({ ...usualOptions, skew, now, ...listener, ...options, dataDir });
    return {
      runtime,
      clock,
      async leave() {
        await runtime.close();
        if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
      },
    };
  });
}

/**
 * A runtime that other files of tests have used before. It starts in no time and is warm, but it holds their connections, and its
 * operators can't be changed. Its clock is set right when the file ends. `streams` says whether the functions behind the tables' streams
 * run. There is no throttle. Faults end with the file.
 */
export async function aSharedRuntime({
  streams = true,
  ...hooks
}: Pick<Runtimes.Listener, 'fault' | 'failEntry' | 'answerFor'> & { streams?: boolean } = {}): Promise<World> {
  const { shareRuntime } = await loadRuntimes();
  return aWorld(async (listener) => {
    const entered = await shareRuntime(streams, { ...listener, ...hooks });
    return { ...entered, earlierBusEvents: readBusEvents(entered.runtime.dataDir).length };
  });
}

/** Enters a runtime, and makes what a test needs around it. */
async function aWorld(
  enter: (
    listener: Runtimes.Listener,
  ) => Promise<{ runtime: Runtime; clock: MovableClock; leave: () => unknown; earlierBusEvents?: number }>,
): Promise<World> {
  const calls: AwsCall[] = [];
  const logs: string[] = [];
  const { runtime, clock, leave, earlierBusEvents } = await enter({
    onCall: (call) => calls.push(call),
    onLog: (_, line) => logs.push(line),
  });
  const { asDocumented, clientsOf } = await loadRuntimes();
  const clients = clientsOf(runtime);
  const admin = (await readBootstrapToken(runtime)) ?? '';
  return {
    runtime,
    clock,
    admin,
    calls,
    logs,
    ...clients,
    busEvents: () => readBusEvents(runtime.dataDir, earlierBusEvents),
    async api(method, path, body, more = {}) {
      const answer = await send(runtime.url, apiRequest(method, path, body, { token: admin, ...more }));
      return asDocumented(method, path, answer);
    },
    async end() {
      for (const client of Object.values(clients)) client.destroy();
      await leave();
    },
  };
}

/** The events in the bus's log after the first `earlier` ones, without a last line that a crash cut off. */
export function readBusEvents(dataDir: string, earlier = 0): Record<string, unknown>[] {
  const lines = readFileSync(join(dataDir, 'bus.ndjson'), 'utf8').split('\n').slice(earlier, -1);
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
  const name = `operator-${file}${++operators}`;
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

const file = randomInt(100_000, 1_000_000);
let connections = 0;

/** A connection's name that no other test uses, in this file or in another that shares the runtime. */
export const aName = (): string => `orders-${file}${++connections}`;

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
