/** The routes of the API about the rules that route events to destinations. */
import * as z from 'zod/mini';
import { routeModes } from '../../deliveries/route/routes.ts';
import { routesRequestSchema } from '../../deliveries/route/routes-request.ts';
import { routesTestRequestSchema, routesTestSchema } from '../../deliveries/route/routes-test.ts';
import { patternJsonSchema } from '../../ground/pattern/pattern-json.ts';
import type { Route } from './route.ts';

/** A rule as operators read it: its destination by its name. */
const ruleViewSchema = z.object({
  id: z.string(),
  when: z.optional(patternJsonSchema),
  transform: z.optional(z.string()),
  to: z.string(),
});

export const routesViewSchema = z.object({
  /** The version of the connection's record, which is the ETag too. */
  version: z.int(),
  mode: z.enum(routeModes),
  rules: z.array(ruleViewSchema),
});

export const routingRoutes = {
  'GET /v1/connections/{name}/routes': {
    function: 'api-routes',
    role: 'flow_designer',
    summary: 'Reads the rules that route the events of the connection to destinations.',
    answer: routesViewSchema,
  },
  'PUT /v1/connections/{name}/routes': {
    function: 'api-routes',
    role: 'connection_admin',
    summary:
      'Replaces all rules. They hold for events that arrive after the answer. An empty list removes them. In the mode first, only the first rule that matches counts.',
    body: routesRequestSchema,
    answer: routesViewSchema,
  },
  'POST /v1/connections/{name}/routes/test': {
    function: 'api-routes',
    role: 'flow_designer',
    summary:
      'Tests the rules on an event, and sends nothing. The answer says which rules match, where the event differs from the others, and what would be sent. With routes, it tests those in place of the ones in force, which only admins may.',
    body: routesTestRequestSchema,
    answer: routesTestSchema,
  },
} as const satisfies Record<string, Route>;
