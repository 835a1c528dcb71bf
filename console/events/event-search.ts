/** The search of the events of a connection: one page after another, the newest events first. */
import { useEffect, useRef, useState } from 'react';
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { ApiError } from '../../shared/api/api-error.ts';
import { faultSentence, faultsOf } from '../../shared/api/field-name.ts';
import { pointerKeys } from '../../shared/base/json-pointer.ts';
import { skippedSum } from '../../shared/search/skipped-sum.ts';
import { jsonErrorOf } from '../routes/routes-fields.ts';
import { useRemembered } from '../session/remembered.ts';
import { useSession } from '../session/session.tsx';
import { texts } from '../shell/answer-words.ts';
import { text } from '../text.ts';
import type { ListedEvent } from './event-reads.ts';
import { type EventView, isSearch, type SearchBody, searchBodyOf } from './event-request.ts';
import { hashOf } from './event-view.ts';

export const searchRoute = 'POST /v1/connections/{name}/events/search';
type SearchPage = ApiAnswer<typeof searchRoute>;
export type Skipped = SearchPage['skipped'];

/** A search looks on by itself until it has found so many more, or has asked for so many pages. */
export const enough = 50;
const pagesAtOnce = 10;

/** What a search has found so far, and how far it has looked. */
export interface Found extends Pick<SearchPage, 'backTo'> {
  /** The view that it is for. */
  of: string;
  /** What each page is asked for. */
  body: SearchBody;
  items: readonly ListedEvent[];
  examined: number;
  skipped: Skipped;
  /** Undefined before the first page. */
  upTo?: string;
  /** Null if there are no more events, undefined before the first page. */
  nextCursor?: string | null;
}

export const begun = (view: EventView): Found => ({
  ...{ of: hashOf(view), body: searchBodyOf(view), items: [], examined: 0, skipped: {} },
});

/** What was found, with one page more. What came after the search began is on none of its pages. */
export const withPage = (found: Found, { items, examined, skipped, upTo, backTo, nextCursor }: SearchPage): Found => ({
  ...found,
  items: [...found.items, ...items],
  examined: found.examined + examined,
  skipped: skippedSum(found.skipped, skipped),
  upTo: found.upTo ?? upTo,
  ...(backTo !== undefined && { backTo }),
  nextCursor,
});

/** What is wrong with what is looked for, and where in it. Undefined if the error is about something else. */
export function mistakeIn({ match }: EventView, error: unknown): string | undefined {
  const wrongJson = match === '' ? undefined : jsonErrorOf(match);
  if (wrongJson !== undefined || !(error instanceof ApiError)) return wrongJson;
  const fault = faultsOf(error.problem).find(({ pointer }) => /^\/(match|contains)(\/|$)/.test(pointer ?? ''));
  if (!fault) return undefined;
  const [field, ...place] = pointerKeys(fault.pointer ?? '');
  const whole = field === 'match' ? text.search.thePattern : text.search.theText;
  return faultSentence(fault, place.length === 0 ? whole : place.join('.'), error.code, texts.said);
}

/** Why a search asks for pages: a person began it, or wants to look further. */
type Reason = 'find' | 'further';

/** Searches while the view is a search. What was found stays until another search begins, and on the way back from an event. */
export function useEventSearch(name: string, view: EventView) {
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
    let all = before;
    const wanted = before.items.length + enough;
    try {
      for (let page = 0; page < pagesAtOnce && all.nextCursor !== null && all.items.length < wanted; page++) {
        const cursor = all.nextCursor === undefined ? {} : { cursor: all.nextCursor };
        const next = await api.call(searchRoute, { params: { name }, body: { ...all.body, ...cursor } });
        if (current.current !== own) return;
        all = withPage(all, next);
        remember(all);
      }
    } catch (refusal) {
      if (current.current === own) setError(refusal);
    }
    if (current.current === own) stop();
  }

  const begin = () => {
    if (isSearch(view) && mistakeIn(view, undefined) === undefined) void look(begun(view), 'find');
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
