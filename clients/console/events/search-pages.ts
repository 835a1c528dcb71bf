/** Reads pages of a search of events, the newest first. */

import { skippedSum } from '../../../shared/events/search/skipped-sum.ts';
import type { ApiAnswer, ApiClient } from '../../../shared/operators/api/api-client.ts';
import type { EventListItem } from './event-pages.ts';
import { type EventListView, type SearchBody, searchBodyOf } from './event-request.ts';
import { hashOf } from './event-view.ts';

const searchRoute = 'POST /v1/connections/{name}/events/search';
type SearchPage = ApiAnswer<typeof searchRoute>;
export type Skipped = SearchPage['skipped'];

/** A search looks on by itself until it has found so many more. */
export const enough = 50;

/** An event, and where the text stands in it. */
export type FoundEvent = EventListItem & Pick<SearchPage['items'][number], 'places'>;

/** What a search has found so far, and how far it has looked. */
export interface Found extends Pick<SearchPage, 'backTo' | 'refused'> {
  /** The view that it is for. */
  of: string;
  /** What each page is asked for. */
  body: SearchBody;
  items: readonly FoundEvent[];
  examined: number;
  skipped: Skipped;
  /** Undefined before the first page. */
  upTo?: string;
  /** Null if there are no more events, undefined before the first page. */
  nextCursor?: string | null;
}

export const begunSearch = (view: EventListView): Found => ({
  ...{ of: hashOf(view), body: searchBodyOf(view), items: [], examined: 0, skipped: {} },
});

/** What was found, with one page more. What came after the search began is on none of its pages. */
const withPage = (
  found: Found,
  { items, examined, skipped, upTo, backTo, nextCursor, refused }: SearchPage,
): Found => ({
  ...found,
  items: [...found.items, ...items],
  examined: found.examined + examined,
  skipped: skippedSum(found.skipped, skipped),
  upTo: found.upTo ?? upTo,
  ...(backTo !== undefined && { backTo }),
  // The first page alone has it.
  ...(refused && { refused }),
  nextCursor,
});

/** Looks further, and gives what was found so far after each page: at most so many pages, until so many items were found. */
export async function* searchPages(
  api: ApiClient,
  name: string,
  before: Found,
  most: { pages: number; items: number },
) {
  let found = before;
  for (let page = 0; page < most.pages && found.nextCursor !== null && found.items.length < most.items; page++) {
    const cursor = found.nextCursor === undefined ? {} : { cursor: found.nextCursor };
    found = withPage(found, await api.call(searchRoute, { params: { name }, body: { ...found.body, ...cursor } }));
    yield found;
  }
}
