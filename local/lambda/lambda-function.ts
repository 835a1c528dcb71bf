import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start/start-error.ts';
import { type InstanceResult, type LambdaInstance, shutDownResult, startInstance } from './lambda-instance.ts';
import { type LogLevel, logLine } from './lambda-log.ts';
import { startProcessInstance } from './process-instance.ts';

/** A number of calls that may run at once. More are throttled. */
export interface ConcurrencyQuota {
  readonly most: number;
  running: number;
}

/** What Lambda does with a call for which nobody waits. */
export interface AsyncBounds {
  /** How often it repeats a call that failed. */
  retries: number;
  /** A call that could not begin within this time is dropped, in milliseconds. */
  maxAgeMs: number;
}

/** Lambda's defaults: two, and six hours. */
export const usualAsyncBounds: AsyncBounds = { retries: 2, maxAgeMs: 21_600_000 };

export interface FunctionOptions {
  name: string;
  arn: string;
  /** The folder of the code. */
  folder: string;
  /** `file.export`, the file without its extension. */
  handler: string;
  /** The whole environment. Nothing of this process's environment is added. Until it is known, calls wait; if it can't be, they fail. */
  environment: Record<string, string> | Promise<Record<string, string>>;
  /** MiB. */
  memorySize: number;
  /** The maximum duration of one call in milliseconds. */
  timeout: number;
  logLevel?: LogLevel;
  /** The reserved concurrency: more calls at once are throttled. Without it, calls queue. */
  reservedConcurrency?: number;
  /** Default: `usualAsyncBounds`. */
  asyncBounds?: AsyncBounds;
  /** The quota that the account has for all its functions together. */
  accountQuota?: ConcurrencyQuota;
  /**
   * The number of milliseconds by which the function's clock is ahead of the machine's clock, in shared memory. For
   * tests.
   */
  skew?: Float64Array;
  /** Redirects the function's requests to these hosts. Every other host except this machine is blocked. For tests. */
  hosts?: Readonly<Record<string, string>>;
  /**
   * The maximum number of instances at once. Further calls wait. Default: 8, because a laptop can't run a thousand
   * workers.
   */
  maxInstances?: number;
  /** Runs each instance in a process of its own, which can be killed whatever the function does. By default in a thread. */
  isolated?: boolean;
  onLog: (line: string) => void;
}

/** The result of a call. `throttled` and `too_large` never reached the function. */
export type InvocationResult = InstanceResult | { status: 'throttled' } | { status: 'too_large' };

export interface LambdaFunction {
  name: string;
  arn: string;
  asyncBounds: AsyncBounds;
  /** Resolves when calls need not wait any longer. Rejects if the environment can't be known. */
  ready: Promise<void>;
  /** Calls the function with an event. Never rejects: a failure of the function is a value. */
  invoke(event: unknown, requestId?: string): Promise<InvocationResult>;
  /** Ends all instances. Running and waiting calls fail. */
  close(): Promise<void>;
  /**
   * Uses the code in another folder for all calls from now on. Running calls end as they are.
   * @throws StartError if the handler's file is missing there
   */
  replaceCode(folder: string): Promise<void>;
  /** Kills all instances. Running calls fail, and the next call gets a new instance. For tests of faults. */
  crash(): Promise<void>;
}

/** Lambda's limit for an event, and for a response: 6 MiB and 100 bytes for Lambda's envelope. */
const maxPayloadBytes = 6_291_556;

/** The number of instances of a function that may run at once. */
export const defaultMaxInstances = 8;

/**
 * Creates a function that runs in worker threads or processes. An instance handles one call at a time and keeps its module state for
 * the next one. Concurrent calls get separate instances. A broken instance is replaced.
 * @throws StartError if the handler's file is missing
 */
export function createLambdaFunction(options: FunctionOptions): LambdaFunction {
  const instanceOptions = {
    functionName: options.name,
    functionArn: options.arn,
    memorySize: options.memorySize,
    logLevel: options.logLevel ?? 'INFO',
    ...codeIn(options.folder, options),
    ...(options.skew && { skew: options.skew }),
    ...(options.hosts && { hosts: options.hosts }),
  };
  const startOne = options.isolated ? startProcessInstance : startInstance;
  let environment = options.environment instanceof Promise ? undefined : options.environment;
  const ready = Promise.resolve(options.environment).then((known) => {
    environment = known;
  });
  ready.catch((error) => options.onLog(logLine('ERROR', undefined, [error], new Date())));
  const start = () => startOne(instanceOptions, environment ?? {}, options.onLog);
  const pool = createPool(start, options.maxInstances ?? defaultMaxInstances);
  const reserved = { most: options.reservedConcurrency ?? Number.POSITIVE_INFINITY, running: 0 };
  const quotas = options.accountQuota ? [reserved, options.accountQuota] : [reserved];
  return {
    name: options.name,
    arn: options.arn,
    asyncBounds: options.asyncBounds ?? usualAsyncBounds,
    ready,
    invoke: async (event, requestId = randomUUID()) => {
      const missing = environment ? undefined : await ready.then(() => undefined, missingEnvironment);
      if (missing) return missing;
      const payload = JSON.stringify(event);
      if (Buffer.byteLength(payload) > maxPayloadBytes) return { status: 'too_large' };
      if (quotas.some(({ running, most }) => running >= most)) return { status: 'throttled' };
      for (const quota of quotas) quota.running += 1;
      const ended = await pool.run({ requestId, payload }, options.timeout);
      for (const quota of quotas) quota.running -= 1;
      return limitAnswer(ended);
    },
    close: () => pool.close(),
    replaceCode: async (folder) => {
      Object.assign(instanceOptions, codeIn(folder, options));
      await pool.renew();
    },
    crash: () => pool.crash(),
  };
}

/** The failure of a call for which the environment can't be known. The function does not exist then, on AWS. */
const missingEnvironment = (error: Error): InstanceResult => ({
  status: 'failed',
  errorType: 'ResourceNotFoundException',
  errorMessage: error.message,
});

interface FunctionCode {
  folder: string;
  file: string;
  exportName: string;
}

function codeIn(folder: string, { name, handler }: FunctionOptions): FunctionCode {
  const dot = handler.lastIndexOf('.');
  const base = join(folder, handler.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs'].map((extension) => base + extension).find(isFile);
  if (!file) throw new StartError(`The handler ${handler} of ${name} is missing: there is no ${base}.js, .mjs or .cjs`);
  return { folder, file, exportName: handler.slice(dot + 1) };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function limitAnswer(ended: InstanceResult): InstanceResult {
  if (ended.status !== 'answered' || Buffer.byteLength(ended.payload) <= maxPayloadBytes) return ended;
  return {
    status: 'failed',
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${maxPayloadBytes} bytes).`,
  };
}

interface InstancePool {
  run: LambdaInstance['run'];
  close(): Promise<void>;
  crash(): Promise<void>;
  /** Gives new instances to all calls from now on. The others end after their running calls. */
  renew(): Promise<void>;
}

function createPool(start: () => LambdaInstance, maxInstances: number): InstancePool {
  const all = new Set<LambdaInstance>();
  const idle: LambdaInstance[] = [];
  const retired = new WeakSet<LambdaInstance>();
  const waiting: ((instance: LambdaInstance | undefined) => void)[] = [];
  let isClosed = false;

  const startOne = (): LambdaInstance => {
    const instance = start();
    all.add(instance);
    return instance;
  };
  const acquire = async (): Promise<LambdaInstance | undefined> => {
    // Reuses the most recently used instance. The others may stay unused, as on AWS.
    for (let instance = idle.pop(); instance; instance = idle.pop()) {
      if (instance.isAlive()) return instance;
      all.delete(instance);
    }
    if (all.size < maxInstances) return startOne();
    return new Promise((resolve) => waiting.push(resolve));
  };
  const release = (instance: LambdaInstance): void => {
    if (retired.has(instance)) void instance.end();
    if (!instance.isAlive()) all.delete(instance);
    const next = isClosed ? undefined : waiting.shift();
    if (next) next(instance.isAlive() ? instance : startOne());
    else if (instance.isAlive()) idle.push(instance);
  };
  return {
    run: async (call, timeout) => {
      const instance = isClosed ? undefined : await acquire();
      if (!instance) return shutDownResult;
      const ended = await instance.run(call, timeout);
      release(instance);
      return ended;
    },
    close: async () => {
      isClosed = true;
      for (const resume of waiting.splice(0)) resume(undefined);
      await Promise.all([...all].map((instance) => instance.end()));
    },
    crash: async () => {
      await Promise.all([...all].map((instance) => instance.kill()));
    },
    renew: async () => {
      for (const instance of all) retired.add(instance);
      const unused = idle.splice(0);
      for (const instance of unused) all.delete(instance);
      await Promise.all(unused.map((instance) => instance.end()));
    },
  };
}
