/** Calls a function that evaluates JSONata. */
import { InvokeCommand, LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { atMost } from '../../ground/base/at-most.ts';
import type { KilledExpressions } from './killed-expressions.ts';
import {
  type CheckTransform,
  checkAnswerSchema,
  jsonTextOf,
  maxInputBytes,
  nestedTooDeeply,
  type RuleInForce,
  type Transform,
  type TransformOutcome,
  type TransformRequest,
  transformAnswerSchema,
  wornOutStatus,
} from './transform.ts';

/** The number of calls that an instance of a caller has under way. A burst of events leaves concurrency to everybody else. */
export const callsAtOnce = 2;

/** How long an evaluation waits for its turn, in milliseconds. Then it is tried later: its delivery has the rest of a minute for all else. */
const longestWaitMs = 10_000;

/** Lambda ends a call after 3 s. Before that it may load the code, which can take 10 s. */
export const longestCallMs = 15_000;

export interface TransformFunction {
  transform: Transform;
  check: CheckTransform;
}

/** Waits so many milliseconds for a turn that all callers share. Undefined if none came; otherwise what ends the turn, which never fails. */
export type TakeTurn = (withinMs: number) => Promise<(() => Promise<void>) | undefined>;

/** Callers share nothing. */
const ownTurn: TakeTurn = async () => async () => undefined;

type Unanswered = Extract<TransformOutcome, { kind: 'killed' | 'throttled' }>;

/** What came of a call, and how long it took. */
type Call = { kind: 'answered'; answer: unknown; ms: number } | Unanswered;

/** What came of an invocation. One that met a process at its end was not begun. */
type Invocation = { kind: 'answered'; answer: unknown } | { kind: 'worn_out' } | Unanswered;

/**
 * @param name the function's name or ARN
 * @param killed which rules' expressions were killed before, for who evaluates them again and again
 * @param takeTurn what its evaluations wait for besides
 * @param clock milliseconds since some fixed moment
 */
export function transformFunction(
  name: string,
  {
    client = new LambdaClient({}),
    killed,
    takeTurn = ownTurn,
    clock = () => performance.now(),
  }: { client?: LambdaClient; killed?: KilledExpressions; takeTurn?: TakeTurn; clock?: () => number } = {},
): TransformFunction {
  const limited = atMost(callsAtOnce);
  const invoke = (payload: string) => callFunction(client, name, payload, clock);
  const call = (payload: string) => limited(() => invoke(payload));
  /** Asks only when it is its turn: a batch of one rule waits here together. */
  const evaluate = (payload: string, of: RuleInForce | undefined) => {
    const turnUntil = clock() + longestWaitMs;
    return limited(async (): Promise<Call> => {
      if (clock() > turnUntil || (of && killed?.isStopped(of))) return { kind: 'throttled' };
      const endTurn = await takeTurn(turnUntil - clock());
      if (!endTurn) return { kind: 'throttled' };
      const called = await invoke(payload).finally(endTurn);
      if (of && called.kind === 'killed') killed?.add(of);
      return called;
    });
  };
  return {
    transform: async (expression, input, at, of) => {
      const text = jsonTextOf(input);
      if (text === undefined) return nestedTooDeeply;
      const bytes = Buffer.byteLength(text);
      if (bytes > maxInputBytes) return { kind: 'too_large', bytes };
      const rest = JSON.stringify({ expression, at, ...(of ? {} : { isDryRun: true }) } satisfies Omit<
        TransformRequest,
        'input'
      >);
      const called = await evaluate(`{"input":${text},${rest.slice(1)}`, of);
      if (called.kind !== 'answered') return called;
      const answer = transformAnswerSchema.parse(called.answer);
      return answer.kind === 'json' ? { ...answer, ms: called.ms } : answer;
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

/** Calls the function, and once more if a process was at its end: the next process takes it at once. */
async function callFunction(client: LambdaClient, name: string, payload: string, clock: () => number): Promise<Call> {
  const began = clock();
  const abortSignal = AbortSignal.timeout(longestCallMs);
  const invoke = () => invokeFunction(client, name, payload, abortSignal);
  const first = await invoke();
  const last = first.kind === 'worn_out' ? await invoke() : first;
  if (last.kind === 'answered') return { ...last, ms: Math.round(clock() - began) };
  return last.kind === 'worn_out' ? { kind: 'throttled' } : last;
}

async function invokeFunction(
  client: LambdaClient,
  name: string,
  payload: string,
  abortSignal: AbortSignal,
): Promise<Invocation> {
  const command = new InvokeCommand({ FunctionName: name, Payload: Buffer.from(payload) });
  try {
    const { FunctionError, Payload } = await client.send(command, { abortSignal });
    const answer: unknown = JSON.parse(new TextDecoder().decode(Payload));
    if (!FunctionError) return { kind: 'answered', answer };
    const ended = endOf(answer);
    if (ended) return ended;
  } catch (error) {
    if (error instanceof TooManyRequestsException) return { kind: 'throttled' };
    throw error;
  }
  // The payload of the failure may quote the event.
  throw new Error(`the function ${name} failed: see its log`);
}

const failureSchema = z.object({ errorMessage: z.string() });

const wornOut = new RegExp(`Runtime exited with error: exit status ${wornOutStatus}$`);

/** What Lambda says of a call that it ended, or whose process ended by itself. Before the text is the id of the request. */
function endOf(failure: unknown): Invocation | undefined {
  const { errorMessage } = failureSchema.parse(failure);
  if (wornOut.test(errorMessage)) return { kind: 'worn_out' };
  if (errorMessage.includes('Task timed out after')) return { kind: 'killed', how: 'time' };
  return errorMessage.includes('Runtime exited') ? { kind: 'killed', how: 'memory' } : undefined;
}
