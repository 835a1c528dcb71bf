/** What the commands share that show events as they arrive. */
import { InvalidArgumentError } from 'commander';
import type { ApiClient } from '../../shared/api/api-client.ts';
import type { EventQuery, ListEvents } from '../live/live-events.ts';
import { type ReconnectOptions, reconnect } from '../live/reconnect.ts';

/** A date, which begins in UTC, or a time with its zone. Without a zone, a time would mean another one on another machine. */
const timeForm = /^\d{4}-\d\d-\d\d(T.+(Z|[+-]\d\d:\d\d))?$/;

/**
 * Reads a time. Returns it as the API writes it.
 * @throws InvalidArgumentError if it is none, or has no zone
 */
export function time(text: string): string {
  const date = new Date(text);
  if (timeForm.test(text) && !Number.isNaN(date.getTime())) return date.toISOString();
  throw new InvalidArgumentError('It must be a time with its zone, such as 2026-03-01T12:00:00Z.');
}

/** The most events of one page of the API. */
const pageSize = '200';

/** Reads pages of a connection's events, however long the API does not answer. */
export const eventLister =
  (api: ApiClient, name: string, filter: Pick<EventQuery, 'type'>, options: ReconnectOptions): ListEvents =>
  (query) =>
    reconnect(
      () =>
        api.call('GET /v1/connections/{name}/events', {
          params: { name },
          query: { limit: pageSize, ...filter, ...query },
        }),
      options,
    );
