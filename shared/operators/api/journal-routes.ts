/** The routes of a connection's history and rejections. */
import * as z from 'zod/mini';
import { rejectionReasons } from '../../events/arrival/rejection.ts';
import { rejectionViewSchema } from '../../events/arrival/rejection-view.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { historyItemSchema } from '../journal/history-item.ts';
import { listOf, optionalTime, pageQuery, type Route } from './route.ts';

export const journalRoutes = {
  'GET /v1/connections/{name}/history': {
    function: 'api-events',
    role: 'flow_designer',
    summary:
      'Lists every change, every reveal and every replay, the newest first: who, when, from which status to which.',
    query: z.strictObject(pageQuery),
    answer: listOf(historyItemSchema),
  },
  'GET /v1/connections/{name}/rejections': {
    function: 'api-events',
    role: 'flow_designer',
    summary:
      'Lists refused webhooks by minute and reason, the newest first. Without from and to, it lists those of the last hour. With deliveryId it lists those that kept this id of the sender, and has neither totals nor a next page.',
    query: z.strictObject({
      ...pageQuery,
      from: optionalTime,
      to: optionalTime,
      deliveryId: z.optional(z.string().check(z.minLength(1))),
    }),
    answer: z.extend(listOf(rejectionViewSchema), {
      /** Totals of the whole range. Only on its first page. */
      totals: z.optional(z.partialRecord(z.enum(rejectionReasons), z.int())),
      /** True if the totals are exact and cover the whole range. Otherwise they are lower bounds. */
      complete: z.optional(z.boolean()),
      /** Only with deliveryId: when the oldest was refused that it looked at, if there are too many to look at all. */
      backTo: z.optional(timeSchema),
      /** The time of the read. Earlier rejections are counted, unless `complete` or `atLeast` says otherwise. */
      asOf: timeSchema,
    }),
  },
} as const satisfies Record<string, Route>;
