/** The routes of operators. */
import * as z from 'zod/mini';
import { roles } from '../../ground/base/actor.ts';
import { operatorHistoryLineSchema } from '../journal/operator-history.ts';
import { operatorNameSchema } from '../operator/operator-name.ts';
import { operatorViewSchema, ownViewSchema } from '../operator/operator-view.ts';
import { listOf, pageQuery, type Route } from './route.ts';

const newOperatorSchema = z.strictObject({
  name: operatorNameSchema,
  role: z.enum(roles),
  expiresAt: z.optional(z.iso.datetime()),
});

export const operatorRoutes = {
  'GET /v1/me': {
    function: 'api-operators',
    role: 'flow_designer',
    summary: 'Says whose token this is, and what its role may do apart from connections.',
    answer: ownViewSchema,
  },
  'GET /v1/operators': {
    function: 'api-operators',
    role: 'connection_admin',
    summary: 'Lists operators, the oldest first, and says whether the bootstrap token still works.',
    query: z.strictObject(pageQuery),
    answer: z.extend(listOf(operatorViewSchema), { bootstrap: z.enum(['open', 'closed']) }),
  },
  'POST /v1/operators': {
    function: 'api-operators',
    role: 'connection_admin',
    statuses: [201],
    summary: 'Adds an operator. Only this answer has the token.',
    body: newOperatorSchema,
    answer: z.object({ token: z.string(), operator: operatorViewSchema }),
  },
  'DELETE /v1/operators/{id}': {
    function: 'api-operators',
    role: 'connection_admin',
    statuses: [204],
    summary: 'Revokes an operator. The token stops working at once. The last admin without an expiry stays.',
    answer: z.null(),
  },
  'GET /v1/operators/names': {
    function: 'api-operators',
    role: 'flow_designer',
    summary: 'Lists the name of every operator by id, also of the revoked ones. A history has ids.',
    answer: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
  },
  'GET /v1/operators/history': {
    function: 'api-operators',
    role: 'connection_admin',
    summary: 'Lists who added and revoked operators, the newest first.',
    query: z.strictObject(pageQuery),
    answer: listOf(operatorHistoryLineSchema),
  },
} as const satisfies Record<string, Route>;
