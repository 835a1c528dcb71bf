/** The events before and after another one. */
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import type { EventListItem } from './event-pages.ts';
import type { EventAnswer } from './event-reads.ts';

export type Placed = Pick<EventAnswer, 'id' | 'receivedAt'>;

/** So many pages are looked at. A page of a rare type may be empty although there are more. */
const mostPages = 5;
const pageSize = '10';

/** Two events of the same millisecond have the order of their ids, as in the API. */
const positionOf = ({ receivedAt, id }: Placed): string => `${receivedAt}#${id}`;

/** The first events of the list from this one on. It has this event too, and others of the same millisecond. */
const rangeOf = ({ receivedAt }: Placed, way: 'older' | 'newer') =>
  way === 'newer'
    ? { order: 'asc' as const, from: receivedAt }
    : { order: 'desc' as const, to: new Date(Date.parse(receivedAt) + 1).toISOString() };

/** The next event in this direction, of this type or of any. Undefined if there is none, or if it is far away. */
export async function neighbourOf(
  api: ApiClient,
  name: string,
  event: Placed,
  way: 'older' | 'newer',
  type?: string,
): Promise<EventListItem | undefined> {
  const own = positionOf(event);
  const query = { limit: pageSize, ...rangeOf(event, way), ...(type !== undefined && { type }) };
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { items, nextCursor } = await api.call('GET /v1/connections/{name}/events', {
      params: { name },
      query: { ...query, ...(cursor !== undefined && { cursor }) },
    });
    const found = items.find((each) => {
      const isBeyond = way === 'newer' ? positionOf(each) > own : positionOf(each) < own;
      // In a filter, an asterisk in the type stands for any characters.
      return isBeyond && (type === undefined || each.type === type);
    });
    if (found || nextCursor === null) return found;
    cursor = nextCursor;
  }
  return undefined;
}
