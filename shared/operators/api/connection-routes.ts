/** The routes for connections and for providers. */
import * as z from 'zod/mini';
import { connectionChangeSchema, newConnectionSchema } from '../../endpoints/endpoint/connection-request.ts';
import { connectionViewSchema } from '../../endpoints/endpoint/connection-view.ts';
import { providerSummarySchema, providerViewSchema } from '../../endpoints/provider/provider-view.ts';
import { listedConnectionSchema } from '../../events/arrival/usage.ts';
import { listOf, pageQuery, type Route } from './route.ts';

export const connectionRoutes = {
  'GET /healthz': {
    function: 'api-connections',
    role: 'nobody',
    summary: 'Version and status.',
    answer: z.object({ status: z.literal('ok'), version: z.string() }),
  },
  'GET /openapi.json': {
    function: 'api-connections',
    role: 'nobody',
    summary: 'Describes this API as an OpenAPI 3.1 document.',
    answer: z.looseObject({ openapi: z.string() }),
  },
  'GET /v1/providers': {
    function: 'api-connections',
    role: 'flow_designer',
    summary: 'Lists the known senders.',
    answer: z.object({ items: z.array(providerSummarySchema) }),
  },
  'GET /v1/providers/{id}': {
    function: 'api-connections',
    role: 'flow_designer',
    summary: 'Reads what is known of a sender and how to set it up.',
    answer: providerViewSchema,
  },
  'GET /v1/connections': {
    function: 'api-connections',
    role: 'flow_designer',
    summary:
      'Lists connections by name. With include=stats it also counts the events and rejections of the last hour. A schedule sums them up once a minute: they are complete up to asOf.',
    query: z.strictObject({ ...pageQuery, include: z.optional(z.literal('stats')) }),
    answer: listOf(listedConnectionSchema),
  },
  'POST /v1/connections': {
    function: 'api-connections',
    role: 'connection_admin',
    statuses: [201],
    summary: 'Opens a connection.',
    body: newConnectionSchema,
    answer: connectionViewSchema,
  },
  'GET /v1/connections/{name}': {
    function: 'api-connections',
    role: 'flow_designer',
    summary: 'Reads a connection.',
    answer: connectionViewSchema,
  },
  'PATCH /v1/connections/{name}': {
    function: 'api-connections',
    role: 'connection_admin',
    summary: 'Edits a connection. The provider can change only while the connection is unconfigured.',
    body: connectionChangeSchema,
    answer: connectionViewSchema,
  },
  'DELETE /v1/connections/{name}': {
    function: 'api-connections',
    role: 'connection_admin',
    statuses: [204],
    summary: 'Deletes a connection. The connection must be unconfigured.',
    answer: z.null(),
  },
} as const satisfies Record<string, Route>;
