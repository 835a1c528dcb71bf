import { type Authorizer, authorize } from './authorizer.ts';
import { type Answer, gatewayErrors, proxyAnswer } from './proxy-answer.ts';
import { type FrontRequest, proxyEvent, withBody } from './proxy-event.ts';
import { findRoute, type RoutePath } from './route.ts';
import { callTarget, type Target } from './target.ts';
import type { Throttle } from './throttle.ts';

export interface Route extends RoutePath {
  key: string;
  integration: Target & { /** milliseconds */ timeout: number };
  authorizer?: Authorizer;
  throttle: Throttle;
}

/** An HTTP API with its `$default` stage. */
export interface HttpApi {
  id: string;
  /** `arn:aws:execute-api:<region>:<account>:<id>` */
  arn: string;
  /** The host that events name. */
  domainName: string;
  routes: readonly Route[];
  stageVariables: Record<string, string>;
}

/**
 * Answers one request as the API would: route, throttle, authorizer, function. What goes wrong behind the
 * front is one of API Gateway's own answers, without a word of the cause.
 */
export async function answerRequest(api: HttpApi, request: FrontRequest): Promise<Answer> {
  const match = findRoute(api.routes, request.method, request.rawPath);
  if (!match) return gatewayErrors.notFound;
  const { route, pathParameters } = match;
  if (!route.throttle.take(request.receivedAt)) return gatewayErrors.tooManyRequests;
  const { id: apiId, domainName, stageVariables } = api;
  const event = proxyEvent(request, { apiId, domainName, routeKey: route.key, pathParameters, stageVariables });
  if (route.authorizer) {
    const decision = await authorize(route.authorizer, event, `${api.arn}/$default/${request.method}${event.rawPath}`);
    if ('refused' in decision) return decision.refused;
    event.requestContext['authorizer'] = { lambda: decision.context };
  }
  return integrate(route, withBody(event, request.body), sourceArn(api, route, request.method));
}

async function integrate({ integration }: Route, event: object, source: string): Promise<Answer> {
  const call = await callTarget(integration, source, event, integration.timeout);
  switch (call.status) {
    case 'answered':
      return proxyAnswer(call.payload);
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

/** A permission names the route by its path's template; the catch-all route is `$default` in both places. */
function sourceArn(api: HttpApi, route: Route, method: string): string {
  return route.method === '$default' ? `${api.arn}/$default/$default` : `${api.arn}/$default/${method}${route.path}`;
}
