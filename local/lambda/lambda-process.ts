/**
 * The entry of a process that runs one instance of an isolated function. The instance is in a worker thread, as any other; the main
 * thread stays free to watch it. So the process can end itself whatever the function does, and does so when the runtime is gone.
 */
import { type InstanceResult, startInstance } from './lambda-instance.ts';
import type { InstanceOptions } from './lambda-worker.ts';

/** The first message to the process. */
export interface ProcessStart {
  options: Omit<InstanceOptions, 'skew'>;
  environment: Record<string, string>;
  /** Whether tests move the function's clock. Each call brings its time, because processes share no memory. */
  isMovable: boolean;
}

/** Any later message to the process. */
export interface ProcessCall {
  call: { requestId: string; payload: string };
  timeout: number;
  /** The number of milliseconds by which the function's clock is ahead of the machine's. */
  ahead: number;
}

export type ProcessMessage =
  | { kind: 'log'; line: string }
  | { kind: 'ended'; result: InstanceResult; isAlive: boolean };

/** How often the memory is looked at while a call runs. */
const watchMs = 20;

const send = (message: ProcessMessage): void => void process.send?.(message);

/** Ends the process at once. An exit would wait for the thread, which may be in a single long step. */
const killSelf = (): void => void process.kill(process.pid, 'SIGKILL');

function start({ options, environment, isMovable }: ProcessStart): void {
  const skew = new Float64Array(new SharedArrayBuffer(8));
  // The memory of this thread is none of the function's.
  const limit = process.memoryUsage.rss() + options.memorySize * 1024 * 1024;
  const instance = startInstance({ ...options, ...(isMovable && { skew }) }, environment, (line) =>
    send({ kind: 'log', line }),
  );
  process.on('message', async ({ call, timeout, ahead }: ProcessCall) => {
    skew[0] = ahead;
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() > limit) killSelf();
    }, watchMs);
    const result = await instance.run(call, timeout);
    clearInterval(watch);
    send({ kind: 'ended', result, isAlive: instance.isAlive() });
  });
}

process.on('disconnect', killSelf);
process.once('message', start);
