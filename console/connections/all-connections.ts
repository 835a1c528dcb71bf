/** Reads of lists that the console shows whole. */
import type { ApiAnswer, ApiClient } from '../../shared/api/api-client.ts';
import { wholeList } from '../../shared/api/whole-list.ts';

export type ListedConnection = ApiAnswer<'GET /v1/connections'>['items'][number];

/** Every connection, with its counts. */
export const allConnections = (api: ApiClient): Promise<ListedConnection[]> =>
  wholeList((query) => api.call('GET /v1/connections', { query: { include: 'stats', ...query } }));
