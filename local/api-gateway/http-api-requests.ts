import { gatewayErrors, type HttpResponse, integrationResponse } from './integration-response.ts';
import { type InvokableFunction, invokeForGateway } from './invoke-function.ts';
import { callAuthorizer, type LambdaAuthorizer } from './lambda-authorizer.ts';
import { type HttpRequest, payloadV2, withBody } from './payload-v2.ts';
import { findRoute, type RouteKey } from './route-key.ts';
import type { RouteThrottle } from './route-throttle.ts';

export interface HttpApiRoute extends RouteKey {
  key: string;
  integration: InvokableFunction & { /** Milliseconds. */ timeout: number };
  authorizer?: LambdaAuthorizer;
  throttle: RouteThrottle;
}

/** An HTTP API with its `$default` stage. */
export interface HttpApi {
  id: string;
  /** `arn:aws:execute-api:<region>:<account>:<id>` */
  arn: string;
  /** The host name in events. */
  domainName: string;
  routes: readonly HttpApiRoute[];
  stageVariables: Record<string, string>;
}

/**
 * Answers one request as the API does: route, throttle, authorizer, function. If one of these fails, API Gateway itself
 * makes the response, without the cause.
 */
export async function answerHttpRequest(api: HttpApi, request: HttpRequest): Promise<HttpResponse> {
  const match = findRoute(api.routes, request.method, request.rawPath);
  if (!match) return gatewayErrors.notFound;
  const { route, pathParameters } = match;
  if (!route.throttle.take(request.receivedAt)) return gatewayErrors.tooManyRequests;
  const { id: apiId, domainName, stageVariables } = api;
  const event = payloadV2(request, { apiId, domainName, routeKey: route.key, pathParameters, stageVariables });
  if (route.authorizer) {
    const decision = await callAuthorizer(
      route.authorizer,
      event,
      `${api.arn}/$default/${request.method}${event.rawPath}`,
    );
    if ('refused' in decision) return decision.refused;
    event.requestContext['authorizer'] = { lambda: decision.context };
  }
  return callIntegration(route, withBody(event, request.body), sourceArn(api, route, request.method));
}

async function callIntegration({ integration }: HttpApiRoute, event: object, source: string): Promise<HttpResponse> {
  const call = await invokeForGateway(integration, source, event, integration.timeout);
  switch (call.status) {
    case 'answered':
      return integrationResponse(call.payload);
    case 'too_large':
      return gatewayErrors.tooLarge;
    case 'failed':
    case 'not_allowed':
      return gatewayErrors.internal;
    case 'throttled':
    case 'late':
      return gatewayErrors.unavailable;
  }
}

/** A permission names the route by its path's template. The route `$default` is named `$default` in both places. */
function sourceArn(api: HttpApi, route: HttpApiRoute, method: string): string {
  return route.method === '$default' ? `${api.arn}/$default/$default` : `${api.arn}/$default/${method}${route.path}`;
}
