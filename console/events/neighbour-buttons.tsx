/** The way from an event to the ones before and after it, by buttons and by keys. */
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import type { StoredEvent } from './event-reads.ts';
import { eventText } from './event-text.ts';
import { useNeighbours } from './neighbours.ts';

const words = eventText.neighbours;

/** The keys, as many lists have them: `j` for the older one, `k` for the newer one. */
const keys = { j: 'older', k: 'newer' } as const;

/** Whether a key is typed into something, or into a dialog that is open. */
const isTyped = ({ target }: KeyboardEvent): boolean =>
  (target instanceof Element && target.closest('input, textarea, select') !== null) ||
  document.querySelector('[role=dialog]') !== null;

/** What a key leads to. Undefined for other keys. */
const wayOf = (event: KeyboardEvent): 'older' | 'newer' | undefined =>
  event.ctrlKey || event.metaKey || event.altKey || isTyped(event) || !Object.hasOwn(keys, event.key)
    ? undefined
    : keys[event.key as keyof typeof keys];

export function NeighbourButtons({ name, event }: { name: string; event: StoredEvent }) {
  const { data } = useNeighbours(name, event);
  const follow = useFollow();
  const [, navigate] = useLocation();
  useEffect(() => {
    const press = (pressed: KeyboardEvent) => {
      const way = wayOf(pressed);
      const id = way && data?.[way];
      if (id) navigate(`/connections/${name}/events/${id}`);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [data, name, navigate]);
  const button = (way: 'older' | 'newer', iconName: 'angle-left' | 'angle-right') => {
    const id = data?.[way];
    return (
      <Button
        variant="icon"
        iconName={iconName}
        ariaLabel={words[way]}
        {...(id ? { href: hrefOf(`/connections/${name}/events/${id}`) } : { disabled: true })}
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
