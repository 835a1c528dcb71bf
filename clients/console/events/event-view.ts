/**
 * What the list of events shows, as a person chose it. It is in the part of the URL behind `#`, so a link shows a colleague the same, and
 * no server sees it: a browser never sends that part.
 */
import { useEffect, useMemo, useState } from 'react';
import { navigate, useLocationProperty } from 'wouter/use-browser-location';
import { useRemembered } from '../session/remembered.ts';
import { consistent, type EventListView, noView } from './event-request.ts';

/** The part of the URL that says a view. Empty if all events are listed. */
export function hashOf(view: EventListView): string {
  const said = Object.entries(view).filter(([, value]) => value !== '');
  return said.length === 0 ? '' : `#${new URLSearchParams(said)}`;
}

/** The view that a part of a URL says, which anybody can write. */
export function eventViewIn(hash: string): EventListView {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const fields = Object.keys(noView).map((name) => [name, given.get(name) ?? '']);
  return consistent(Object.fromEntries(fields));
}

/** The view of this address. @param key says whose the view is. Without one in the URL it is the last one of this session */
export function useEventView(key: string): [EventListView, (next: EventListView) => void] {
  const [last, remember] = useRemembered(`filter of ${key}`, '');
  const [path] = useState(() => location.pathname);
  const hash = useLocationProperty(() => location.hash);
  const shown = hash === '' ? last : hash;
  const view = useMemo(() => eventViewIn(shown), [shown]);
  // In the history of the browser, only the last view is kept.
  const show = (next: string) => navigate(location.pathname + location.search + next, { replace: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the URL changes.
  useEffect(() => {
    // A person may be on the way to another page.
    if (location.pathname !== path) return;
    if (hash !== '') remember(hash);
    else if (last !== '') show(last);
  }, [hash]);
  return [
    view,
    (next) => {
      remember(hashOf(next));
      show(hashOf(next));
    },
  ];
}
