/** Calls the function that evaluates JSONata. No other function has JSONata in its bundle. */
import { InvokeCommand, LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { atMost } from '../base/at-most.ts';
import type { KilledExpressions } from './killed-expressions.ts';
import {
  type CheckTransform,
  checkAnswerSchema,
  maxInputBytes,
  type Transform,
  type TransformOutcome,
  type TransformRequest,
  transformAnswerSchema,
} from './transform.ts';

/** The number of calls that an instance of a caller has under way. A burst of events leaves concurrency to everybody else. */
const callsAtOnce = 2;

/** Lambda ends a call after 3 s. Before that it may load the code, which can take 10 s. */
const longestCallMs = 15_000;

export interface TransformFunction {
  transform: Transform;
  check: CheckTransform;
}

/** What came of a call. */
type Call = { kind: 'answered'; answer: unknown } | Extract<TransformOutcome, { kind: 'killed' | 'throttled' }>;

/** For who evaluates an expression once, when somebody asks for it. */
const nothingKilled: KilledExpressions = { isStopped: () => false, add: () => undefined };

/**
 * @param name the function's name or ARN
 * @param killed what was killed before, for who evaluates one expression again and again
 */
export function transformFunction(
  name: string,
  { client = new LambdaClient({}), killed = nothingKilled }: { client?: LambdaClient; killed?: KilledExpressions } = {},
): TransformFunction {
  const limited = atMost(callsAtOnce);
  const call = (payload: string) => limited(() => invoke(client, name, payload));
  /** Asks only when it is its turn: a batch of one rule waits here together. */
  const evaluate = (expression: string, payload: string) =>
    limited(async (): Promise<Call> => {
      if (killed.isStopped(expression)) return { kind: 'throttled' };
      const called = await invoke(client, name, payload);
      if (called.kind === 'killed') killed.add(expression);
      return called;
    });
  return {
    transform: async (expression, input, at) => {
      const text = textOf(input);
      if (text === undefined) return { kind: 'error', message: 'The event is nested too deeply.' };
      const bytes = Buffer.byteLength(text);
      if (bytes > maxInputBytes) return { kind: 'too_large', bytes };
      const rest = JSON.stringify({ expression, at } satisfies Omit<TransformRequest, 'input'>);
      const called = await evaluate(expression, `{"input":${text},${rest.slice(1)}`);
      return called.kind === 'answered' ? transformAnswerSchema.parse(called.answer) : called;
    },
    check: async (expression) => {
      const called = await call(JSON.stringify({ check: expression } satisfies TransformRequest));
      if (called.kind === 'throttled') throw new Error(`the function ${name} is throttled`);
      if (called.kind === 'killed') return { message: 'The expression takes too much time or memory to be read.' };
      const answer = checkAnswerSchema.parse(called.answer);
      if (answer.kind === 'valid') return undefined;
      const { kind, ...fault } = answer;
      return fault;
    },
  };
}

/** The input as JSON. Undefined if it is nested so deeply that it can be parsed, but not written: a sender can send that. */
function textOf(input: object): string | undefined {
  try {
    return JSON.stringify(input);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

async function invoke(client: LambdaClient, name: string, payload: string): Promise<Call> {
  const command = new InvokeCommand({ FunctionName: name, Payload: Buffer.from(payload) });
  try {
    const { FunctionError, Payload } = await client.send(command, {
      abortSignal: AbortSignal.timeout(longestCallMs),
    });
    const answer: unknown = JSON.parse(new TextDecoder().decode(Payload));
    if (!FunctionError) return { kind: 'answered', answer };
    const how = howKilled(answer);
    if (how) return { kind: 'killed', how };
  } catch (error) {
    if (error instanceof TooManyRequestsException) return { kind: 'throttled' };
    throw error;
  }
  // The payload of the failure may quote the event.
  throw new Error(`the function ${name} failed: see its log`);
}

const failureSchema = z.object({ errorMessage: z.string() });

/** What Lambda says of a call that it ended, or whose process ended by itself. Before the text is the id of the request. */
function howKilled(failure: unknown): 'time' | 'memory' | undefined {
  const { errorMessage } = failureSchema.parse(failure);
  if (errorMessage.includes('Task timed out after')) return 'time';
  return errorMessage.includes('Runtime exited') ? 'memory' : undefined;
}
