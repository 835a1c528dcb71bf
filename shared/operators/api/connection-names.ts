import type { ApiClient } from './api-client.ts';
import { wholeList } from './whole-list.ts';

/** The names of all connections. */
export async function connectionNames(api: ApiClient): Promise<string[]> {
  const connections = await wholeList((query) => api.call('GET /v1/connections', { query }));
  return connections.map(({ name }) => name);
}
