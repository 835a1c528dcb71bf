/** Reads of lists that the console shows whole. */
import type { ApiAnswer, ApiClient } from '../../../shared/operators/api/api-client.ts';
import { wholeList } from '../../../shared/operators/api/whole-list.ts';
import { wholeListInterval } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { rowsOfPage } from '../shell/list-page.tsx';

export type ListedDestination = ApiAnswer<'GET /v1/destinations'>['items'][number];

/** Every destination. */
export const allDestinations = (api: ApiClient): Promise<ListedDestination[]> =>
  wholeList((query) => api.call('GET /v1/destinations', { query }));

/** Every destination, read again and again. */
export const useDestinations = () =>
  useRead(['destinations'], allDestinations, {
    everyMs: (read) => wholeListInterval(read?.length ?? 0, rowsOfPage),
  });
