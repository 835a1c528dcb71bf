import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type FunctionError, functionError, logLine } from './lambda-log.ts';
import type { InstanceCall, InstanceMessage, InstanceOptions } from './lambda-worker.ts';

/** The result of one call of an instance. */
export type InstanceResult =
  | { status: 'answered'; payload: string }
  | { status: 'failed'; errorType: string; errorMessage: string };

/** One instance of a function; AWS calls it an execution environment. An instance handles one call at a time. */
export interface LambdaInstance {
  /**
   * Runs one call. Never rejects: a crash of the instance is a failed call. A call that runs longer than `timeout`
   * milliseconds fails too, and ends the instance.
   */
  run(call: { requestId: string; payload: string }, timeout: number): Promise<InstanceResult>;
  isAlive(): boolean;
  /** Ends the instance at once, together with its running call. */
  end(): Promise<void>;
  /** Ends the instance like a killed process: its running call fails as in a crash. */
  kill(): Promise<void>;
}

/** The result of a call that arrives while the runtime stops. */
export const shutDownResult: InstanceResult = {
  status: 'failed',
  errorType: 'Runtime.Shutdown',
  errorMessage: 'The runtime was closed',
};

/**
 * The time limit for loading a function's code, after which the time limit of the first call starts. Lambda's is ten seconds. A laptop
 * may be busy with other things.
 */
export const initTimeoutMs = 60_000;

// The package has compiled files.
const entry = fileURLToPath(new URL(`./lambda-worker${extname(import.meta.url)}`, import.meta.url));

/**
 * Starts an instance in its own thread with its own environment.
 * @param onLog receives each line that the instance logs or writes
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
  return superviseWorker(worker, onLog);
}

/**
 * Lets an instance use this process's cache of compiled code, if there is one. Without it, a third of an instance's
 * start is spent on removing types. The worker removes the variable before the function's code can see it.
 */
export function withCompileCache(environment: Record<string, string>): Record<string, string> {
  const { NODE_COMPILE_CACHE: folder } = process.env;
  return folder === undefined ? environment : { ...environment, NODE_COMPILE_CACHE: folder };
}

function superviseWorker(worker: Worker, onLog: (line: string) => void): LambdaInstance {
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
    settle(failedResult(error));
    loaded.resolve();
    void worker.terminate();
  };
  worker.on('message', (message: InstanceMessage) => {
    if (message.kind === 'log') onLog(message.line);
    if (message.kind === 'answer') settle({ status: 'answered', payload: message.payload });
    if (message.kind === 'error') {
      // An instance that failed to load can't be called. The next call starts a new one.
      isAlive = isAlive && isLoaded;
      settle(failedResult(message));
    }
    if (message.kind === 'ready') {
      isLoaded = true;
      loaded.resolve();
    }
  });
  worker.on('error', (thrown) => die(crashError(thrown)));
  worker.on('exit', (code) => die(exitError(code)));
  return {
    isAlive: () => isAlive,
    run: async (call, timeout) => {
      if (!isAlive) return shutDownResult;
      const { promise, resolve } = Promise.withResolvers<InstanceResult>();
      current = { requestId: call.requestId, settle: resolve };
      let timer = setTimeout(() => die(timeoutError(initTimeoutMs)), initTimeoutMs);
      void loaded.promise.then(() => {
        clearTimeout(timer);
        if (!isAlive) return;
        timer = setTimeout(() => die(timeoutError(timeout)), timeout);
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
      die(killedError);
      await worker.terminate();
    },
  };
}

export function failedResult({ errorType, errorMessage }: { errorType: string; errorMessage: string }): InstanceResult {
  return { status: 'failed', errorType, errorMessage };
}

export function timeoutError(milliseconds: number): FunctionError {
  const errorMessage = `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`;
  return { errorType: 'Sandbox.Timedout', errorMessage, stackTrace: [] };
}

export function exitError(code: number): FunctionError {
  const errorMessage = `Runtime exited with error: exit status ${code}`;
  return { errorType: 'Runtime.ExitError', errorMessage, stackTrace: [] };
}

export const killedError: FunctionError = {
  errorType: 'Runtime.ExitError',
  errorMessage: 'Runtime exited with error: signal: killed',
  stackTrace: [],
};

function crashError(thrown: unknown): FunctionError {
  if ((thrown as { code?: unknown }).code !== 'ERR_WORKER_OUT_OF_MEMORY') return functionError(thrown);
  const errorMessage = 'Runtime exited with error: signal: killed (out of memory: raise MemorySize)';
  return { errorType: 'Runtime.OutOfMemory', errorMessage, stackTrace: [] };
}
