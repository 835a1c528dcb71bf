/** The routes of replays of many events, and of releases. */
import * as z from 'zod/mini';
import { replaySkipsSchema } from '../../events/event/replay-job.ts';
import { replayViewSchema } from '../../events/event/replay-job-view.ts';
import { typeFilterSchema } from '../../events/event/type-filter.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { listedEventSchema } from './event-view.ts';
import { startAnswer, startBody } from './job-start.ts';
import { listOf, pageQuery, type Route } from './route.ts';

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
    summary: 'Publishes many events again, the oldest first, or counts them in a dry run.',
    body: startBody({ type: z.optional(typeFilterSchema.check(z.maxLength(128))) }),
    answer: startAnswer({
      /** The count is correct up to this time. Later events may be missing. */
      upTo: timeSchema,
      skippedBecause: replaySkipsSchema,
      writeUnits: z.int(),
      /** The oldest events that would be published. */
      sample: z.array(listedEventSchema),
    }),
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
