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
export type RouteTable = typeof connectionRoutes & typeof endpointRoutes & typeof eventRoutes & typeof journalRoutes & typeof statisticsRoutes & typeof replayRoutes & typeof destinationRoutes & typeof routingRoutes & typeof deliveryRoutes & typeof redeliveryRoutes & typeof jobRoutes & typeof operatorRoutes;
export declare const routes: RouteTable;
export type RouteKey = keyof RouteTable;
/** The route for every other path below /v1. This route answers 404 and 405 as problems. */
export declare const fallbackRoute = "ANY /v1/{proxy+}";
/** The public URL of an endpoint. */
export declare const hookRoutes: readonly ["ANY /hooks/{connection}/{endpointId}", "ANY /hooks/{connection}/{endpointId}/{rest+}"];
/** A key of API Gateway, which may stand for several routes, and one of them. */
interface GatewayRoute {
    key: string;
    route: Route;
}
/**
 * The keys of API Gateway for all routes. Routes with the same path are one key with `ANY`, because each key costs a resource, and
 * `operatorApi` asks for the method anyway. Beside a GET, a DELETE keeps a key of its own, and with it a limit of its own: what removes
 * something must get through a flood of requests that read it.
 * @throws if routes of one key have different functions, or if only some of them need a token
 */
export declare function gatewayRoutes(all?: Record<string, Route>): GatewayRoute[];
/** The key of the route that a request asks for: its method, and the path of the key by which API Gateway sent it. */
export declare const routeKeyOf: ({ routeKey, requestContext: { http } }: RoutedRequest) => string;
interface RoutedRequest {
    routeKey: string;
    requestContext: {
        http: {
            method: string;
        };
    };
}
/** The methods of a path of the API. */
export declare function methodsOf(path: string): string[];
export {};
