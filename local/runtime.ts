import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { answerHttpRequest, type HttpApi } from './api-gateway/http-api-requests.ts';
import { readHttpApi } from './api-gateway/http-api-resources.ts';
import { type HttpApiServer, startHttpApiServer } from './api-gateway/http-server.ts';
import { gatewayErrors } from './api-gateway/integration-response.ts';
import { type LocalAws, startLocalAws } from './aws/local-aws.ts';
import { checkBucketPolicies } from './cloudformation/bucket-policy.ts';
import { cannotRun } from './cloudformation/cannot-run.ts';
import { type CloudAssembly, readCloudAssembly } from './cloudformation/cloud-assembly.ts';
import { leaveOut } from './cloudformation/leave-out.ts';
import { accountId, createStack, region, type Stack } from './cloudformation/physical-ids.ts';
import { checkDeferredProperties } from './cloudformation/resource-properties.ts';
import { checkResourceTypes, type Template } from './cloudformation/template.ts';
import type { CustomResource } from './custom-resources/custom-resource.ts';
import { MadeResources } from './custom-resources/made-resources.ts';
import { type StackUpdateResult, updateCustomResources } from './custom-resources/stack-update.ts';
import { type DataFolderLock, lockDataFolder } from './data-folder/data-folder-lock.ts';
import { startMappings } from './event-source-mapping/event-source-mappings.ts';
import type { Poller } from './event-source-mapping/poller.ts';
import { waitByClock } from './eventbridge/abortable-wait.ts';
import { createBuses, type EventRules, startRules } from './eventbridge/rules.ts';
import { Forwarder } from './forward/forwarder.ts';
import { createLambdaFunctions, replaceCode } from './lambda/function-resources.ts';
import { defaultMaxInstances, type LambdaFunction } from './lambda/lambda-function.ts';
import { logLine } from './lambda/lambda-log.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { StartError } from './start/start-error.ts';

export interface Runtime {
  /** The URL of the API, without a slash at the end. */
  url: string;
  dataDir: string;
  aws: LocalAws;
  /** Physical names by logical id. */
  tables: Record<string, string>;
  buckets: Record<string, string>;
  outputs: Record<string, string>;
  /** What came of the custom resources. */
  update: StackUpdateResult;
  /** ARNs by logical id. */
  secrets: Record<string, string>;
  /** URLs by logical id. */
  queues: Record<string, string>;
  /** The number of index rows that a crash had left wrong and that this start repaired. */
  repairedIndexRows: number;
  /** By logical id. For tests of faults. */
  functions: Record<string, LambdaFunction>;
  /**
   * Resolves once the functions have processed or discarded every record that is in a stream now, and every message that a queue
   * has for them now. For tests, instead of a wait. Does not wait for what a function then writes to another stream or queue.
   */
  settled(): Promise<void>;
  /**
   * Fires the schedule of the one rule whose logical id starts with the prefix. Resolves when its targets have
   * answered. Throws an Error that lists the schedules if the prefix fits none of them, or several.
   */
  runSchedule(logicalIdPrefix: string): Promise<void>;
  /**
   * Gives the functions the code of another assembly of the same app.
   * @param assembly its folder
   */
  replaceCode(assembly: string): Promise<void>;
  close(): Promise<void>;
}

/** The running parts, in the order in which they must stop. */
interface RunningParts {
  server?: HttpApiServer;
  mappings?: Poller;
  rules?: EventRules;
  functions?: ReadonlyMap<string, LambdaFunction>;
  forwarder?: Forwarder;
  aws?: LocalAws;
  lock?: DataFolderLock;
}

/**
 * Runs the synthesized template: its API, functions, tables, secrets, buckets and policies.
 * @throws StartError if the template contains something that can't run here, a part of it is missing, or the port or
 * the folder is taken. Before it throws, it stops everything that it has started.
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const dataDir = resolve(options.dataDir);
  const parts: RunningParts = {};
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= closeParts(parts);
    return closed;
  };
  try {
    return { ...(await run({ ...options, dataDir }, parts)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The HTTP server and the pollers finish their calls first. These calls need the functions, and the functions need the
 * services.
 */
async function closeParts({ server, mappings, rules, functions, forwarder, aws, lock }: RunningParts): Promise<void> {
  await Promise.all([server?.close(), mappings?.close()]);
  const delivered = rules?.close();
  await Promise.all([...(functions?.values() ?? [])].map((each) => each.close()));
  await delivered;
  await forwarder?.close();
  await aws?.close();
  lock?.release();
}

async function run(options: RuntimeOptions, parts: RunningParts): Promise<Omit<Runtime, 'close'>> {
  let api: HttpApi | undefined;
  // A folder that exists is locked before the port is opened. If another process uses both, the error about the lock is
  // more useful, because it names that process. A new folder is created only after the port is open, so that no empty
  // folder remains if the port is taken.
  if (existsSync(options.dataDir)) parts.lock = lockDataFolder(options.dataDir, options.port ?? 0);
  const server = await startHttpApiServer({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    command: options.command ?? 'npm start',
    now: options.now ?? (() => new Date()),
    onFault: (error) => options.onLog?.('local-gateway', logLine('ERROR', undefined, [error], new Date())),
    // Until everything is ready, requests get a 503, so that their senders try again.
    answer: async (request) =>
      options.answerFirst?.(request) ?? (api ? answerHttpRequest(api, request) : gatewayErrors.unavailable),
  });
  parts.server = server;
  parts.lock ??= lockDataFolder(options.dataDir, server.port);
  parts.lock.announce(server.port);
  const assembly = await takeAssembly(options);
  const { template, report } = leaveOut(
    options.transformTemplate?.(assembly.template) ?? assembly.template,
    options.without ?? [],
  );
  if (report !== undefined) options.onStage?.(report);
  options.onStage?.('Starting tables, secrets, buckets and functions …');
  const secrets = new Map<string, string>();
  const queues = new Map<string, string>();
  const customResources = new Map<string, CustomResource>();
  const values = { url: server.url, secrets, queues, customResources };
  const stack = createStack(assembly.stackName, template, values);
  checkResourceTypes(stack.resources);
  const aws = await startServices(options);
  parts.aws = aws;
  await createSecrets(stack, aws, secrets);
  await createQueues(stack, aws, queues);
  const tables = await createTables(stack, aws);
  const buckets = await createBuckets(stack, aws);
  const onLog = options.onLog ?? (() => undefined);
  createBuses(stack, aws.buses);
  const made = new MadeResources();
  const functions = createLambdaFunctions(stack, {
    assets: assembly.assets,
    aws,
    made,
    onLog,
    ...(options.skew && { skew: options.skew }),
    ...(options.hosts && { hosts: options.hosts }),
    ...(options.maxInstances && { maxInstances: options.maxInstances }),
    ...(options.concurrentExecutions && { concurrentExecutions: options.concurrentExecutions }),
  });
  parts.functions = functions;
  for (const created of functions.values()) aws.addFunction(created);
  const front = readHttpApi(stack, functions, new URL(server.url).host);
  const rules = await startDeliveries(stack, options, parts, { aws, functions });
  const mappings = await startMappings(stack, {
    functions,
    aws,
    buckets: Object.values(buckets),
    maxInstances: options.maxInstances ?? defaultMaxInstances,
    onLog,
    now: options.now ?? (() => new Date()),
    wait: options.wait ?? waitByClock,
  });
  parts.mappings = mappings;
  api = front;
  const update = await updateCustomResources({
    ...options,
    stack,
    url: server.url,
    functions,
    publish: (resources) => replaceEntries(customResources, resources),
    onMade: (id) => made.note(id),
  }).finally(() => made.end());
  if (update.failure === undefined) {
    checkDeferredProperties(stack);
    await Promise.all([...functions.values()].map(({ ready }) => ready));
  }
  return {
    url: server.url,
    dataDir: options.dataDir,
    aws,
    tables,
    buckets,
    outputs: readOutputs(stack, template, update),
    update,
    secrets: Object.fromEntries(secrets),
    queues: Object.fromEntries(queues),
    repairedIndexRows: aws.repairedIndexRows,
    functions: functionsById(stack, functions),
    settled: mappings.settled,
    runSchedule: rules.runSchedule,
    replaceCode: async (folder) => {
      const next = readCloudAssembly(folder, options.stack);
      const kept = leaveOut(next.template, options.without ?? []).template;
      await replaceCode(stack, createStack(next.stackName, kept, values), next.assets, functions);
    },
  };
}

const takeAssembly = async ({ assembly, stack }: RuntimeOptions): Promise<CloudAssembly> =>
  readCloudAssembly(resolve(typeof assembly === 'string' ? assembly : await assembly()), stack);

async function startServices(options: RuntimeOptions): Promise<LocalAws> {
  const onDenied = (message: string) => options.onLog?.('local-aws', logLine('WARN', undefined, [message], new Date()));
  return explained(startLocalAws({ ...options, region, accountId, onDenied }));
}

/** Starts the receivers of the buses' events: `onEvent`, the stack's rules and the forwarder. */
async function startDeliveries(
  stack: Stack,
  options: RuntimeOptions,
  parts: RunningParts,
  { aws, functions }: { aws: LocalAws; functions: ReadonlyMap<string, LambdaFunction> },
): Promise<EventRules> {
  const { onEvent, onLog = () => undefined, forward, schedules = true, invokeRetryDelays: retryDelays } = options;
  const { wait = waitByClock, now = () => new Date() } = options;
  if (onEvent) aws.buses.subscribe(({ line }) => onEvent(line));
  const rules = startRules(stack, {
    buses: aws.buses,
    queue: aws.queue,
    functions,
    onLog,
    schedules,
    retryDelays,
    wait,
    now,
  });
  parts.rules = rules;
  if (forward) {
    parts.forwarder = new Forwarder({ ...forward, buses: aws.buses, folder: options.dataDir, wait, now });
    await parts.forwarder.start();
  }
  return rules;
}

/** The services throw a plain Error for what the user can fix. Every other class of error is a bug. */
const isForUser = (error: unknown): error is Error => Object.getPrototypeOf(error) === Error.prototype;

async function explained<T>(promise: Promise<T>): Promise<T> {
  return promise.catch((error) => {
    throw isForUser(error) ? new StartError(error.message, { cause: error }) : error;
  });
}

/**
 * Creates the resources of a type, one after the other.
 * @throws StartError that names the resource that can't be as the template declares it
 */
async function createEach(
  stack: Stack,
  type: string,
  create: (id: string, properties: Record<string, unknown>) => Promise<void>,
): Promise<void> {
  for (const id of idsOf(stack, type)) {
    await create(id, stack.properties(id)).catch((error) => {
      throw isForUser(error) ? cannotRun(id, type, error.message, error) : error;
    });
  }
}

const createSecrets = (stack: Stack, aws: LocalAws, secrets: Map<string, string>): Promise<void> =>
  createEach(stack, 'AWS::SecretsManager::Secret', async (id, properties) => {
    secrets.set(id, (await aws.ensureSecret({ Name: stack.defaultName(id), ...properties })).arn);
  });

async function createTables(stack: Stack, aws: LocalAws): Promise<Record<string, string>> {
  const tables: Record<string, string> = {};
  await createEach(stack, 'AWS::DynamoDB::Table', async (id, properties) => {
    tables[id] = (await aws.createTable({ TableName: stack.defaultName(id), ...properties })).name;
  });
  return tables;
}

async function createBuckets(stack: Stack, aws: LocalAws): Promise<Record<string, string>> {
  checkBucketPolicies(stack);
  const buckets: Record<string, string> = {};
  await createEach(stack, 'AWS::S3::Bucket', async (id, properties) => {
    buckets[id] = (await aws.createBucket({ BucketName: stack.defaultName(id), ...properties })).name;
  });
  return buckets;
}

async function createQueues(stack: Stack, aws: LocalAws, queues: Map<string, string>): Promise<void> {
  await createEach(stack, 'AWS::SQS::Queue', async (id, properties) => {
    queues.set(id, (await aws.createQueue({ QueueName: stack.defaultName(id), ...properties })).url);
  });
  await explained(Promise.resolve().then(() => aws.checkDeadLetterQueues()));
}

function functionsById(stack: Stack, functions: ReadonlyMap<string, LambdaFunction>): Record<string, LambdaFunction> {
  const byId: Record<string, LambdaFunction> = {};
  for (const id of idsOf(stack, 'AWS::Lambda::Function')) {
    const found = functions.get(stack.attribute(id, 'Arn') ?? '');
    if (found) byId[id] = found;
  }
  return byId;
}

/** Outputs of resources that a failed update did not create are left out. */
function readOutputs(stack: Stack, template: Template, { failure }: StackUpdateResult): Record<string, string> {
  const present = Object.entries(template.Outputs ?? {}).filter(
    ([, o]) => !o.Condition || stack.condition(o.Condition),
  );
  const read = ([id, { Value }]: (typeof present)[number]): [string, string][] => {
    try {
      return [[id, String(stack.resolve(Value))]];
    } catch (error) {
      if (failure !== undefined && error instanceof StartError) return [];
      throw error;
    }
  };
  return Object.fromEntries(present.flatMap(read));
}

function replaceEntries<T>(map: Map<string, T>, entries: Readonly<Record<string, T>>): void {
  map.clear();
  for (const [key, value] of Object.entries(entries)) map.set(key, value);
}

function idsOf(stack: Stack, type: string): string[] {
  return Object.keys(stack.resources).filter((id) => stack.resources[id]?.Type === type);
}
