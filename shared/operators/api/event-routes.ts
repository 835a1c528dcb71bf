/** The routes of a connection's events. */
import * as z from 'zod/mini';
import { refusedInTimeSchema } from '../../events/arrival/refused-in-time.ts';
import { publicationSchema } from '../../events/bus/publication-state.ts';
import { typeFilterSchema } from '../../events/event/type-filter.ts';
import { foundPlaceSchema } from '../../events/search/found-place.ts';
import { searchRequestSchema } from '../../events/search/search-request.ts';
import { skippedCountsSchema } from '../../events/search/skip-reason.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { timelineStepSchema } from '../journal/event-timeline.ts';
import { eventViewSchema, listedEventSchema } from './event-view.ts';
import { listOf, optionalTime, pageQuery, type Route } from './route.ts';

export const eventRoutes = {
  'GET /v1/connections/{name}/events': {
    function: 'api-events',
    role: 'flow_designer',
    summary:
      'Lists events by their time of arrival. With deliveryId the list has only the first event of that delivery id, if the other filters let it pass. The list is complete up to upTo, 15 seconds ago. A later event may be missing. A page can be short: go on while there is a nextCursor. With order=asc, go on later with resumeCursor.',
    query: z.strictObject({
      ...pageQuery,
      from: optionalTime,
      to: optionalTime,
      order: z.optional(z.enum(['asc', 'desc'])),
      type: z.optional(typeFilterSchema),
      deliveryId: z.optional(z.string().check(z.minLength(1))),
    }),
    answer: z.extend(listOf(listedEventSchema), {
      /** The list is complete up to this time. With order=asc, the list ends at this time. */
      upTo: z.optional(timeSchema),
      /**
       * Only with order=asc: the cursor that continues after this page, at once or later. Null when the client has read
       * everything up to `to`.
       */
      resumeCursor: z.optional(z.nullable(z.string())),
    }),
  },
  'POST /v1/connections/{name}/events/search': {
    function: 'api-events',
    role: 'flow_designer',
    summary:
      'Searches events, the newest first, by an event pattern (match), by a text in headers, query, path and body (contains), or by both. A page looks at 500 events, 8 MiB and 5 seconds at most, and says how far it looked. Go on while there is a nextCursor. Bodies of more than 256 KiB are read only with large; otherwise they count as skipped. Nothing is found by what is masked.',
    body: searchRequestSchema,
    answer: z.extend(listOf(z.extend(listedEventSchema, { places: z.optional(z.array(foundPlaceSchema)) })), {
      /** The events that the page looked at, with those that it skipped. */
      examined: z.int(),
      skipped: skippedCountsSchema,
      /** Later events may be missing. */
      upTo: timeSchema,
      /** When the oldest event arrived that the page looked at. */
      backTo: z.optional(timeSchema),
      /** What was refused in this time. Only on the first page. */
      refused: z.optional(refusedInTimeSchema),
    }),
  },
  'GET /v1/connections/{name}/events/{id}': {
    function: 'api-events',
    role: 'flow_designer',
    summary: 'Reads an event with its exact body. With raw the answer is only the bytes of the body.',
    query: z.strictObject({ raw: z.optional(z.string()) }),
    download: true,
    answer: eventViewSchema,
  },
  'GET /v1/events/{id}': {
    function: 'api-events',
    role: 'flow_designer',
    summary: 'Says which connection an event belongs to.',
    answer: z.object({ id: z.string(), connection: z.string() }),
  },
  'GET /v1/connections/{name}/events/{id}/timeline': {
    function: 'api-events',
    role: 'flow_designer',
    summary:
      'Lists what happened to an event: received, verified, stored, held, published or given up, replayed, and attempted at its destinations. A step has a time only where one is stored.',
    answer: z.object({
      items: z.array(timelineStepSchema),
      ...publicationSchema.shape,
    }),
  },
  'POST /v1/connections/{name}/events/{id}/replay': {
    function: 'api-events',
    role: 'flow_designer',
    statuses: [202],
    summary: 'Publishes an event again.',
    body: z.strictObject({}),
    answer: z.object({ id: z.string(), replay: z.int() }),
  },
} as const satisfies Record<string, Route>;
