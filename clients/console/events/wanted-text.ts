/**
 * A text that a search found in a body, and that is looked for in the body of the event too. It is in the part of the URL behind `#`, which
 * no server sees.
 */
import { useLocationProperty } from 'wouter/use-browser-location';
import type { EventListView } from './event-request.ts';
import type { FoundEvent } from './search-pages.ts';

/** The path of an event's page, with what to look for in its body, if there is anything. */
export const eventPath = (name: string, id: string, wanted = ''): string =>
  `/connections/${name}/events/${id}${wanted === '' ? '' : `#${new URLSearchParams({ find: wanted })}`}`;

/** The text of the view, for the events in whose bodies it stands. */
export const wantedOf =
  ({ contains }: EventListView) =>
  ({ places }: Pick<FoundEvent, 'places'>): string =>
    places?.some((place) => place.in === 'body') ? contains : '';

/** What this address says to look for. Empty if nothing. */
export const useWanted = (): string =>
  useLocationProperty(() => new URLSearchParams(location.hash.replace(/^#/, '')).get('find') ?? '');
