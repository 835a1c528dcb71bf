/** What a transform makes of an event: the words that its callers and its function share. */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';

/**
 * Evaluates a JSONata expression.
 * @param input what the expression sees
 * @param at the time that `$now()` and `$millis()` give, in ISO 8601: that of the event, so that each attempt sends the same content
 * @throws if Lambda or the function fails for another reason than the expression. Nobody knows the result then; try again later
 */
export type Transform = (expression: string, input: object, at: string) => Promise<TransformOutcome>;

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

/** What the function answers. */
export const transformAnswerSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('kind', [
    /** The result as JSON text. */
    z.object({ kind: z.literal('json'), text: z.string() }),
    /** The expression selected nothing. The result `null` is `json`. */
    z.object({ kind: z.literal('empty') }),
    z.object({ kind: z.literal('error'), ...faultSchema }),
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
  | TransformAnswer
  /** The evaluation took so much time or memory that Lambda ended it. Nothing but this evaluation was harmed. */
  | { kind: 'killed'; how: 'time' | 'memory' }
  /** Lambda had no concurrency left, or the caller gives this expression none at present. Try again later. */
  | { kind: 'throttled' }
  /** The input is larger than `maxInputBytes`. It was not evaluated. */
  | { kind: 'too_large'; bytes: number };

/** The largest input, as JSON. */
export const maxInputBytes = 1_048_576;

/** What the function is called with. */
export const transformRequestSchema = /* @__PURE__ */ schema(() =>
  z.union([
    z.object({ check: z.string() }),
    z.object({ expression: z.string(), input: z.unknown(), at: z.iso.datetime() }),
  ]),
);
export type TransformRequest = z.infer<typeof transformRequestSchema>;
