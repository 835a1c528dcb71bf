/** Reads of lists that the console shows whole. */
import type { ApiAnswer, ApiClient } from '../../shared/api/api-client.ts';
import { wholeList } from '../../shared/api/whole-list.ts';

export type ListedDestination = ApiAnswer<'GET /v1/destinations'>['items'][number];

/** Every destination. */
export const allDestinations = (api: ApiClient): Promise<ListedDestination[]> =>
  wholeList((query) => api.call('GET /v1/destinations', { query }));
