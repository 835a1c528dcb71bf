/** Answers requests for evaluations and checks, each in a context of its own. */
import { type Context, constants, createContext, Script } from 'node:vm';
import {
  type CheckAnswer,
  jsonTextOf,
  nestedTooDeeply,
  type TransformAnswer,
  type TransformRequest,
  transformRequestSchema,
} from './transform.ts';

type Answer = CheckAnswer | TransformAnswer;

/** The answer if an expression makes JSONata wait for what never comes, or fail where it can't. */
const withoutEnd: Answer = { kind: 'error', message: 'The evaluation does not end.' };

/**
 * A context that shares no object with any other one, nor with this program. `vm` is no boundary of security, so the function has no rights
 * either.
 */
const freshContext = (): Context =>
  createContext(constants.DONT_CONTEXTIFY, {
    // Whatever an expression finds, it can make no code of a text.
    codeGeneration: { strings: false, wasm: false },
    // All that the context has begun ends before `runInContext` returns. What does not end keeps the process busy until Lambda ends it.
    microtaskMode: 'afterEvaluate',
  });

/** Answers one request in a context of its own. Only texts go in and out: an object of ours would lead back to ours. */
function answerIn(context: Context, program: Script, request: string): Answer {
  context['request'] = request;
  program.runInContext(context);
  const { answer } = context;
  return typeof answer === 'string' ? JSON.parse(answer) : withoutEnd;
}

/**
 * An error of the expression is an answer.
 * @param source the text of `context-program.ts`. It is compiled once, and run again for each request
 * @returns a handler that throws only if the event is no request
 */
export function transformHandler(source: string): (event: unknown) => Promise<Answer> {
  const program = new Script(source, { filename: 'context-program.js' });
  return async (event) => {
    const request: TransformRequest = transformRequestSchema.parse(event);
    const text = jsonTextOf(request);
    return text === undefined ? nestedTooDeeply : answerIn(freshContext(), program, text);
  };
}
