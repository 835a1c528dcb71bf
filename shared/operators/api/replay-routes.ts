/** The routes of replays of many events, and of releases. */
import * as z from 'zod/mini';
import { timeSchema } from '../base/time.ts';
import { replayViewSchema } from '../event/replay-job-view.ts';
import { skipsSchema } from '../event/skip-reason.ts';
import { typeFilterSchema } from '../event/type-filter.ts';
import { listedEventSchema } from './event-view.ts';
import { listOf, optionalTime, pageQuery, type Route } from './route.ts';

export const replayRoutes = {
  'GET /v1/connections/{name}/replays': {
    function: 'api-events',
    role: 'flow_designer',
    summary: 'Lists the replays of many events and the releases of the last 30 days, the newest first.',
    query: z.strictObject(pageQuery),
    answer: listOf(replayViewSchema),
  },
  'POST /v1/connections/{name}/replays': {
    function: 'api-events',
    role: 'flow_designer',
    statuses: [200, 202],
    summary: 'Publishes many events again, the oldest first, or counts them in a dry run and shows the first of them.',
    body: z.strictObject({
      from: z.iso.datetime(),
      /** The default is now. */
      to: optionalTime,
      type: z.optional(typeFilterSchema.check(z.maxLength(128))),
      dryRun: z._default(z.boolean(), false),
      ratePerSecond: z._default(z.int().check(z.minimum(1)), 50),
    }),
    answer: z.union([
      z.object({ id: z.string(), from: timeSchema, to: timeSchema, count: z.nullable(z.int()) }),
      z.object({
        from: timeSchema,
        to: timeSchema,
        /** The count is correct up to this time. Later events may be missing. */
        upTo: timeSchema,
        count: z.int(),
        skipped: z.int(),
        skippedBecause: skipsSchema,
        first: z.nullable(z.string()),
        last: z.nullable(z.string()),
        complete: z.boolean(),
        writeUnits: z.int(),
        /** The oldest events that would be published. */
        sample: z.array(listedEventSchema),
      }),
    ]),
  },
  'GET /v1/connections/{name}/replays/{id}': {
    function: 'api-events',
    role: 'flow_designer',
    summary: 'Shows the progress of a replay of many events, or of a release.',
    answer: replayViewSchema,
  },
  'DELETE /v1/connections/{name}/replays/{id}': {
    function: 'api-events',
    role: 'flow_designer',
    statuses: [200, 202],
    summary: 'Cancels a replay of many events. Events that it has published stay published.',
    answer: replayViewSchema,
  },
} as const satisfies Record<string, Route>;
