import type { LambdaFunction } from '../lambda/lambda.ts';
import { StartError } from '../start-error.ts';
import { readPermissions } from '../template/permissions.ts';
import { accountId, region, type Stack } from '../template/physical.ts';
import { type Declared, declared } from '../template/resources.ts';
import type { Authorizer } from './authorizer.ts';
import type { HttpApi, Route } from './http-api.ts';
import { parseRouteKey } from './route.ts';
import type { Target } from './target.ts';
import { createThrottle, type Throttle } from './throttle.ts';

type FindTarget = (owner: string, uri: string) => Target;

/**
 * Puts the stack's HTTP API together: its routes with their functions, authorizers and throttles.
 * @param functions by ARN
 * @param domainName the host that events name
 * @throws StartError when the stack has other than one API with one stage, or a part names one that is not there
 */
export function readApi(stack: Stack, functions: ReadonlyMap<string, LambdaFunction>, domainName: string): HttpApi {
  const api = only(declared(stack, 'AWS::ApiGatewayV2::Api'), 'AWS::ApiGatewayV2::Api');
  const stage = only(declared(stack, 'AWS::ApiGatewayV2::Stage'), 'AWS::ApiGatewayV2::Stage');
  const id = stack.attribute(api.id, 'Ref') ?? api.id;
  const arn = `arn:aws:execute-api:${region}:${accountId}:${id}`;
  const target = targets(stack, functions);
  const integrations = readIntegrations(stack, target);
  const authorizers = readAuthorizers(stack, target, arn);
  const declaredRoutes = declared(stack, 'AWS::ApiGatewayV2::Route');
  checkKeys(
    declaredRoutes.map(({ properties }) => properties.RouteKey),
    stage,
  );
  const routes = declaredRoutes.map(({ id: routeId, properties }): Route => {
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

/** A deployment fails on a route that is there twice, and on settings of one that isn't there. */
function checkKeys(keys: readonly string[], stage: Declared<'AWS::ApiGatewayV2::Stage'>): void {
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice) throw new StartError(`The route ${twice} is in the template twice`);
  const stray = Object.keys(stage.properties.RouteSettings ?? {}).find((key) => !keys.includes(key));
  if (stray) throw new StartError(`${stage.id} has settings for the route ${stray}, which is not in the template`);
}

function targets(stack: Stack, functions: ReadonlyMap<string, LambdaFunction>): FindTarget {
  const isPermitted = readPermissions(stack, 'apigateway.amazonaws.com');
  return (owner, uri) => {
    // An authorizer's URI wraps the function's ARN; an integration's may, or be the ARN itself.
    const arn = /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
    const target = find(functions, arn, `${owner}: there is no function ${arn}`);
    return { function: target, allows: (sourceArn) => isPermitted(target.name, target.arn, sourceArn) };
  };
}

function readIntegrations(stack: Stack, target: FindTarget): Map<string, Route['integration']> {
  return new Map(
    declared(stack, 'AWS::ApiGatewayV2::Integration').map(({ id, properties }) => [
      `integrations/${stack.attribute(id, 'Ref')}`,
      { ...target(id, properties.IntegrationUri), timeout: properties.TimeoutInMillis },
    ]),
  );
}

function readAuthorizers(stack: Stack, target: FindTarget, apiArn: string): Map<string, Authorizer> {
  return new Map(
    declared(stack, 'AWS::ApiGatewayV2::Authorizer').map(({ id, properties }) => {
      const physical = stack.attribute(id, 'Ref') ?? id;
      const sourceArn = `${apiArn}/authorizers/${physical}`;
      const { AuthorizerUri, IdentitySource: identitySource } = properties;
      return [physical, { ...target(id, AuthorizerUri), sourceArn, identitySource }];
    }),
  );
}

/** A route's own settings win; the stage's default holds for each other route by itself, not for all together. */
function routeThrottle({ properties }: Declared<'AWS::ApiGatewayV2::Stage'>, key: string): Throttle {
  const settings = properties.RouteSettings?.[key] ?? properties.DefaultRouteSettings;
  return createThrottle(settings?.ThrottlingRateLimit, settings?.ThrottlingBurstLimit);
}

function only<T>(found: readonly T[], type: string): T {
  const [first] = found;
  if (first && found.length === 1) return first;
  throw new StartError(`The template must have exactly one ${type}; it has ${found.length}`);
}

function find<T>(all: ReadonlyMap<string, T>, key: string, problem: string): T {
  const found = all.get(key);
  if (found) return found;
  throw new StartError(problem);
}
