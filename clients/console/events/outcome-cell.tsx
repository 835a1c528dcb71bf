/** The cell of a list that says where an event went. */
import Box from '@cloudscape-design/components/box';
import { createContext, useContext } from 'react';
import { DeliveryDot } from '../deliveries/delivery-status.tsx';
import { eventsText } from '../events-text.ts';
import type { EventListItem } from './event-pages.ts';
import { silenceOf } from './outcome.ts';
import type { Outcomes } from './use-outcomes.ts';

const words = eventsText.outcomes;

/** The most dots of an event. */
const most = 8;

/** What the list has read for its events. */
export const KnownOutcomes = createContext<Outcomes>({ of: () => undefined, isUnread: false });

export function OutcomeCell({ event }: { event: EventListItem }) {
  const { of, isUnread } = useContext(KnownOutcomes);
  const outcome = of(event);
  if (!outcome) return isUnread && <Box variant="small">{words.unread}</Box>;
  const { deliveries, isWhole } = outcome;
  const rest = deliveries.length - most;
  return (
    <>
      {deliveries.slice(0, most).map((each) => (
        <DeliveryDot key={each.id} {...each} />
      ))}
      {rest > 0 && <Box variant="small">{words.rest(rest)}</Box>}
      {!isWhole && <Box variant="small">{words.part}</Box>}
      {isWhole && deliveries.length === 0 && <Box variant="small">{words[silenceOf(event, new Date())]}</Box>}
    </>
  );
}
