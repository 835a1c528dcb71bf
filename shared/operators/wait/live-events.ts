/** Reads a connection's events as they arrive. `read-position.ts` says how none is missed. */
import type { ApiAnswer, ApiRequest } from '../api/api-client.ts';
import { afterEvent, isBehind, type ReadPosition, settledAt, unhandled } from './read-position.ts';

type Route = 'GET /v1/connections/{name}/events';
type EventPage = ApiAnswer<Route>;
export type ListedEvent = EventPage['items'][number];
export type EventQuery = NonNullable<ApiRequest<Route>['query']>;

/** Reads a page of a connection's events. */
export type ListEvents = (query: EventQuery) => Promise<EventPage>;

/** An event, and the position after it is handled. */
export interface ArrivedEvent {
  event: ListedEvent;
  position: ReadPosition;
}

export interface LiveEventsOptions {
  list: ListEvents;
  /** The events that this position has not handled are read. */
  start: ReadPosition;
  /** Waits before the next read. False ends the reading. */
  pause: () => Promise<boolean>;
}

/** New events, the oldest first, and the position before they are handled. */
export interface EventBatch {
  events: ListedEvent[];
  position: ReadPosition;
}

const upToOf = ({ upTo }: EventPage, position: ReadPosition): string => upTo ?? position.from;

const batchOf = (position: ReadPosition, events: readonly ListedEvent[]): EventBatch => ({
  events: unhandled(position, events),
  position,
});

const afterBatch = ({ events, position }: EventBatch): ReadPosition => events.reduce(afterEvent, position);

/** Reads page by page from the oldest event on, so that a long backlog is neither kept in memory nor waited for. */
async function* catchUp(list: ListEvents, start: ReadPosition): AsyncGenerator<EventBatch, ReadPosition> {
  let position = start;
  let cursor: string | null = null;
  do {
    const page: EventPage = await list({ order: 'asc', from: start.from, ...(cursor !== null && { cursor }) });
    const batch = batchOf(position, page.items);
    yield batch;
    position = afterBatch(batch);
    cursor = page.nextCursor;
    const last = cursor === null ? upToOf(page, position) : page.items.at(-1)?.receivedAt;
    if (last !== undefined) position = settledAt(position, last);
  } while (cursor !== null);
  return position;
}

/** The events of the further pages. */
async function restOf(list: ListEvents, query: EventQuery, { nextCursor }: EventPage): Promise<ListedEvent[]> {
  const items: ListedEvent[] = [];
  for (let cursor = nextCursor; cursor !== null; ) {
    const page = await list({ ...query, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

/** The events as they arrive, and late ones as they appear. Those of a batch count as handled once the next one is asked for. */
export async function* liveBatches({ list, start, pause }: LiveEventsOptions): AsyncGenerator<EventBatch, void> {
  let position = start;
  do {
    const query = { order: 'desc', from: position.from } as const;
    const newest = await list(query);
    if (newest.nextCursor !== null && isBehind(position, upToOf(newest, position))) {
      position = yield* catchUp(list, position);
    } else {
      const batch = batchOf(position, [...newest.items, ...(await restOf(list, query, newest))]);
      yield batch;
      position = afterBatch(batch);
      // The first page is the oldest statement of what is complete.
      position = settledAt(position, upToOf(newest, position));
    }
  } while (await pause());
}

/** The same events one by one. An event counts as handled once the next one is asked for. */
export async function* liveEvents(options: LiveEventsOptions): AsyncGenerator<ArrivedEvent, void> {
  for await (const batch of liveBatches(options)) {
    let { position } = batch;
    for (const event of batch.events) {
      position = afterEvent(position, event);
      yield { event, position };
    }
  }
}

/** The position from which a reader gets the events from now on: what the list shows now counts as handled. */
export async function positionNow(list: ListEvents): Promise<ReadPosition> {
  const { upTo = new Date(0).toISOString() } = await list({ order: 'desc', limit: '1' });
  const query = { order: 'desc', from: upTo } as const;
  const newest = await list(query);
  const shown = [...newest.items, ...(await restOf(list, query, newest))];
  return shown.reduce(afterEvent, { from: upTo, handled: {} });
}
