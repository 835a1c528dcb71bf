/**
 * What the list of events shows, as a person chose it. It is in the part of the URL behind `#`, so a link shows a colleague the same, and
 * no server sees it: a browser never sends that part.
 */
import { useEffect, useMemo, useState } from 'react';
import { navigate, useLocationProperty } from 'wouter/use-browser-location';
import { useRemembered } from '../session/remembered.ts';
import type { EventFilter } from './event-reads.ts';
import { anyTime, timeRangeOf } from './time-range.ts';

/** A filter of the list, or a search. Empty fields say nothing. */
export interface EventView extends EventFilter {
  /** The text to look for. */
  contains: string;
  /** The event pattern to look for, as JSON. */
  match: string;
  /** Whether a search reads large bodies too. */
  large: '' | 'true';
}

export const noView: EventView = { type: '', deliveryId: '', ...anyTime, contains: '', match: '', large: '' };

/** Whether events are searched. Otherwise they are listed. */
export const isSearch = ({ contains, match }: EventView): boolean => contains !== '' || match !== '';

/** A view with what goes together: a delivery id names one event, and a search looks at events of every type. */
export function consistent({ type, deliveryId, contains, match, large, ...times }: EventView): EventView {
  const range = timeRangeOf(times);
  const [id, text, pattern] = [deliveryId.trim(), contains.trim(), match.trim()];
  if (id !== '') return { ...noView, deliveryId: id };
  if (pattern !== '') return { ...noView, match: pattern, ...range, large };
  if (text !== '') return { ...noView, contains: text, ...range, large };
  return { ...noView, type: type.trim(), ...range };
}

/** The part of the URL that says a view. Empty if all events are listed. */
export function hashOf(view: EventView): string {
  const said = Object.entries(view).filter(([, value]) => value !== '');
  return said.length === 0 ? '' : `#${new URLSearchParams(said)}`;
}

/** The view that a part of a URL says, which anybody can write. */
export function viewIn(hash: string): EventView {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const field = (name: keyof EventView) => given.get(name) ?? '';
  return consistent({
    ...{ type: field('type'), deliveryId: field('deliveryId'), contains: field('contains'), match: field('match') },
    ...{ hours: field('hours'), from: field('from'), to: field('to') },
    large: field('large') === 'true' ? 'true' : '',
  });
}

/** The view of a connection's events. Without one in the URL it is the last one of this session. */
export function useEventView(name: string): [EventView, (next: EventView) => void] {
  const [last, remember] = useRemembered(`filter of ${name}`, '');
  const [path] = useState(() => location.pathname);
  const hash = useLocationProperty(() => location.hash);
  const shown = hash === '' ? last : hash;
  const view = useMemo(() => viewIn(shown), [shown]);
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
