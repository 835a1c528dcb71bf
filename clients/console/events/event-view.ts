/** What the list of events shows, as a person chose it, and the part of the URL behind `#` that says it. */
import { useMemo } from 'react';
import { useRememberedHash } from '../shell/use-remembered-hash.ts';
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
  const [hash, show] = useRememberedHash(`filter of ${key}`);
  const view = useMemo(() => eventViewIn(hash), [hash]);
  return [view, (next) => show(hashOf(next))];
}
