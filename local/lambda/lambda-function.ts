import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start/start-error.ts';
import { type InstanceResult, type LambdaInstance, shutDownResult, startInstance } from './lambda-instance.ts';
import type { LogLevel } from './lambda-log.ts';

export interface FunctionOptions {
  name: string;
  arn: string;
  /** The folder of the code. */
  folder: string;
  /** `file.export`, the file without its extension. */
  handler: string;
  /** The whole environment: nothing of this process's own is added. */
  environment: Record<string, string>;
  /** MiB */
  memorySize: number;
  /** Milliseconds that one call may take. */
  timeout: number;
  logLevel?: LogLevel;
  /** More calls at once than this are refused, as by a reserved concurrency; without it they queue. */
  reservedConcurrency?: number;
  /** How many milliseconds its clock is ahead of the machine's, in shared memory; for tests. */
  skew?: Float64Array;
  /** Where the functions' requests to these hosts go in their stead; all other hosts but this machine are shut. For tests. */
  hosts?: Readonly<Record<string, string>>;
  /** How many instances may run at once; what comes beyond waits. 8 when unsaid: a laptop has no thousand workers. */
  maxInstances?: number;
  onLog: (line: string) => void;
}

/** How a call ended: `throttled` and `too_large` never reached the function. */
export type InvocationResult = InstanceResult | { status: 'throttled' } | { status: 'too_large' };

export interface LambdaFunction {
  name: string;
  arn: string;
  /** Calls the function with an event. Never rejects: what goes wrong in the function is a value. */
  invoke(event: unknown, requestId?: string): Promise<InvocationResult>;
  /** Ends every instance; calls that run or wait fail. */
  close(): Promise<void>;
  /** Kills every instance: calls that run fail, and the next one gets a new instance. For tests of faults. */
  crash(): Promise<void>;
}

/** Lambda's limit of a call's payload, and of its answer: 6 MiB and what the envelope needs. */
const payloadLimit = 6_291_556;

const defaultMaxInstances = 8;

/**
 * A function that runs in worker threads: an instance takes one call at a time and keeps its module's state for the
 * next, calls at once get instances of their own, and a broken instance is replaced.
 * @throws StartError when the handler's file is missing
 */
export function createLambdaFunction(options: FunctionOptions): LambdaFunction {
  const { file, exportName } = findHandler(options);
  const instanceOptions = {
    functionName: options.name,
    functionArn: options.arn,
    memorySize: options.memorySize,
    logLevel: options.logLevel ?? 'INFO',
    folder: options.folder,
    file,
    exportName,
    ...(options.skew && { skew: options.skew }),
    ...(options.hosts && { hosts: options.hosts }),
  };
  const start = () => startInstance(instanceOptions, options.environment, options.onLog);
  const pool = createPool(start, options.maxInstances ?? defaultMaxInstances);
  let running = 0;
  return {
    name: options.name,
    arn: options.arn,
    invoke: async (event, requestId = randomUUID()) => {
      const payload = JSON.stringify(event);
      if (Buffer.byteLength(payload) > payloadLimit) return { status: 'too_large' };
      if (running >= (options.reservedConcurrency ?? Number.POSITIVE_INFINITY)) return { status: 'throttled' };
      running += 1;
      const ended = await pool.run({ requestId, payload }, options.timeout);
      running -= 1;
      return limitAnswer(ended);
    },
    close: () => pool.close(),
    crash: () => pool.crash(),
  };
}

function findHandler({ name, folder, handler }: FunctionOptions): { file: string; exportName: string } {
  const dot = handler.lastIndexOf('.');
  const base = join(folder, handler.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs'].map((extension) => base + extension).find(isFile);
  if (!file) throw new StartError(`The handler ${handler} of ${name} is missing: there is no ${base}.js, .mjs or .cjs`);
  return { file, exportName: handler.slice(dot + 1) };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function limitAnswer(ended: InstanceResult): InstanceResult {
  if (ended.status !== 'answered' || Buffer.byteLength(ended.payload) <= payloadLimit) return ended;
  return {
    status: 'failed',
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${payloadLimit} bytes).`,
  };
}

interface InstancePool {
  run: LambdaInstance['run'];
  close(): Promise<void>;
  crash(): Promise<void>;
}

function createPool(start: () => LambdaInstance, maxInstances: number): InstancePool {
  const all = new Set<LambdaInstance>();
  const idle: LambdaInstance[] = [];
  const waiting: ((instance: LambdaInstance | undefined) => void)[] = [];
  let isClosed = false;

  const startOne = (): LambdaInstance => {
    const instance = start();
    all.add(instance);
    return instance;
  };
  const acquire = async (): Promise<LambdaInstance | undefined> => {
    // The one used last: the others may go unused, as they would be on AWS.
    for (let instance = idle.pop(); instance; instance = idle.pop()) {
      if (instance.isAlive()) return instance;
      all.delete(instance);
    }
    if (all.size < maxInstances) return startOne();
    return new Promise((resolve) => waiting.push(resolve));
  };
  const release = (instance: LambdaInstance): void => {
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
  };
}
