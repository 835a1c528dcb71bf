import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type FunctionError, functionError, logLine } from './lambda-log.ts';
import type { InstanceCall, InstanceMessage, InstanceOptions } from './lambda-worker.ts';

/** How one call of an instance ended. */
export type InstanceResult =
  | { status: 'answered'; payload: string }
  | { status: 'failed'; errorType: string; errorMessage: string };

/** One running copy of a function. It takes one call at a time. */
export interface LambdaInstance {
  /**
   * Runs one call. Never rejects: a crash of the instance, and a call that is not done after `timeout` milliseconds
   * (which ends the instance), is a failed call.
   */
  run(call: { requestId: string; payload: string }, timeout: number): Promise<InstanceResult>;
  isAlive(): boolean;
  /** Ends the instance at once, and the call that runs in it. */
  end(): Promise<void>;
  /** Ends it as if its process had been killed: the call that runs in it fails as by a crash. */
  kill(): Promise<void>;
}

/** What a call gets that comes when the runtime is being closed. */
export const shutDownResult: InstanceResult = {
  status: 'failed',
  errorType: 'Runtime.Shutdown',
  errorMessage: 'The runtime was closed',
};

/** Lambda gives the code of a function this long to load, besides the time of the first call. */
const initLimit = 10_000;

const entry = fileURLToPath(new URL('./lambda-worker.ts', import.meta.url));

/**
 * Starts an instance in a thread of its own with its own environment.
 * @param onLog takes each line that the instance logs or writes
 */
export function startInstance(
  options: InstanceOptions,
  environment: Record<string, string>,
  onLog: (line: string) => void,
): LambdaInstance {
  const worker = new Worker(entry, {
    workerData: options,
    env: withCompileCache(environment),
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: options.memorySize },
  });
  for (const stream of [worker.stdout, worker.stderr]) createInterface({ input: stream }).on('line', onLog);
  return follow(worker, onLog);
}

/**
 * Lets an instance use the cache of compiled code that this process was given, if it was: a third of its start is the
 * removing of types. The entry takes the variable out again before the function's code can see it.
 */
function withCompileCache(environment: Record<string, string>): Record<string, string> {
  const { NODE_COMPILE_CACHE: folder } = process.env;
  return folder === undefined ? environment : { ...environment, NODE_COMPILE_CACHE: folder };
}

function follow(worker: Worker, onLog: (line: string) => void): LambdaInstance {
  const loaded = Promise.withResolvers<void>();
  let isAlive = true;
  let isLoaded = false;
  let current: { requestId: string; settle: (result: InstanceResult) => void } | undefined;
  const settle = (result: InstanceResult): void => {
    current?.settle(result);
    current = undefined;
  };
  const die = (error: FunctionError): void => {
    if (!isAlive) return;
    isAlive = false;
    onLog(logLine('ERROR', current?.requestId, [error], new Date()));
    settle(failed(error));
    loaded.resolve();
    void worker.terminate();
  };
  worker.on('message', (message: InstanceMessage) => {
    if (message.kind === 'log') onLog(message.line);
    if (message.kind === 'answer') settle({ status: 'answered', payload: message.payload });
    if (message.kind === 'error') {
      // What could not be loaded can't be called either; the next call starts a new instance.
      isAlive = isAlive && isLoaded;
      settle(failed(message));
    }
    if (message.kind === 'ready') {
      isLoaded = true;
      loaded.resolve();
    }
  });
  worker.on('error', (thrown) => die(crash(thrown)));
  worker.on('exit', (code) => die(exited(code)));
  return {
    isAlive: () => isAlive,
    run: async (call, timeout) => {
      if (!isAlive) return shutDownResult;
      const { promise, resolve } = Promise.withResolvers<InstanceResult>();
      current = { requestId: call.requestId, settle: resolve };
      let timer = setTimeout(() => die(timedOut(initLimit)), initLimit);
      void loaded.promise.then(() => {
        clearTimeout(timer);
        if (!isAlive) return;
        timer = setTimeout(() => die(timedOut(timeout)), timeout);
        worker.postMessage({ ...call, deadline: Date.now() + timeout } satisfies InstanceCall);
      });
      return promise.finally(() => clearTimeout(timer));
    },
    end: async () => {
      isAlive = false;
      settle(shutDownResult);
      await worker.terminate();
    },
    kill: async () => {
      die(killed);
      await worker.terminate();
    },
  };
}

function failed({ errorType, errorMessage }: { errorType: string; errorMessage: string }): InstanceResult {
  return { status: 'failed', errorType, errorMessage };
}

function timedOut(milliseconds: number): FunctionError {
  const errorMessage = `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`;
  return { errorType: 'Sandbox.Timedout', errorMessage, stackTrace: [] };
}

function exited(code: number): FunctionError {
  const errorMessage = `Runtime exited with error: exit status ${code}`;
  return { errorType: 'Runtime.ExitError', errorMessage, stackTrace: [] };
}

const killed: FunctionError = {
  errorType: 'Runtime.ExitError',
  errorMessage: 'Runtime exited with error: signal: killed',
  stackTrace: [],
};

function crash(thrown: unknown): FunctionError {
  if ((thrown as { code?: unknown }).code !== 'ERR_WORKER_OUT_OF_MEMORY') return functionError(thrown);
  const errorMessage = 'Runtime exited with error: signal: killed (out of memory: raise MemorySize)';
  return { errorType: 'Runtime.OutOfMemory', errorMessage, stackTrace: [] };
}
