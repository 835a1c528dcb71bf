/** Reads pages of a connection's events. */
import type { ApiAnswer, ApiClient } from '../../../shared/operators/api/api-client.ts';
import type { EventFilter } from './event-request.ts';
import { boundsOf } from './time-range.ts';

export type EventPageAnswer = ApiAnswer<'GET /v1/connections/{name}/events'>;
export type EventListItem = EventPageAnswer['items'][number];

const pageSize = '50';

const queryOf = ({ type, deliveryId, ...range }: EventFilter, cursor?: string) => ({
  limit: pageSize,
  ...(type && { type }),
  ...(deliveryId && { deliveryId }),
  ...boundsOf(range),
  ...(cursor && { cursor }),
});

export const readOnce = (
  api: ApiClient,
  name: string,
  filter: EventFilter,
  cursor?: string,
): Promise<EventPageAnswer> =>
  api.call('GET /v1/connections/{name}/events', {
    params: { name },
    query: queryOf(filter, cursor),
  });

/** The most pages that are looked through at once. The API looks at some thousand events for each. */
const mostPages = 10;

/**
 * The next page that is not empty, if it is not far. A page can be short or empty although more follow, because the API looks at a bounded
 * number of events.
 * @param cursor undefined for the newest events
 */
export async function search(api: ApiClient, name: string, filter: EventFilter, cursor?: string, signal?: AbortSignal) {
  let page = await readOnce(api, name, filter, cursor);
  for (let read = 1; page.items.length === 0 && page.nextCursor !== null && !signal?.aborted; read++) {
    if (read === mostPages) break;
    page = await readOnce(api, name, filter, page.nextCursor);
  }
  return page;
}
