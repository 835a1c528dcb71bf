/** The route of all jobs: replays, releases and redeliveries together. */
import * as z from 'zod/mini';
import { jobKinds, jobStates, listedJobSchema } from './listed-job.ts';
import { listOf, pageQuery, type Route } from './route.ts';

export const jobRoutes = {
  'GET /v1/jobs': {
    function: 'api-events',
    role: 'flow_designer',
    summary:
      'Lists the replays, releases and redeliveries of many of the last 30 days, of all connections and destinations, the newest first. A page can be short or empty although more follow.',
    query: z.strictObject({
      ...pageQuery,
      kind: z.optional(z.enum(jobKinds)),
      state: z.optional(z.enum(jobStates)),
      /** Only those of this connection. */
      connection: z.optional(z.string()),
    }),
    answer: listOf(listedJobSchema),
  },
} as const satisfies Record<string, Route>;
