/** What the commands share that show events as they arrive. */
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import type { EventQuery, ListEvents } from '../../../shared/operators/wait/live-events.ts';
import { type ReconnectOptions, reconnect } from '../live/reconnect.ts';

/** The most events of one page of the API. */
const pageSize = '200';

/** Reads pages of a connection's events, however long the API does not answer. */
export const eventLister =
  (api: ApiClient, name: string, filter: Pick<EventQuery, 'type'>, options: ReconnectOptions): ListEvents =>
  (query) =>
    reconnect(
      (beginsWithinMs) =>
        api.call('GET /v1/connections/{name}/events', {
          params: { name },
          query: { limit: pageSize, ...filter, ...query },
          beginsWithinMs,
        }),
      options,
    );
