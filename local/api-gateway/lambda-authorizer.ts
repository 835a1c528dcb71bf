import { gatewayErrors, type HttpResponse } from './integration-response.ts';
import { type InvokableFunction, invokeForGateway } from './invoke-function.ts';
import type { PayloadV2 } from './payload-v2.ts';
import { decodePercent } from './route-key.ts';

/** A Lambda authorizer of type REQUEST with payload 2.0, simple responses and no cache. */
export interface LambdaAuthorizer extends InvokableFunction {
  /** The source ARN that the function's permission must name: `<the API's ARN>/authorizers/<id>`. */
  sourceArn: string;
  /**
   * `$request.header.<name>` and `$request.querystring.<name>`. The function is called only if the request has all of
   * these headers and parameters.
   */
  identitySource: readonly string[];
}

export type AuthorizerResult = { context: Record<string, unknown> | null } | { refused: HttpResponse };

/** API Gateway waits this long for an authorizer, regardless of the function's own timeout. */
const authorizerTimeoutMs = 10_000;

/**
 * Calls the authorizer. Everything but a plain yes or no (an error, a timeout, a malformed response, a missing
 * permission) is a fault, not a decision. The error "Unauthorized" is the only exception: it becomes a 401.
 */
export async function callAuthorizer(
  authorizer: LambdaAuthorizer,
  event: PayloadV2,
  routeArn: string,
): Promise<AuthorizerResult> {
  const values = authorizer.identitySource.map((source) => identityValue(source, event));
  if (!values.every((value) => value)) return { refused: gatewayErrors.unauthorized };
  const identity = values.length > 0 && { identitySource: values };
  const request = { ...event, type: 'REQUEST', routeArn, ...identity };
  const call = await invokeForGateway(authorizer, authorizer.sourceArn, request, authorizerTimeoutMs);
  if (call.status === 'answered') return readAuthorizerResponse(call.payload);
  const isUnauthorized = call.status === 'failed' && call.errorMessage === 'Unauthorized';
  return { refused: isUnauthorized ? gatewayErrors.unauthorized : gatewayErrors.internal };
}

function readAuthorizerResponse(payload: string): AuthorizerResult {
  const answer: unknown = JSON.parse(payload);
  if (answer === 'Unauthorized') return { refused: gatewayErrors.unauthorized };
  if (!isRecord(answer) || typeof answer['isAuthorized'] !== 'boolean') return { refused: gatewayErrors.internal };
  if (!answer['isAuthorized']) return { refused: gatewayErrors.forbidden };
  const context = answer['context'] ?? null;
  if (context !== null && !isRecord(context)) return { refused: gatewayErrors.internal };
  return { context: context && withoutNulls(context) };
}

/**
 * Removes nulls from a context. AWS does not document whether nulls reach the function, so no code may rely on them.
 */
function withoutNulls(context: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(context), (_, value) => (value === null ? undefined : value));
}

/** Header names are case-insensitive, names in the query are not. */
function identityValue(source: string, event: PayloadV2): string | undefined {
  const [, place, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (place === 'header') return event.headers[name.toLowerCase()];
  return event.queryStringParameters?.[decodePercent(name)];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
