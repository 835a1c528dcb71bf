/** Reads of lists that the console shows whole. */
import type { ApiAnswer, ApiClient } from '../../shared/api/api-client.ts';

export type ListedConnection = ApiAnswer<'GET /v1/connections'>['items'][number];

/** Every connection, with its counts. Reads page after page. */
export async function allConnections(api: ApiClient): Promise<ListedConnection[]> {
  const items: ListedConnection[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.call('GET /v1/connections', {
      query: { include: 'stats', limit: '200', ...(cursor && { cursor }) },
    });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}
