/**
 * Wakes up when another function needs the result of a JSONata expression, or wants one checked. It has no rights: what an
 * expression might break out to is this function alone. It logs nothing: all that it knows is of an event or of an operator.
 */
import { freezeIntrinsics } from '../shared/transform/frozen-intrinsics.ts';
import { checkExpression, evaluateExpression } from '../shared/transform/jsonata-expression.ts';
import { type CheckAnswer, type TransformAnswer, transformRequestSchema } from '../shared/transform/transform.ts';

/** An error of the expression is an answer. Throws only if the request is none. */
export async function transform(event: unknown): Promise<CheckAnswer | TransformAnswer> {
  const request = transformRequestSchema.parse(event);
  if ('check' in request) return checkExpression(request.check);
  return evaluateExpression(request.expression, request.input, new Date(request.at));
}

/** Freezes before the first call, and not while this file is loaded: a test that imports it could not go on. */
export const handler: typeof transform = (event) => {
  freezeIntrinsics(globalThis);
  return transform(event);
};
