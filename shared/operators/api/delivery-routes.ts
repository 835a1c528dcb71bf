/** The routes of deliveries: what was sent to destinations, and what came back. */
import * as z from 'zod/mini';
import { deliveryStates } from '../../deliveries/dispatch/delivery-states.ts';
import {
  adminDeliveryHistorySchema,
  adminDeliveryViewSchema,
  deliveryHistorySchema,
  deliveryOutcomeSchema,
  deliveryViewSchema,
  routedDeliverySchema,
} from '../../deliveries/dispatch/delivery-view.ts';
import { destinationHealthViewSchema } from '../../deliveries/dispatch/destination-health-view.ts';
import { listOf, pageQuery, type Route } from './route.ts';

const read = { function: 'api-deliveries', role: 'flow_designer' } as const;

export const deliveryRoutes = {
  'GET /v1/connections/{name}/events/{id}/deliveries': {
    ...read,
    summary: 'Lists where an event went: each delivery, and each rule that it did not match.',
    answer: z.object({ items: z.array(routedDeliverySchema) }),
  },
  'GET /v1/deliveries': {
    ...read,
    summary:
      'Lists where up to 50 events went, from what is stored of their deliveries alone: a delivery that was not attempted yet may be missing, and so may some of an event in incomplete.',
    query: z.strictObject({ events: z.string() }),
    answer: z.object({ items: z.array(deliveryOutcomeSchema), incomplete: z.array(z.string()) }),
  },
  'GET /v1/destinations/{name}/deliveries': {
    ...read,
    summary:
      'Lists the deliveries to a destination, those of the newest events first. One that was not attempted yet may be missing. A page of delivered ones looks through about 14,000: then it may be short, or empty, and has a cursor.',
    query: z.strictObject({
      ...pageQuery,
      status: z.optional(z.enum(deliveryStates)),
    }),
    answer: listOf(deliveryViewSchema),
    adminAnswer: listOf(adminDeliveryViewSchema),
  },
  'GET /v1/destinations/{name}/health': {
    ...read,
    summary:
      'Says how a destination is and since when, what went wrong, how much waits for it and when the next attempt is.',
    answer: destinationHealthViewSchema,
  },
  'GET /v1/deliveries/{id}': {
    ...read,
    summary:
      'Reads a delivery with all its attempts. The text that the receiver answered is for admins. With include=message, also what was sent, made again: the destination may have changed since.',
    query: z.strictObject({ include: z.optional(z.literal('message')) }),
    answer: deliveryHistorySchema,
    adminAnswer: adminDeliveryHistorySchema,
  },
  'POST /v1/deliveries/{id}/attempt': {
    ...read,
    statuses: [202],
    summary:
      'Attempts a waiting delivery now, within the rate of its destination. The time for which that asked for nothing is waited for.',
    body: z.strictObject({}),
    answer: deliveryViewSchema,
    adminAnswer: adminDeliveryViewSchema,
  },
  'POST /v1/deliveries/{id}/redeliver': {
    ...read,
    statuses: [202],
    summary:
      'Sends what was made for an ended delivery again, by the rule as it was then. A replay goes through today’s routes.',
    body: z.strictObject({}),
    answer: deliveryViewSchema,
    adminAnswer: adminDeliveryViewSchema,
  },
} as const satisfies Record<string, Route>;
