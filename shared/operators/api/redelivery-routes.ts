/** The routes of redeliveries of many: what was made for ended deliveries is sent again. */
import * as z from 'zod/mini';
import { timeSchema } from '../base/time.ts';
import { deliveryViewSchema } from '../dispatch/delivery-view.ts';
import { redeliverableStates, redeliverySkipsSchema, undelivered } from '../dispatch/redelivery-job.ts';
import { redeliveryViewSchema } from '../dispatch/redelivery-view.ts';
import { listOf, optionalTime, pageQuery, type Route } from './route.ts';

const read = { function: 'api-deliveries', role: 'flow_designer' } as const;

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
      'Sends what was made for many ended deliveries again, those of the oldest events first, or counts them in a dry run and shows some. A replay goes through today’s routes.',
    body: z.strictObject({
      from: z.iso.datetime(),
      /** The default is now. */
      to: optionalTime,
      statuses: z._default(z.array(z.enum(redeliverableStates)).check(z.minLength(1)), undelivered),
      connection: z.optional(z.string().check(z.minLength(1), z.maxLength(48))),
      rule: z.optional(z.string().check(z.minLength(1), z.maxLength(32))),
      dryRun: z._default(z.boolean(), false),
      ratePerSecond: z._default(z.int().check(z.minimum(1)), 50),
    }),
    answer: z.union([
      z.object({ id: z.string(), from: timeSchema, to: timeSchema, count: z.nullable(z.int()) }),
      z.object({
        from: timeSchema,
        to: timeSchema,
        count: z.int(),
        complete: z.boolean(),
        skipped: z.int(),
        skippedBecause: redeliverySkipsSchema,
        first: z.nullable(z.string()),
        last: z.nullable(z.string()),
        /** The deliveries of the oldest events. */
        sample: z.array(deliveryViewSchema),
      }),
    ]),
  },
  'GET /v1/destinations/{name}/redeliveries/{id}': {
    ...read,
    summary: 'Shows the progress of a redelivery of many.',
    answer: redeliveryViewSchema,
  },
  'DELETE /v1/destinations/{name}/redeliveries/{id}': {
    ...read,
    statuses: [200, 202],
    summary: 'Cancels a redelivery of many. What it has sent stays sent.',
    answer: redeliveryViewSchema,
  },
} as const satisfies Record<string, Route>;
