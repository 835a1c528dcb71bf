import type { InvocationResult, LambdaFunction } from '../lambda/lambda-function.ts';

/** A function that API Gateway may invoke if the function's resource policy allows it. */
export interface InvokableFunction {
  function: LambdaFunction;
  /** Whether API Gateway may invoke the function on behalf of this ARN (a route or an authorizer). */
  allows(sourceArn: string): boolean;
}

/** The result of an invocation. `not_allowed`: the resource policy denies it. `late`: the time limit passed. */
export type GatewayInvocation = InvocationResult | { status: 'not_allowed' } | { status: 'late' };

/**
 * Invokes the function on behalf of `sourceArn` and waits at most `limit` milliseconds. After the limit, the function
 * itself keeps running, as on AWS. Rejects only if a permission contains something that the policy evaluation does not
 * know.
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
