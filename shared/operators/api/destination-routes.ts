/** The routes of destinations. */
import * as z from 'zod/mini';
import {
  destinationChangeSchema,
  newDestinationSchema,
  signingRotationSchema,
} from '../../deliveries/destination/destination-request.ts';
import { destinationTestSchema } from '../../deliveries/destination/destination-test.ts';
import { destinationViewSchema } from '../../deliveries/destination/destination-view.ts';
import { destinationItemSchema } from '../../deliveries/dispatch/destination-item.ts';
import { listOf, pageQuery, type Route } from './route.ts';

/** The live signing secrets. There is a previous one only during a grace. */
const signingSecretsSchema = z.object({
  secret: z.string(),
  previous: z.optional(z.object({ secret: z.string(), expiresAt: z.iso.datetime() })),
});

const read = { function: 'api-destinations', role: 'flow_designer' } as const;
const change = { function: 'api-destinations', role: 'connection_admin' } as const;

export const destinationRoutes = {
  'GET /v1/destinations': {
    ...read,
    summary: 'Lists destinations by name.',
    query: z.strictObject(pageQuery),
    answer: listOf(destinationViewSchema),
  },
  'POST /v1/destinations': {
    ...change,
    statuses: [201],
    summary:
      'Creates a destination: a URL that gets signed requests. No answer shows the URL beyond its origin, the values of headers or the proof.',
    body: newDestinationSchema,
    answer: destinationViewSchema,
  },
  'GET /v1/destinations/{name}': {
    ...read,
    summary: 'Reads a destination. With include=routes, also the rules of connections that lead to it.',
    query: z.strictObject({ include: z.optional(z.literal('routes')) }),
    answer: z.extend(destinationViewSchema, {
      routes: z.optional(z.array(z.object({ connection: z.string(), rules: z.array(z.string()) }))),
    }),
  },
  'PATCH /v1/destinations/{name}': {
    ...change,
    summary:
      'Edits a destination. What the request does not name stays; headers and auth are replaced whole; null removes rate or concurrency.',
    body: destinationChangeSchema,
    answer: destinationViewSchema,
  },
  'DELETE /v1/destinations/{name}': {
    ...change,
    statuses: [204],
    summary: 'Deletes a destination and its secret. With force, also if routes lead to it.',
    query: z.strictObject({ force: z.optional(z.enum(['true', 'false'])) }),
    answer: z.null(),
  },
  'POST /v1/destinations/{name}/pause': {
    ...change,
    summary: 'Pauses a destination: deliveries to it wait, and the time does not count against them.',
    body: z.strictObject({}),
    answer: destinationViewSchema,
  },
  'POST /v1/destinations/{name}/resume': {
    ...change,
    summary: 'Resumes a paused destination: what waits is tried at once.',
    body: z.strictObject({}),
    answer: destinationViewSchema,
  },
  'POST /v1/destinations/{name}/attempt': {
    ...read,
    summary: 'Attempts all that waits for a destination at once, also what waits for hours.',
    body: z.strictObject({}),
    answer: destinationViewSchema,
  },
  'POST /v1/destinations/{name}/test': {
    ...change,
    summary:
      'Sends a signed request to the destination, and answers with what came back. If it succeeds, a failing destination is recovering.',
    body: z.strictObject({}),
    answer: destinationTestSchema,
  },
  'GET /v1/destinations/{name}/secret': {
    ...change,
    summary: 'Reveals the secret with which requests are signed. The history records it.',
    answer: signingSecretsSchema,
  },
  'POST /v1/destinations/{name}/secret/rotate': {
    ...change,
    summary: 'Replaces the signing secret. Until the grace ends, requests are signed with both.',
    body: signingRotationSchema,
    answer: signingSecretsSchema,
  },
  'GET /v1/destinations/{name}/history': {
    ...read,
    summary: 'Lists who changed the destination, revealed its secret or redelivered many deliveries, the newest first.',
    query: z.strictObject(pageQuery),
    answer: listOf(destinationItemSchema),
  },
} as const satisfies Record<string, Route>;
