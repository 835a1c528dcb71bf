/** Reads what happened to an event. */
import { useEffect, useRef } from 'react';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { useEventDeliveries } from '../deliveries/delivery-reads.ts';
import { useRead } from '../session/queries.tsx';
import type { EventAnswer } from './event-reads.ts';

export type Timeline = ApiAnswer<'GET /v1/connections/{name}/events/{id}/timeline'>;
export type TimelineItem = Timeline['items'][number];

/** The time between two reads, in ms, while who asked for a replay is not known: the history has it some seconds later. */
const unknownMs = 10_000;

const isUnknown = (step: TimelineItem): boolean => step.step === 'replayed' && step.by === undefined;

/** Reads the timeline again when the page sees that something has happened to the event. */
export function useTimeline(name: string, { id, publication, replays }: EventAnswer) {
  const deliveries = useEventDeliveries(name, id);
  const read = useRead(
    ['timeline', name, id],
    (api) => api.call('GET /v1/connections/{name}/events/{id}/timeline', { params: { name, id } }),
    { everyMs: (timeline) => timeline?.items.some(isUnknown) === true && unknownMs },
  );
  const { refetch } = read;
  const attempts = deliveries.data?.items.reduce((sum, each) => sum + each.attempts, 0);
  const facts = `${publication}, ${replays} replays`;
  const known = useRef({ facts, attempts });
  useEffect(() => {
    const last = known.current;
    // The deliveries are read after the event, or not at all: what happened to the event does not wait for them.
    const isAttempted = last.attempts !== undefined && last.attempts !== attempts;
    if (isAttempted || last.facts !== facts) void refetch();
    known.current = { facts, attempts };
  }, [facts, attempts, refetch]);
  return read;
}
