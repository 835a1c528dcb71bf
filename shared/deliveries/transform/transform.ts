/** What a transform makes of an event: the words that its callers and its function share. */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';

/** A rule of the routes in force. */
export interface RuleInForce {
  connectionId: string;
  /** The version of the list that has the rule. Lists of two connections have the same one if they are equal. */
  routes: string;
  rule: string;
}

/**
 * Evaluates a JSONata expression.
 * @param input what the expression sees
 * @param at the time that `$now()` and `$millis()` give, in ISO 8601: that of the event, so that each attempt sends the same content
 * @param of the rule whose deliveries need the result. Undefined for a dry run
 * @throws if Lambda or the function fails for another reason than the expression. Nobody knows the result then; try again later
 */
export type Transform = (expression: string, input: object, at: string, of?: RuleInForce) => Promise<TransformOutcome>;

/**
 * Reads an expression without evaluating it.
 * @returns what is wrong with it, or undefined
 * @throws if nobody could say
 */
export type CheckTransform = (expression: string) => Promise<ExpressionFault | undefined>;

const faultSchema = /* @__PURE__ */ schema(() => ({
  /** Quotes no text of the event. */
  message: z.string(),
  /** Where in the expression, in characters from its beginning. */
  position: z.optional(z.number()),
}));

/** What is wrong with an expression. */
export interface ExpressionFault {
  message: string;
  position?: number | undefined;
}

/** What only the answer to a dry run has. */
const dryRunSchema = /* @__PURE__ */ schema(() => ({
  /** The paths of the expression at which the input has nothing. Absent if there is none. */
  emptyPaths: z.optional(z.array(z.string())),
}));

/** What the function answers. */
export const transformAnswerSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('kind', [
    /** The result as JSON text. */
    z.object({ kind: z.literal('json'), text: z.string(), ...dryRunSchema }),
    /** The expression selected nothing. The result `null` is `json`. */
    z.object({ kind: z.literal('empty'), ...dryRunSchema }),
    z.object({ kind: z.literal('error'), ...faultSchema, ...dryRunSchema }),
  ]),
);
export type TransformAnswer = z.infer<typeof transformAnswerSchema>;

export const checkAnswerSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('valid') }),
    z.object({ kind: z.literal('error'), ...faultSchema }),
  ]),
);
export type CheckAnswer = z.infer<typeof checkAnswerSchema>;

/** The result of a transform. All but `throttled` are final: the same expression and the same event give the same again. */
export type TransformOutcome =
  | Exclude<TransformAnswer, { kind: 'json' }>
  /** `ms` is how long the evaluation took, without the wait for its turn. */
  | (Extract<TransformAnswer, { kind: 'json' }> & { ms: number })
  /** The evaluation took so much time or memory that Lambda ended it. Nothing but this evaluation was harmed. */
  | { kind: 'killed'; how: 'time' | 'memory' }
  /** Lambda had no concurrency left, or the caller gives this rule none at present. Try again later. */
  | { kind: 'throttled' }
  /** The input is larger than `maxInputBytes`. It was not evaluated. */
  | { kind: 'too_large'; bytes: number };

/** A value as JSON. Undefined if it is nested so deeply that it can be parsed, but not written: a sender can send that. */
export function jsonTextOf(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The answer if the input can't be written. */
export const nestedTooDeeply = { kind: 'error', message: 'The event is nested too deeply.' } as const;

/** The largest input, as JSON. */
export const maxInputBytes = 1_048_576;

/** The exit status of a process that has answered so many requests that another one must go on. It has not begun the request. */
export const wornOutStatus = 75;

/** What the function is called with. */
export const transformRequestSchema = /* @__PURE__ */ schema(() =>
  z.union([
    z.object({ check: z.string() }),
    z.object({ expression: z.string(), input: z.unknown(), at: z.iso.datetime(), isDryRun: z.optional(z.boolean()) }),
  ]),
);
export type TransformRequest = z.infer<typeof transformRequestSchema>;
