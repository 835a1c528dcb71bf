import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  exitError,
  failedResult,
  type InstanceResult,
  initTimeoutMs,
  killedError,
  type LambdaInstance,
  shutDownResult,
  timeoutError,
  withCompileCache,
} from './lambda-instance.ts';
import { type FunctionError, functionError, logLine } from './lambda-log.ts';
import type { ProcessCall, ProcessMessage, ProcessStart } from './lambda-process.ts';
import type { InstanceOptions } from './lambda-worker.ts';

// The package has compiled files.
const entry = fileURLToPath(new URL(`./lambda-process${extname(import.meta.url)}`, import.meta.url));

/** The time that a process has for its own end of a call that runs too long. */
const graceMs = 2_000;

/**
 * Starts an instance in its own process, which can be killed whatever the function does. A thread can't: a text that is too large
 * ends the process of all threads.
 * @param onLog receives each line that the instance logs or writes
 */
export function startProcessInstance(
  { skew, ...options }: InstanceOptions,
  environment: Record<string, string>,
  onLog: (line: string) => void,
): LambdaInstance {
  const child = fork(entry, {
    env: withCompileCache({}),
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', onLog);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let isAlive = true;
  let current: { requestId: string; settle: (result: InstanceResult) => void } | undefined;

  const end = (result: InstanceResult): Promise<void> => {
    isAlive = false;
    current?.settle(result);
    child.kill('SIGKILL');
    return exited;
  };
  const die = (error: FunctionError): void => {
    if (!isAlive) return;
    onLog(logLine('ERROR', current?.requestId, [error], new Date()));
    void end(failedResult(error));
  };
  // A process that is gone takes no message. Its exit says so.
  const send = (message: ProcessStart | ProcessCall): void => void child.send(message, () => undefined);

  child.on('message', (message: ProcessMessage) => {
    if (message.kind === 'log') onLog(message.line);
    else if (message.isAlive) current?.settle(message.result);
    else void end(message.result);
  });
  child.on('error', (thrown) => die(functionError(thrown)));
  child.on('exit', (code, signal) => die(signal ? memoryError : exitError(code ?? 0)));
  send({ options, environment, isMovable: skew !== undefined });
  return {
    isAlive: () => isAlive,
    run: (call, timeout) => {
      if (!isAlive) return Promise.resolve(shutDownResult);
      const { promise, resolve } = Promise.withResolvers<InstanceResult>();
      current = { requestId: call.requestId, settle: resolve };
      const timer = setTimeout(() => die(timeoutError(timeout)), initTimeoutMs + timeout + graceMs);
      send({ call, timeout, ahead: skew?.[0] ?? 0 });
      return promise.finally(() => clearTimeout(timer));
    },
    end: () => end(shutDownResult),
    kill: () => {
      die(killedError);
      return exited;
    },
  };
}

/** A signal that the runtime did not send is that of the watch for memory, or of the engine when its heap is full. */
const memoryError: FunctionError = { ...killedError, errorType: 'Runtime.OutOfMemory' };
