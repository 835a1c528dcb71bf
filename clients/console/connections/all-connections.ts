/** Reads of lists that the console shows whole. */
import type { ApiAnswer, ApiClient } from '../../../shared/operators/api/api-client.ts';
import { wholeList } from '../../../shared/operators/api/whole-list.ts';

export type CountedConnection = ApiAnswer<'GET /v1/connections'>['items'][number];

/** Every connection, with its counts. */
export const allCountedConnections = (api: ApiClient): Promise<CountedConnection[]> =>
  wholeList((query) => api.call('GET /v1/connections', { query: { include: 'stats', ...query } }));
