/** The search of the events of all connections: one connection after another, each for the same. */
import { useEffect, useRef, useState } from 'react';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { connectionNames } from '../../../shared/operators/api/connection-names.ts';
import { useRemembered } from '../session/remembered.ts';
import { useSession } from '../session/session.tsx';
import { type EventListView, saysWhat } from './event-request.ts';
import { mistakeIn } from './event-search.ts';
import { hashOf } from './event-view.ts';
import { begunSearch, enough, type Found, type FoundEvent, searchPages } from './search-pages.ts';

/** The most pages that each connection is asked for. Its own search looks further. */
const pagesOfEach = 4;

/** What was found in a connection, or why it could not be searched. */
export interface Searched {
  name: string;
  found: Found;
  error?: unknown;
}

/** What the search has found so far. */
export interface AllFound {
  /** The view that it is for. */
  of: string;
  /** All connections, in the order of the search. Undefined before they are known. */
  names?: readonly string[];
  /** Those that were searched, or are being searched. */
  searched: readonly Searched[];
}

export type FoundInConnection = FoundEvent & { connection: string };

/** The events that were found, the newest first. */
export const eventsFound = ({ searched }: AllFound): FoundInConnection[] =>
  searched
    .flatMap(({ name, found }) => found.items.map((each) => ({ ...each, connection: name })))
    .toSorted((one, other) => Date.parse(other.receivedAt) - Date.parse(one.receivedAt));

/** Searches one connection, page by page. @param note takes what was found so far; its result is whether to go on */
async function searchOne(api: ApiClient, name: string, view: EventListView, note: (each: Searched) => boolean) {
  let found = begunSearch(view);
  try {
    for await (found of searchPages(api, name, found, { pages: pagesOfEach, items: enough }))
      if (!note({ name, found })) return;
  } catch (error) {
    // What is wrong with the search itself is wrong for every connection.
    if (mistakeIn(view, error) !== undefined) throw error;
    note({ name, found, error });
  }
}

/** Why connections are searched: a person began it, or goes on after a stop. */
type Reason = 'begin' | 'goOn';

/** Searches as soon as the view says what for. What was found stays until another search begins, and on the way back from an event. */
export function useSearchOfAll(view: EventListView) {
  const { api } = useSession();
  const [last, remember] = useRemembered<AllFound | undefined>('search of all', undefined);
  const [reason, setReason] = useState<Reason>();
  const [error, setError] = useState<unknown>();
  /** The look that is under way. */
  const current = useRef<symbol>(undefined);
  const key = hashOf(view);
  const all = last?.of === key ? last : undefined;

  function stop() {
    current.current = undefined;
    setReason(undefined);
  }

  async function look(before: AllFound, why: Reason) {
    const own = Symbol('look');
    current.current = own;
    const isOwn = () => current.current === own;
    setReason(why);
    setError(undefined);
    let now = before;
    const keep = (next: AllFound): boolean => {
      if (!isOwn()) return false;
      now = next;
      remember(now);
      return true;
    };
    try {
      const names = before.names ?? (await connectionNames(api));
      if (!keep({ ...now, names })) return;
      for (const name of names.slice(now.searched.length)) {
        const { searched } = now;
        await searchOne(api, name, view, (each) => keep({ ...now, searched: [...searched, each] }));
        if (!isOwn()) return;
      }
    } catch (refusal) {
      if (isOwn()) setError(refusal);
    }
    if (isOwn()) stop();
  }

  const begin = () => {
    if (saysWhat(view) && mistakeIn(view, undefined) === undefined) void look({ of: key, searched: [] }, 'begin');
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each view.
  useEffect(() => {
    setError(undefined);
    if (!all) begin();
    return stop;
  }, [key]);

  return {
    all,
    reason,
    /** Whether it was stopped before the last connection. */
    isCut: !reason && all?.names !== undefined && all.searched.length < all.names.length,
    mistake: mistakeIn(view, error),
    error,
    begin,
    stop,
    goOn: () => all && void look(all, 'goOn'),
  };
}
