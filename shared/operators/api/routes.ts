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

/** The web pages. A page that is asked for without a file name sends the browser to its `index.html`. */
export const fileRoutes = ['ANY /docs', 'ANY /docs/{file+}'] as const;

/** The web page for operators. The root of the API leads there too. */
export const consoleRoutes = ['ANY /', 'ANY /console', 'ANY /console/{file+}'] as const;

const isMatch = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

/** The methods of a path of the API. */
export function methodsOf(path: string): string[] {
  return Object.keys(routes)
    .map((key) => key.split(' ') as [string, string])
    .flatMap(([method, template]) => (isMatch(template, path) ? [method] : []));
}
