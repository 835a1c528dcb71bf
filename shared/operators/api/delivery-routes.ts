/** The routes of deliveries: what was sent to destinations, and what came back. */
import * as z from 'zod/mini';
import { deliveryStates } from '../dispatch/delivery-row.ts';
import {
  deliveryViewSchema,
  destinationHealthViewSchema,
  numberedAttemptSchema,
  routedDeliverySchema,
} from '../dispatch/delivery-view.ts';
import { listOf, pageQuery, type Route } from './route.ts';

const read = { function: 'api-deliveries', role: 'flow_designer' } as const;

export const deliveryRoutes = {
  'GET /v1/connections/{name}/events/{id}/deliveries': {
    ...read,
    summary: 'Lists where an event went: each delivery, and each rule that it did not match.',
    answer: z.object({ items: z.array(routedDeliverySchema) }),
  },
  'GET /v1/destinations/{name}/deliveries': {
    ...read,
    summary:
      'Lists the deliveries to a destination, those of the newest events first. One that was not attempted yet may be missing.',
    query: z.strictObject({
      ...pageQuery,
      status: z.optional(z.enum(deliveryStates.filter((status) => status !== 'delivered'))),
    }),
    answer: listOf(deliveryViewSchema),
  },
  'GET /v1/destinations/{name}/health': {
    ...read,
    summary: 'Says how a destination is, and how much waits for it.',
    answer: destinationHealthViewSchema,
  },
  'GET /v1/deliveries/{id}': {
    ...read,
    summary: 'Reads a delivery with all its attempts.',
    answer: z.extend(deliveryViewSchema, { history: z.array(numberedAttemptSchema) }),
  },
  'POST /v1/deliveries/{id}/redeliver': {
    ...read,
    statuses: [202],
    summary:
      'Sends what was made for an ended delivery again, by the rule as it was then. A replay goes through today’s routes.',
    body: z.strictObject({}),
    answer: deliveryViewSchema,
  },
} as const satisfies Record<string, Route>;
