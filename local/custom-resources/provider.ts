import type { Wait } from '../eventbridge/abortable-wait.ts';
import type { InvocationResult, LambdaFunction } from '../lambda/lambda-function.ts';
import { type LifecycleRequest, type Outcome, readAnswer, timeoutOf, unknownToken } from './lifecycle-request.ts';
import type { ResponseServer } from './response-server.ts';

/** Sends requests to the functions of custom resources. */
export interface Provider {
  functions: ReadonlyMap<string, LambdaFunction>;
  server: ResponseServer;
  wait: Wait;
}

/**
 * Sends a request to its function and waits for the answer. CloudFormation would wait until the time is over even if the
 * function has failed; here that fails at once.
 */
export async function askProvider(
  { functions, server, wait }: Provider,
  requestTo: (responseUrl: string) => LifecycleRequest,
): Promise<Outcome> {
  const { url, answer, close } = server.open();
  const request = requestTo(url);
  const called = functions.get(request.ServiceToken);
  if (!called) return { status: 'failed', reason: unknownToken };
  const timeout = timeoutOf(request.ResourceProperties);
  const stopped = new AbortController();
  try {
    return await Promise.race([
      answer.then((text) => readAnswer(text, request)),
      called.invoke(request, request.RequestId).then((result) => failureOf(result, called.name)),
      wait(timeout, stopped.signal).then(() => failure(`its function did not answer within ${timeout / 1000} seconds`)),
    ]);
  } finally {
    close();
    stopped.abort();
  }
}

const failure = (reason: string): Outcome => ({ status: 'failed', reason });

/** A function that returned may still answer, or have its answer sent by another program. */
function failureOf(result: InvocationResult, name: string): Outcome | Promise<never> {
  if (result.status === 'answered') return new Promise<never>(() => undefined);
  const problem = result.status === 'failed' ? result.errorType : result.status;
  return failure(`its function ${name} failed before it answered (${problem}); see its log`);
}
