/** Reads where the shown events of a list went. What has ended is not asked about again. */
import { useQueryClient } from '@tanstack/react-query';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import type { EventListItem } from './event-pages.ts';
import { type EventOutcome, eventOutcomeOf, isAskedAgain, type ShownEvent } from './outcome.ts';

/** As many ids as a request takes. */
const atOnce = 50;

/** So long after an event was asked about it is asked about again, in ms: each new row of a live list makes a read. */
const againMs = refreshMs.release - 1_000;

/** What is known of where an event of a list went. */
export interface Outcomes {
  of: (event: ShownEvent) => EventOutcome | undefined;
  /** Whether the last read failed. */
  isUnread: boolean;
}

const keyOf = ({ id, receivedAt }: ShownEvent) => ['outcome', id, receivedAt];

/** @param isWanted whether the list shows it */
export function useOutcomes(events: readonly EventListItem[], isWanted: boolean): Outcomes {
  const client = useQueryClient();
  // Each is kept by itself, because the same event is on another page of the list later.
  const knownOf = (event: ShownEvent) => client.getQueryData<EventOutcome>(keyOf(event));
  const openOnes = () => events.filter((event) => isAskedAgain(event, knownOf(event), new Date()));
  const isDue = (event: ShownEvent) => Date.now() - (client.getQueryState(keyOf(event))?.dataUpdatedAt ?? 0) >= againMs;
  const { data, isError } = useRead(
    ['outcomes', ...events.map(({ id }) => id)],
    async (api): Promise<Record<string, EventOutcome | undefined>> => {
      const asked = openOnes().filter(isDue).slice(0, atOnce);
      if (asked.length > 0) {
        const read = await api.call('GET /v1/deliveries', { query: { events: asked.map(({ id }) => id).join(',') } });
        for (const event of asked) client.setQueryData(keyOf(event), eventOutcomeOf(event, read));
      }
      return Object.fromEntries(events.map((event) => [event.id, knownOf(event)]));
    },
    { everyMs: () => openOnes().length > 0 && refreshMs.release, isWanted: isWanted && events.length > 0 },
  );
  return { of: (event) => data?.[event.id] ?? knownOf(event), isUnread: isError };
}
