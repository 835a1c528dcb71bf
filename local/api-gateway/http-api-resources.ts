import { wayOut } from '../cloudformation/cannot-run.ts';
import { accountId, region, type Stack } from '../cloudformation/physical-ids.ts';
import { readInvokePermissions } from '../cloudformation/resource-policies.ts';
import { type DeclaredResource, resourcesOfType } from '../cloudformation/resource-properties.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { StartError } from '../start/start-error.ts';
import type { HttpApi, HttpApiRoute } from './http-api-requests.ts';
import type { InvokableFunction } from './invoke-function.ts';
import type { LambdaAuthorizer } from './lambda-authorizer.ts';
import { parseRouteKey } from './route-key.ts';
import { createRouteThrottle, type RouteThrottle } from './route-throttle.ts';

type FindFunction = (owner: string, uri: string) => InvokableFunction;

/**
 * Reads the stack's HTTP API: its routes with their functions, authorizers and throttles.
 * @param functions by ARN
 * @param domainName the host that events name
 * @throws StartError if the stack does not have exactly one API with one stage, or a part names something that does not
 * exist
 */
export function readHttpApi(stack: Stack, functions: ReadonlyMap<string, LambdaFunction>, domainName: string): HttpApi {
  const api = only(resourcesOfType(stack, 'AWS::ApiGatewayV2::Api'), 'AWS::ApiGatewayV2::Api');
  const stage = only(resourcesOfType(stack, 'AWS::ApiGatewayV2::Stage'), 'AWS::ApiGatewayV2::Stage');
  const id = stack.attribute(api.id, 'Ref') ?? api.id;
  const arn = `arn:aws:execute-api:${region}:${accountId}:${id}`;
  const target = targets(stack, functions);
  const integrations = readIntegrations(stack, target);
  const authorizers = readAuthorizers(stack, target, arn);
  const declaredRoutes = resourcesOfType(stack, 'AWS::ApiGatewayV2::Route');
  checkKeys(
    declaredRoutes.map(({ properties }) => properties.RouteKey),
    stage,
  );
  const routes = declaredRoutes.map(({ id: routeId, properties }): HttpApiRoute => {
    const { RouteKey: key, Target: target, AuthorizationType: kind, AuthorizerId: authorizerId = '' } = properties;
    const integration = find(integrations, target, `${routeId}: there is no integration ${target}`);
    const throttle = routeThrottle(stage, key);
    const route = { ...parseRouteKey(key), key, integration, throttle };
    if (kind === 'NONE') return route;
    return {
      ...route,
      authorizer: find(authorizers, authorizerId, `${routeId}: there is no authorizer ${authorizerId}`),
    };
  });
  return { id, arn, domainName, routes, stageVariables: stage.properties.StageVariables ?? {} };
}

/** Refuses what a deployment refuses: a duplicate route, and settings of a route that does not exist. */
function checkKeys(keys: readonly string[], stage: DeclaredResource<'AWS::ApiGatewayV2::Stage'>): void {
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice) throw new StartError(`The route ${twice} is in the template twice`);
  const stray = Object.keys(stage.properties.RouteSettings ?? {}).find((key) => !keys.includes(key));
  if (stray) throw new StartError(`${stage.id} has settings for the route ${stray}, which is not in the template`);
}

function targets(stack: Stack, functions: ReadonlyMap<string, LambdaFunction>): FindFunction {
  const isPermitted = readInvokePermissions(stack, 'apigateway.amazonaws.com');
  return (owner, uri) => {
    // An authorizer's URI contains the function's ARN. An integration's URI contains it or is the ARN itself.
    const arn = /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
    const target = find(functions, arn, `${owner}: there is no function ${arn}`);
    return { function: target, allows: (sourceArn) => isPermitted(target.name, target.arn, sourceArn) };
  };
}

function readIntegrations(stack: Stack, target: FindFunction): Map<string, HttpApiRoute['integration']> {
  return new Map(
    resourcesOfType(stack, 'AWS::ApiGatewayV2::Integration').map(({ id, properties }) => [
      `integrations/${stack.attribute(id, 'Ref')}`,
      { ...target(id, properties.IntegrationUri), timeout: properties.TimeoutInMillis },
    ]),
  );
}

function readAuthorizers(stack: Stack, target: FindFunction, apiArn: string): Map<string, LambdaAuthorizer> {
  return new Map(
    resourcesOfType(stack, 'AWS::ApiGatewayV2::Authorizer').map(({ id, properties }) => {
      const physical = stack.attribute(id, 'Ref') ?? id;
      const sourceArn = `${apiArn}/authorizers/${physical}`;
      const { AuthorizerUri, IdentitySource: identitySource } = properties;
      return [physical, { ...target(id, AuthorizerUri), sourceArn, identitySource }];
    }),
  );
}

/**
 * The throttle of a route, from the route's own settings or else the stage's default settings. Routes with the default
 * settings don't share one throttle: each has its own.
 */
function routeThrottle({ properties }: DeclaredResource<'AWS::ApiGatewayV2::Stage'>, key: string): RouteThrottle {
  const settings = properties.RouteSettings?.[key] ?? properties.DefaultRouteSettings;
  return createRouteThrottle(settings?.ThrottlingRateLimit, settings?.ThrottlingBurstLimit);
}

function only<T extends { id: string }>(found: readonly T[], type: string): T {
  const [first] = found;
  if (first && found.length === 1) return first;
  const ids = found.map(({ id }) => id).join(', ') || 'none';
  throw new StartError(`The template must have exactly one ${type}; it has ${ids}. ${wayOut([])}`);
}

function find<T>(all: ReadonlyMap<string, T>, key: string, problem: string): T {
  const found = all.get(key);
  if (found) return found;
  throw new StartError(problem);
}
