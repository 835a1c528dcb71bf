/** Reads of lists that the console shows whole. */
import type { ApiAnswer, ApiClient } from '../../shared/api/api-client.ts';

export type ListedDestination = ApiAnswer<'GET /v1/destinations'>['items'][number];

/** Every destination. Reads page after page. */
export async function allDestinations(api: ApiClient): Promise<ListedDestination[]> {
  const items: ListedDestination[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.call('GET /v1/destinations', { query: { limit: '200', ...(cursor && { cursor }) } });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}
