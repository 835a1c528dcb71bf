import type { Invocation, LambdaFunction } from '../lambda/lambda.ts';

/** A function that API Gateway calls, if the function's resource policy lets it. */
export interface Target {
  function: LambdaFunction;
  /** Whether API Gateway may call the function on behalf of this ARN (a route or an authorizer). */
  allows(sourceArn: string): boolean;
}

/** Besides how a call can end: not allowed at all, or not done in time. */
export type TargetCall = Invocation | { status: 'not_allowed' } | { status: 'late' };

/**
 * Calls the function on behalf of `sourceArn` and waits `limit` milliseconds at most; the function itself runs on then,
 * as on AWS. Rejects only when a permission holds what the evaluation of policies doesn't know.
 */
export async function callTarget(target: Target, sourceArn: string, event: object, limit: number): Promise<TargetCall> {
  if (!target.allows(sourceArn)) return { status: 'not_allowed' };
  const { promise: late, resolve } = Promise.withResolvers<TargetCall>();
  const timer = setTimeout(() => resolve({ status: 'late' }), limit);
  return Promise.race([target.function.invoke(event), late]).finally(() => clearTimeout(timer));
}
