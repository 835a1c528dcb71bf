/** The search of the events of a connection: one page after another, the newest events first. */
import { useEffect, useRef, useState } from 'react';
import { pointerKeys } from '../../../shared/ground/base/json-pointer.ts';
import { jsonErrorOf } from '../routes/routes-fields.ts';
import { useRemembered } from '../session/remembered.ts';
import { useSession } from '../session/session.tsx';
import { refusedAt } from '../shell/refused-fields.ts';
import { text } from '../text.ts';
import { type EventListView, isSearch } from './event-request.ts';
import { hashOf } from './event-view.ts';
import { begunSearch, enough, type Found, searchPages } from './search-pages.ts';

/** A search asks for so many pages at once. */
const pagesAtOnce = 10;

/** What is wrong with what is looked for, and where in it. Undefined if the error is about something else. */
export function mistakeIn({ match }: EventListView, error: unknown): string | undefined {
  const wrongJson = match === '' ? undefined : jsonErrorOf(match);
  const refused = refusedAt(error, ({ pointer = '' }) => {
    const [field, ...place] = pointerKeys(pointer);
    if (field !== 'match' && field !== 'contains') return undefined;
    const whole = field === 'match' ? text.search.thePattern : text.search.theText;
    return { field: 'search', subject: place.length === 0 ? whole : place.join('.') };
  });
  return wrongJson ?? refused.search;
}

/** Why a search asks for pages: a person began it, or wants to look further. */
type Reason = 'find' | 'further';

/** Searches while the view is a search. What was found stays until another search begins, and on the way back from an event. */
export function useEventSearch(name: string, view: EventListView) {
  const { api } = useSession();
  const [last, remember] = useRemembered<Found | undefined>(`search of ${name}`, undefined);
  const [reason, setReason] = useState<Reason>();
  const [error, setError] = useState<unknown>();
  /** The look that is under way. */
  const current = useRef<symbol>(undefined);
  const key = hashOf(view);
  const found = last?.of === key ? last : undefined;

  function stop() {
    current.current = undefined;
    setReason(undefined);
  }

  async function look(before: Found, why: Reason) {
    if (current.current) return;
    const own = Symbol(why);
    current.current = own;
    setReason(why);
    setError(undefined);
    try {
      for await (const all of searchPages(api, name, before, {
        pages: pagesAtOnce,
        items: before.items.length + enough,
      })) {
        if (current.current !== own) return;
        remember(all);
      }
    } catch (refusal) {
      if (current.current === own) setError(refusal);
    }
    if (current.current === own) stop();
  }

  const begin = () => {
    if (isSearch(view) && mistakeIn(view, undefined) === undefined) void look(begunSearch(view), 'find');
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each view.
  useEffect(() => {
    setError(undefined);
    if (!found) begin();
    return stop;
  }, [key]);

  return {
    found,
    reason,
    mistake: mistakeIn(view, error),
    error,
    begin,
    stop,
    lookFurther: () => found && void look(found, 'further'),
  };
}

export type EventSearch = ReturnType<typeof useEventSearch>;
