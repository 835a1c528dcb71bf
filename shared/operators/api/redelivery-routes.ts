/** The routes of redeliveries of many: what was made for ended deliveries is sent again. */
import * as z from 'zod/mini';
import { redeliverableStates, undelivered } from '../../deliveries/dispatch/delivery-states.ts';
import { adminDeliveryViewSchema, deliveryViewSchema } from '../../deliveries/dispatch/delivery-view.ts';
import { redeliverySkipsSchema } from '../../deliveries/dispatch/redelivery-job.ts';
import { redeliveryOutcomesSchema, redeliveryViewSchema } from '../../deliveries/dispatch/redelivery-view.ts';
import { startAnswer, startBody } from './job-start.ts';
import { listOf, pageQuery, type Route } from './route.ts';

const read = { function: 'api-deliveries', role: 'flow_designer' } as const;

const planned = <T extends z.ZodMiniType>(delivery: T) =>
  startAnswer({
    skippedBecause: redeliverySkipsSchema,
    /** The deliveries of the oldest events. */
    sample: z.array(delivery),
  });

export const redeliveryRoutes = {
  'GET /v1/destinations/{name}/redeliveries': {
    ...read,
    summary: 'Lists the redeliveries of many deliveries of the last 30 days, the newest first.',
    query: z.strictObject(pageQuery),
    answer: listOf(redeliveryViewSchema),
  },
  'POST /v1/destinations/{name}/redeliveries': {
    ...read,
    statuses: [200, 202],
    summary:
      'Sends many ended deliveries again, those of the oldest events first, or counts them in a dry run. A replay goes through today’s routes.',
    body: startBody({
      statuses: z._default(z.array(z.enum(redeliverableStates)).check(z.minLength(1)), undelivered),
      connection: z.optional(z.string().check(z.minLength(1), z.maxLength(48))),
      rule: z.optional(z.string().check(z.minLength(1), z.maxLength(32))),
    }),
    answer: planned(deliveryViewSchema),
    adminAnswer: planned(adminDeliveryViewSchema),
  },
  'GET /v1/destinations/{name}/redeliveries/{id}': {
    ...read,
    summary:
      'Shows the progress of a redelivery of many. With include=outcomes, also what came of about the first 1,000.',
    query: z.strictObject({ include: z.optional(z.literal('outcomes')) }),
    answer: z.extend(redeliveryViewSchema, { outcomes: z.optional(redeliveryOutcomesSchema) }),
  },
  'DELETE /v1/destinations/{name}/redeliveries/{id}': {
    ...read,
    statuses: [200, 202],
    summary: 'Cancels a redelivery of many. What it has sent stays sent.',
    answer: redeliveryViewSchema,
  },
} as const satisfies Record<string, Route>;
