import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { answerHttpRequest, type HttpApi } from './api-gateway/http-api-requests.ts';
import { readHttpApi } from './api-gateway/http-api-resources.ts';
import { type HttpApiServer, startHttpApiServer } from './api-gateway/http-server.ts';
import { gatewayErrors } from './api-gateway/integration-response.ts';
import { type LocalAws, startLocalAws } from './aws/local-aws.ts';
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
import { createLambdaFunctions, type FunctionsOptions, replaceCode } from './lambda/function-resources.ts';
import { defaultMaxInstances, type LambdaFunction } from './lambda/lambda-function.ts';
import { logLine } from './lambda/lambda-log.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { createResources, explained, functionsById } from './stack-resources.ts';
import { defaultHost } from './start/defaults.ts';
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
   * @param functionPrefix by default all targets are called, else the functions whose logical id starts with it
   */
  runSchedule(logicalIdPrefix: string, functionPrefix?: string): Promise<void>;
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
  const server = await openPort(options, parts, () => api);
  const assembly = await takeAssembly(options);
  const template = templateOf(assembly, options);
  options.onStage?.('Starting tables, secrets, buckets and functions …');
  const values = {
    url: server.url,
    secrets: new Map<string, string>(),
    queues: new Map<string, string>(),
    customResources: new Map<string, CustomResource>(),
  };
  const stack = createStack(assembly.stackName, template, values);
  checkResourceTypes(stack.resources);
  const aws = await startServices(options);
  parts.aws = aws;
  const resources = await createResources(stack, aws, values);
  createBuses(stack, aws.buses);
  const made = new MadeResources();
  const functions = createFunctions(stack, options, { assets: assembly.assets, aws, made });
  parts.functions = functions;
  const front = readHttpApi(stack, functions, new URL(server.url).host);
  const rules = await startDeliveries(stack, options, parts, { aws, functions });
  const mappings = await startMappings(stack, {
    ...{ functions, aws, buckets: Object.values(resources.buckets) },
    maxInstances: options.maxInstances ?? defaultMaxInstances,
    ...withDefaults(options),
  });
  parts.mappings = mappings;
  api = front;
  const update = await updateCustomResources({
    ...{ ...options, stack, url: server.url, functions },
    publish: (created) => replaceEntries(values.customResources, created),
    onMade: (id) => made.note(id),
  }).finally(() => made.end());
  if (update.failure === undefined) {
    checkDeferredProperties(stack);
    await Promise.all([...functions.values()].map(({ ready }) => ready));
  }
  return {
    ...{ url: server.url, dataDir: options.dataDir, aws, ...resources, update },
    outputs: readOutputs(stack, template, update),
    secrets: Object.fromEntries(values.secrets),
    queues: Object.fromEntries(values.queues),
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

/** What tests replace. */
const withDefaults = ({ onLog = () => undefined, now = () => new Date(), wait = waitByClock }: RuntimeOptions) => ({
  onLog,
  now,
  wait,
});

/**
 * Locks the data folder and opens the port. If another process uses both, the error about the lock is more useful, because it names that
 * process: so a folder that exists is locked first. A new folder is created only after the port is open, so that no empty folder remains if
 * the port is taken.
 * @param apiNow what answers. Until it is there, requests get a 503, so that their senders try again.
 */
async function openPort(
  options: RuntimeOptions,
  parts: RunningParts,
  apiNow: () => HttpApi | undefined,
): Promise<HttpApiServer> {
  if (existsSync(options.dataDir)) parts.lock = lockDataFolder(options.dataDir, options.port ?? 0);
  const { onLog, now } = withDefaults(options);
  const server = await startHttpApiServer({
    host: options.host ?? defaultHost,
    port: options.port ?? 0,
    command: options.command ?? 'npm start',
    now,
    onFault: (error) => onLog('local-gateway', logLine('ERROR', undefined, [error], new Date())),
    answer: async (request) => {
      const api = apiNow();
      return options.answerFirst?.(request) ?? (api ? answerHttpRequest(api, request) : gatewayErrors.unavailable);
    },
  });
  parts.server = server;
  parts.lock ??= lockDataFolder(options.dataDir, server.port);
  parts.lock.announce(server.port);
  return server;
}

/** The template as it runs: as a test changes it, and without what the user leaves out. */
function templateOf(assembly: CloudAssembly, { transformTemplate, without = [], onStage }: RuntimeOptions): Template {
  const { template, report } = leaveOut(transformTemplate?.(assembly.template) ?? assembly.template, without);
  if (report !== undefined) onStage?.(report);
  return template;
}

/** Creates the functions, and lets the services call them. */
function createFunctions(
  stack: Stack,
  options: RuntimeOptions,
  made: Pick<FunctionsOptions, 'assets' | 'aws' | 'made'>,
): ReadonlyMap<string, LambdaFunction> {
  const functions = createLambdaFunctions(stack, { ...options, ...made, onLog: withDefaults(options).onLog });
  for (const created of functions.values()) made.aws.addFunction(created);
  return functions;
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
  const { onEvent, forward, schedules = true, invokeRetryDelays: retryDelays } = options;
  const usual = withDefaults(options);
  if (onEvent) aws.buses.subscribe(({ line }) => onEvent(line));
  const rules = startRules(stack, {
    buses: aws.buses,
    queue: aws.queue,
    functions,
    schedules,
    retryDelays,
    ...usual,
  });
  parts.rules = rules;
  if (forward) {
    parts.forwarder = new Forwarder({ ...forward, buses: aws.buses, folder: options.dataDir, ...usual });
    await parts.forwarder.start();
  }
  return rules;
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
