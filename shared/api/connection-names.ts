import type { ApiClient } from './api-client.ts';

/** The names of all connections. Reads page after page. */
export async function connectionNames(api: ApiClient): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.call('GET /v1/connections', { query: { limit: '200', ...(cursor && { cursor }) } });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return names;
}
