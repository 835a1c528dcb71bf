/** Reads of events. */
import { useEffect, useRef, useState } from 'react';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { pollInterval } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { useRemembered } from '../session/remembered.ts';
import { useSession } from '../session/session.tsx';
import { type EventListItem, type EventPageAnswer, readOnce, search } from './event-pages.ts';
import type { EventFilter } from './event-request.ts';

export type EventAnswer = ApiAnswer<'GET /v1/connections/{name}/events/{id}'>;

/** The pages that were read, and the index of the one that is shown. */
interface ReadPages {
  pages: readonly EventPageAnswer[];
  index: number;
}

const noPages: ReadPages = { pages: [], index: 0 };

/** A live list, one page at a time: the rows shown, and how many came since. */
export interface LiveEvents {
  rows: readonly EventListItem[] | undefined;
  error: unknown;
  readAgain: () => void;
  /** The number of events that came since, and are not shown yet, so that the list does not jump. */
  newCount: number;
  /** Whether more may have come than were read. */
  hasMoreNew: boolean;
  showNew: () => void;
  /** The index of the shown page, the number of pages that were read, and whether there are older events. */
  pageIndex: number;
  pageCount: number;
  hasOlder: boolean;
  isLoading: boolean;
  showPage: (index: number) => Promise<void>;
}

/** Reads the newest page again and again: often while events come, and rarely while none do. */
function useNewest(name: string, filter: EventFilter) {
  const quiet = useRef<{ top: string; reads: number }>(undefined);
  return useRead(
    ['events', name, filter],
    async (api, signal) => {
      // The first read finds the newest match, however far back it is. Later ones look only at what is new.
      const page = quiet.current
        ? await readOnce(api, name, filter)
        : await search(api, name, filter, undefined, signal);
      const top = page.items[0]?.id ?? '';
      quiet.current = { top, reads: quiet.current?.top === top ? quiet.current.reads + 1 : 0 };
      return page;
    },
    { everyMs: () => pollInterval(quiet.current?.reads ?? 0) },
  );
}

/** @param isBack whether a person comes back from an event of the list, to the page on which it was. Otherwise the list begins anew */
export function useLiveEvents(name: string, filter: EventFilter, isBack: boolean): LiveEvents {
  const { api } = useSession();
  const [remembered, setRead] = useRemembered(`events of ${name}, ${JSON.stringify(filter)}`, noPages);
  const [atFirst] = useState(remembered);
  const read = !isBack && remembered === atFirst ? noPages : remembered;
  const [olderError, setOlderError] = useState<unknown>();
  const [isLoading, setIsLoading] = useState(false);
  const { data: newest, error, refetch, isFetchedAfterMount } = useNewest(name, filter);
  // Until the person has rows to read, the newest page is shown. If that is empty too, the place up to which was looked is kept.
  const hasRows = (read.pages[0]?.items.length ?? 0) > 0;
  const hasLooked = read.pages.length > 0 && newest?.items.length === 0;
  const { pages, index } = hasRows || hasLooked || !newest ? read : { pages: [newest], index: 0 };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown changes only when a person asks for it.
  useEffect(() => {
    if (hasRows || !isFetchedAfterMount || !newest) return;
    if (newest.items.length > 0 || read.pages.length === 0) setRead({ pages: [newest], index: 0 });
  }, [hasRows, isFetchedAfterMount, newest]);
  // A release or a deconfiguration changes what is said of an event that is shown already.
  const latest = new Map(newest?.items.map((each) => [each.id, each]));
  const known = new Set(pages.flatMap(({ items }) => items.map(({ id }) => id)));
  const newOnes = newest?.items.filter(({ id }) => !known.has(id)) ?? [];

  async function showPage(next: number) {
    // The buttons stay as they are while a page is read, so that the focus stays too.
    if (isLoading) return;
    setOlderError(undefined);
    if (next < pages.length) return setRead({ pages, index: next });
    setIsLoading(true);
    try {
      const page = await search(api, name, filter, pages.at(-1)?.nextCursor ?? undefined);
      const before = pages.filter(({ items }) => items.length > 0);
      setRead(
        page.items.length > 0
          ? { pages: [...before, page], index: before.length }
          : { pages: lookedUpTo(pages, page.nextCursor), index },
      );
    } catch (refusal) {
      setOlderError(refusal);
    } finally {
      setIsLoading(false);
    }
  }

  return {
    rows: pages[index]?.items.map((each) => latest.get(each.id) ?? each),
    error: olderError ?? (newest ? undefined : error),
    readAgain: () => void refetch(),
    newCount: newOnes.length,
    hasMoreNew: newest?.nextCursor != null && newOnes.length === newest.items.length,
    showNew: () => newest && setRead({ pages: [newest], index: 0 }),
    pageIndex: index,
    pageCount: pages.length,
    hasOlder: pages.at(-1)?.nextCursor != null,
    isLoading,
    showPage,
  };
}

/** The same pages, after which the next look begins here. With null nothing follows them. */
const lookedUpTo = (pages: readonly EventPageAnswer[], nextCursor: string | null): EventPageAnswer[] =>
  pages.map((page, index) => (index === pages.length - 1 ? { ...page, nextCursor } : page));

/** The time between two reads, in ms: until the event is published, and then, when only a replay or a release changes it. */
const waitingMs = 3_000;
const settledMs = 30_000;

/** One event, as it is now. */
export const useEvent = (name: string, id: string) =>
  useRead(['event', name, id], (api) => api.call('GET /v1/connections/{name}/events/{id}', { params: { name, id } }), {
    everyMs: (event) => (event === undefined || event.publication === 'waiting' ? waitingMs : settledMs),
  });
