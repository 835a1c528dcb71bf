/** Where the numbers of a connection lead to. */
import type { LinkOf } from './count-link.tsx';
import type { Span } from './periods.ts';
import { spanHash } from './traffic-view.ts';

/** A list has its end too, and the next bar begins at the end of a bar: without this, a list of minutes would have one minute more. */
export const listHash = ({ from, to }: Span): string =>
  spanHash({ from, to: new Date(Date.parse(to) - 1).toISOString() });

/** Duplicates are not stored, and conflicts are in the list of events with all others, so these lead nowhere. */
export const linksOf =
  (name: string): LinkOf =>
  (field, span) => {
    if (field === 'accepted') return `/connections/${name}/events${listHash(span)}`;
    return field === 'refused' ? `/connections/${name}/rejections${listHash(span)}` : undefined;
  };
