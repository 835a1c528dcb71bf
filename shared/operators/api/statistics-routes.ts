/** The routes of statistics. Each answer has the header `hooklatch-as-of`. */
import * as z from 'zod/mini';
import { periods } from '../../ground/statistics/period.ts';
import { statisticsItemSchema } from '../../ground/statistics/statistics-view.ts';
import { optionalTime, type Route } from './route.ts';

const query = z.strictObject({ from: optionalTime, to: optionalTime, by: z.optional(z.enum(periods)) });
const asOf = 'The header hooklatch-as-of says until when events are counted.';

export const statisticsRoutes = {
  'GET /v1/connections/{name}/stats': {
    function: 'api-events',
    role: 'flow_designer',
    summary: `Counts the webhooks of a connection by minute, hour or day: accepted, duplicates, refused and more. ${asOf}`,
    query,
    answer: z.object({ items: z.array(statisticsItemSchema) }),
  },
  'GET /v1/stats': {
    function: 'api-events',
    role: 'flow_designer',
    summary: `Counts the webhooks of all connections together by minute, hour or day. ${asOf}`,
    query,
    answer: z.object({ items: z.array(statisticsItemSchema) }),
  },
} as const satisfies Record<string, Route>;
