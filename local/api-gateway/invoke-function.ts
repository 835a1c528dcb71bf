import type { InvocationResult, LambdaFunction } from '../lambda/lambda-function.ts';

/** A function that API Gateway calls, if the function's resource policy lets it. */
export interface InvokableFunction {
  function: LambdaFunction;
  /** Whether API Gateway may call the function on behalf of this ARN (a route or an authorizer). */
  allows(sourceArn: string): boolean;
}

/** Besides how a call can end: not allowed at all, or not done in time. */
export type GatewayInvocation = InvocationResult | { status: 'not_allowed' } | { status: 'late' };

/**
 * Calls the function on behalf of `sourceArn` and waits `limit` milliseconds at most; the function itself runs on then,
 * as on AWS. Rejects only when a permission holds what the evaluation of policies doesn't know.
 */
export async function invokeForGateway(
  target: InvokableFunction,
  sourceArn: string,
  event: object,
  limit: number,
): Promise<GatewayInvocation> {
  if (!target.allows(sourceArn)) return { status: 'not_allowed' };
  const { promise: late, resolve } = Promise.withResolvers<GatewayInvocation>();
  const timer = setTimeout(() => resolve({ status: 'late' }), limit);
  return Promise.race([target.function.invoke(event), late]).finally(() => clearTimeout(timer));
}
