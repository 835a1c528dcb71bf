/** A process of Lambda that does nothing but evaluate JSONata. */
import { setFlagsFromString } from 'node:v8';
import { wornOutStatus } from './transform.ts';
import { transformHandler } from './transform-handler.ts';

/**
 * The most calls of a process. It grows by some kilobytes with each context, and an evaluation that is ended because the memory is full
 * fails its delivery for good.
 */
const maxCalls = 2_000;

/** Prepares this process for its evaluations. */
function prepare(): void {
  // A context lives for milliseconds. Code that waits to be optimized on another thread keeps its context: hundreds of them fill the memory.
  setFlagsFromString('--no-concurrent-recompilation');
  // An expression can leave a promise that fails and that nobody waits for. Its reason may quote an event, so nobody may log it, and it
  // must not end the process. The handler itself has no such promise.
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', () => undefined);
}

/**
 * The handler of a function that does nothing but evaluate. A call too many ends the process before anything is evaluated, so its caller
 * can call again.
 * @param source the text of `context-program.ts`
 */
export function evaluatingProcess(source: string): ReturnType<typeof transformHandler> {
  prepare();
  const handler = transformHandler(source);
  let calls = 0;
  return async (event) => {
    calls += 1;
    if (calls > maxCalls) process.exit(wornOutStatus);
    return handler(event);
  };
}
