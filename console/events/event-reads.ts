/** Reads of events. */
import { useRef, useState } from 'react';
import type { ApiAnswer, ApiClient } from '../../shared/api/api-client.ts';
import { pollInterval } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';

type EventPage = ApiAnswer<'GET /v1/connections/{name}/events'>;
export type ListedEvent = EventPage['items'][number];
export type StoredEvent = ApiAnswer<'GET /v1/connections/{name}/events/{id}'>;

/** What a list is narrowed to. Empty fields narrow nothing. */
export interface EventFilter {
  type: string;
  deliveryId: string;
  /** The last hours. Empty for all times. */
  hours: string;
}

const pageSize = '50';
const hourMs = 3_600_000;

const queryOf = ({ type, deliveryId, hours }: EventFilter) => ({
  ...(type && { type }),
  ...(deliveryId && { deliveryId }),
  ...(hours && { from: new Date(Date.now() - Number(hours) * hourMs).toISOString() }),
});

/**
 * The first page of a list that is not empty. A page can be short or empty although more follow, because the API looks at a
 * bounded number of events.
 */
async function readPage(api: ApiClient, name: string, filter: EventFilter, from?: string): Promise<EventPage> {
  let cursor = from;
  for (;;) {
    const page = await api.call('GET /v1/connections/{name}/events', {
      params: { name },
      query: { limit: pageSize, ...queryOf(filter), ...(cursor && { cursor }) },
    });
    if (page.items.length > 0 || page.nextCursor === null) return page;
    cursor = page.nextCursor;
  }
}

/** A live list: the rows shown, those that came since, and how to read older ones. */
export interface LiveEvents {
  rows: readonly ListedEvent[] | undefined;
  error: unknown;
  readAgain: () => void;
  /** The number of events that came since, and are not shown yet, so that the list does not jump. */
  newCount: number;
  showNew: () => void;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  loadOlder: () => Promise<void>;
}

export function useLiveEvents(name: string, filter: EventFilter): LiveEvents {
  const { api } = useSession();
  const [shown, setShown] = useState<{ items: ListedEvent[]; next: string | null }>();
  const [olderError, setOlderError] = useState<unknown>();
  const [isLoadingOlder, setIsLoadingOlder] = useState(false);
  const quiet = useRef({ top: '', reads: 0 });
  const latest = useRead(
    ['events', name, filter],
    async () => {
      const page = await readPage(api, name, filter);
      const top = page.items[0]?.id ?? '';
      quiet.current = { top, reads: quiet.current.top === top ? quiet.current.reads + 1 : 0 };
      return page;
    },
    { everyMs: () => pollInterval(quiet.current.reads) },
  );
  const { data } = latest;
  // Until the person has rows to read, the newest page is what is shown.
  const current = shown && shown.items.length > 0 ? shown : data && { items: data.items, next: data.nextCursor };
  if (!shown && data && data.items.length > 0) setShown({ items: data.items, next: data.nextCursor });
  const known = new Set(current?.items.map(({ id }) => id));
  const newCount = data ? data.items.filter(({ id }) => !known.has(id)).length : 0;

  async function loadOlder() {
    if (!current?.next) return;
    setIsLoadingOlder(true);
    setOlderError(undefined);
    try {
      const page = await readPage(api, name, filter, current.next);
      setShown({ items: [...current.items, ...page.items], next: page.nextCursor });
    } catch (error) {
      setOlderError(error);
    } finally {
      setIsLoadingOlder(false);
    }
  }

  return {
    rows: current?.items,
    error: olderError ?? (data ? undefined : latest.error),
    readAgain: () => void latest.refetch(),
    newCount,
    showNew: () => data && setShown({ items: data.items, next: data.nextCursor }),
    hasOlder: current?.next != null,
    isLoadingOlder,
    loadOlder,
  };
}
