import * as z from 'zod';
import { routeModes } from '../../../shared/deliveries/route/routes.ts';
import { maxRules, ruleIdForm } from '../../../shared/deliveries/route/routes-request.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import type { Fence } from '../fence.ts';
import { connection, fenced, given } from '../fields.ts';
import { defineTool, ownRead, toolAnswerSchema } from '../tool.ts';

const routesAnswer = toolAnswerSchema({
  version: z.int().describe('The version of the connection. set_routes wants it.'),
  mode: z.enum(routeModes),
  rules: z.array(
    z.strictObject({
      id: z.string(),
      when: fenced.optional().describe('The EventBridge pattern, as JSON. Absent: every event.'),
      transform: fenced.optional().describe('The JSONata expression.'),
      to: z.string().describe('The name of the destination.'),
    }),
  ),
});

/** The routes for a model: people typed the patterns and the expressions. */
const routesOf = ({ version, mode, rules }: ApiAnswer<'GET /v1/connections/{name}/routes'>, fence: Fence) => ({
  version,
  mode,
  rules: rules.map(({ id, when, transform, to }) => ({
    id,
    when: when && fence.text(JSON.stringify(when)),
    transform: fence.optional(transform),
    to,
  })),
});

const getRoutes = defineTool({
  name: 'get_routes',
  mode: 'read',
  title: 'Read routes',
  description: 'Reads the rules that say which events of a connection go to which destinations.',
  annotations: ownRead,
  input: z.strictObject({ connection }),
  output: routesAnswer,
  run: async ({ connection: name }, { api, fence }) =>
    routesOf(await api.call('GET /v1/connections/{name}/routes', { params: { name } }), fence),
});

const setRoutes = defineTool({
  name: 'set_routes',
  mode: 'routes',
  title: 'Replace routes',
  description:
    'Replaces all rules of a connection. They hold for later events. A rule leads to a destination that an admin has made: no tool makes one, or says its URL. An empty list removes all rules.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  input: z.strictObject({
    connection,
    version: z.int().describe('The version that get_routes showed. Refuses if there is another by now.'),
    mode: z.enum(routeModes).describe('all: every rule that matches. first: only the first one.'),
    rules: z
      .array(
        z.strictObject({
          id: z.string().regex(ruleIdForm),
          when: z.record(z.string(), z.unknown()).optional().describe('An EventBridge pattern.'),
          transform: z.string().min(1).optional().describe('A JSONata expression that makes the body.'),
          to: z.string().min(1).max(48).describe('The name of a destination.'),
        }),
      )
      .max(maxRules),
  }),
  output: routesAnswer,
  async run({ connection: name, version, mode, rules }, { api, fence }) {
    const body = { mode, rules: rules.map(({ id, to, ...more }) => ({ id, to, ...given(more) })) };
    const set = await api.call('PUT /v1/connections/{name}/routes', { params: { name }, body, ifMatch: version });
    return routesOf(set, fence);
  },
});

export const routeTools = [getRoutes, setRoutes];
