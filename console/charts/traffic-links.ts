/** Where the numbers of a connection lead to. */
import type { LinkOf } from './count-link.tsx';
import { spanHash } from './traffic-view.ts';

/** Duplicates are not stored, and conflicts are in the list of events with all others, so these lead nowhere. */
export const linksOf =
  (name: string): LinkOf =>
  (field, span) => {
    if (field === 'accepted') return `/connections/${name}/events${spanHash(span)}`;
    return field === 'refused' ? `/connections/${name}/rejections${spanHash(span)}` : undefined;
  };
