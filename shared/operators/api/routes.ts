/**
 * The routes of the HTTP API, as data. `infra/` makes API Gateway's routes from them, and the functions answer them.
 * The schemas parse bodies and answers.
 */
import { connectionRoutes } from './connection-routes.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { destinationRoutes } from './destination-routes.ts';
import { endpointRoutes } from './endpoint-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { jobRoutes } from './job-routes.ts';
import { journalRoutes } from './journal-routes.ts';
import { operatorRoutes } from './operator-routes.ts';
import { redeliveryRoutes } from './redelivery-routes.ts';
import { replayRoutes } from './replay-routes.ts';
import type { Route } from './route.ts';
import { routingRoutes } from './routing-routes.ts';
import { statisticsRoutes } from './statistics-routes.ts';

/** All routes. The compiler can't write the inferred type into the package, because it is too long. */
export type RouteTable = typeof connectionRoutes &
  typeof endpointRoutes &
  typeof eventRoutes &
  typeof journalRoutes &
  typeof statisticsRoutes &
  typeof replayRoutes &
  typeof destinationRoutes &
  typeof routingRoutes &
  typeof deliveryRoutes &
  typeof redeliveryRoutes &
  typeof jobRoutes &
  typeof operatorRoutes;

export const routes: RouteTable = {
  ...connectionRoutes,
  ...endpointRoutes,
  ...eventRoutes,
  ...journalRoutes,
  ...statisticsRoutes,
  ...replayRoutes,
  ...destinationRoutes,
  ...routingRoutes,
  ...deliveryRoutes,
  ...redeliveryRoutes,
  ...jobRoutes,
  ...operatorRoutes,
} satisfies Record<string, Route>;

export type RouteKey = keyof RouteTable;

/** The route for every other path below /v1. This route answers 404 and 405 as problems. */
export const fallbackRoute = 'ANY /v1/{proxy+}';

/** The public URL of an endpoint. */
export const hookRoutes = [
  'ANY /hooks/{connection}/{endpointId}',
  'ANY /hooks/{connection}/{endpointId}/{rest+}',
] as const;

/**
 * Paths of API Gateway that stand for several paths of the table. These differ in their last part, and have one function. None of them
 * has a path below it or a GET, so nothing that is polled takes from their limit.
 */
const stepPaths: Record<string, readonly string[]> = {
  '/v1/destinations/{name}/{step}': ['pause', 'resume', 'attempt', 'test'],
  '/v1/deliveries/{id}/{step}': ['attempt', 'redeliver'],
};

/** A key of API Gateway, which may stand for several routes, and one of them. */
interface GatewayRoute {
  key: string;
  route: Route;
}

/**
 * The keys of API Gateway for all routes. Routes with the same path are one key with `ANY`, because each key costs a resource, and
 * `operatorApi` asks for the method anyway. So are the steps of `stepPaths`. Beside a GET, a DELETE keeps a key of its own, and with it a limit of its own: what removes
 * something must get through a flood of requests that read it.
 * @throws if routes of one key have different functions, or if only some of them need a token
 */
export function gatewayRoutes(all: Record<string, Route> = routes): GatewayRoute[] {
  const isApart = (key: string) => key.startsWith('DELETE ') && `GET ${pathOf(key)}` in all;
  const groups = Map.groupBy(Object.entries(all), ([key]) => (isApart(key) ? key : gatewayPathOf(pathOf(key))));
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const [key, route] = first;
    const isAlike = ([, other]: [string, Route]) =>
      other.function === route.function && isOpen(other) === isOpen(route);
    if (!others.every(isAlike))
      throw new Error(`${pathOf(key)} must have one function, and a token for all or for none`);
    return { key: others.length === 0 ? key : `ANY ${gatewayPathOf(pathOf(key))}`, route };
  });
}

const pathOf = (key: string): string => key.slice(key.indexOf(' ') + 1);
const gatewayPathOf = (path: string): string =>
  Object.keys(stepPaths).find((shared) => stepsOf(shared).includes(path)) ?? path;
const stepsOf = (shared: string): string[] => (stepPaths[shared] ?? []).map((step) => withStep(shared, step));
const withStep = (path: string, step: string): string => path.replace('{step}', step);
const isOpen = ({ role }: Route): boolean => role === 'nobody';

/**
 * The key of the route that a request asks for: its method, and the path of the key by which API Gateway sent it. A step that is none
 * stays out of it, because logs have the key, and the text may be a pasted token.
 */
export function routeKeyOf({ routeKey, pathParameters, requestContext: { http } }: RoutedRequest): string {
  const key = routeKey.replace(/^ANY (?=\/v1\/)/, `${http.method} `);
  const step = pathParameters?.['step'] ?? '';
  return stepPaths[pathOf(key)]?.includes(step) ? withStep(key, step) : key;
}

interface RoutedRequest {
  routeKey: string;
  pathParameters?: Record<string, string | undefined>;
  requestContext: { http: { method: string } };
}

const isMatch = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

/** The methods of a path of the API. */
export function methodsOf(path: string): string[] {
  return Object.keys(routes)
    .map((key) => key.split(' ') as [string, string])
    .flatMap(([method, template]) => (isMatch(template, path) ? [method] : []));
}
