/** The way from an event to the ones before and after it, by buttons and by keys. */
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useLocation } from 'wouter';
import { useRead } from '../session/queries.tsx';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { useKeys } from '../shell/use-keys.ts';
import type { EventAnswer } from './event-reads.ts';
import { eventText } from './event-text.ts';
import { neighbourOf, type Placed } from './neighbours.ts';

/** The time between two reads, in ms. */
const againMs = 60_000;

/** The id of the event before or after this one. Null if there is none: a newer one may still come, and an older one never does. */
const useNeighbour = (name: string, { id, receivedAt }: Placed, way: 'older' | 'newer') =>
  useRead(
    ['neighbour of event', name, id, way],
    async (api) => (await neighbourOf(api, name, { id, receivedAt }, way))?.id ?? null,
    { everyMs: (found) => (found === undefined || (found === null && way === 'newer') ? againMs : false) },
  );

const words = eventText.neighbours;

export function NeighbourButtons({ name, event }: { name: string; event: EventAnswer }) {
  const reads = { older: useNeighbour(name, event, 'older'), newer: useNeighbour(name, event, 'newer') };
  const follow = useFollow();
  const [, navigate] = useLocation();
  const goTo = (way: 'older' | 'newer') => {
    const { data: id } = reads[way];
    if (id) navigate(`/connections/${name}/events/${id}`);
  };
  // As many lists have them.
  useKeys({ j: () => goTo('older'), k: () => goTo('newer') });
  const reasonOf = (way: 'older' | 'newer'): string => {
    const { data, error } = reads[way];
    return data === null ? words.none[way] : error ? words.failed : words.loading;
  };
  const button = (way: 'older' | 'newer', iconName: 'angle-left' | 'angle-right') => {
    const { data: id } = reads[way];
    return (
      <Button
        variant="icon"
        iconName={iconName}
        ariaLabel={words[way]}
        {...(id
          ? { href: hrefOf(`/connections/${name}/events/${id}`) }
          : { disabled: true, disabledReason: reasonOf(way) })}
        onFollow={follow}
      />
    );
  };
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      {button('older', 'angle-left')}
      {button('newer', 'angle-right')}
    </SpaceBetween>
  );
}
