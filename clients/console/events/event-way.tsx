/** The way of an event as a picture: from its arrival to the bus and to each destination, with what failed in red. */
import Box from '@cloudscape-design/components/box';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { RoutedDelivery } from '../../../shared/deliveries/dispatch/delivery-view.ts';
import { deliveryPath, hasPage, useEventDeliveries } from '../deliveries/delivery-reads.ts';
import { DeliveryStatusLabel } from '../deliveries/delivery-status.tsx';
import { exactTime } from '../relative-time.ts';
import { PageLink } from '../shell/page-link.tsx';
import { Section } from '../shell/section.tsx';
import { text } from '../text.ts';
import type { EventAnswer } from './event-reads.ts';
import { eventText } from './event-text.ts';
import './event-way.css';
import type { Timeline } from './timeline-reads.ts';
import { lastSent, secondsUntil } from './way-stops.ts';

const words = eventText.way;
const { steps } = eventText.timeline;

const publicationTypes: Record<EventAnswer['publication'], StatusIndicatorProps.Type> = {
  published: 'success',
  waiting: 'pending',
  held: 'pending',
  given_up: 'error',
  discarded: 'stopped',
  none: 'stopped',
  unknown: 'info',
};

/** Where an event went by one rule, and after how long the last attempt began. */
function Delivered({ delivery, timeline }: { delivery: RoutedDelivery; timeline: Timeline | undefined }) {
  const { destination, rule, id } = delivery;
  const name = words.to(destination, rule);
  const seconds = secondsUntil(id, timeline?.items ?? []);
  return (
    <li>
      {hasPage(delivery) ? <PageLink to={deliveryPath(delivery)}>{name}</PageLink> : name}
      <div>
        <DeliveryStatusLabel status={delivery.status} />
      </div>
      {seconds !== undefined && <Box variant="small">{words.after(seconds)}</Box>}
    </li>
  );
}

interface EventWayProps {
  /** The connection. */
  name: string;
  event: EventAnswer;
  /** Undefined before it was read. */
  timeline: Timeline | undefined;
}

/** The destinations of the last time that the event was sent. */
function Destinations({ name, event: { id, replays = 0 }, timeline }: EventWayProps) {
  const { data, error } = useEventDeliveries(name, id);
  if (!data) return error ? <li>{words.unread}</li> : null;
  const sent = lastSent(data.items, replays);
  if (sent.length === 0) return <li>{words.none}</li>;
  return sent.map((each) => <Delivered key={each.id} delivery={each} timeline={timeline} />);
}

export function EventWay(props: EventWayProps) {
  const { publication, replays = 0, receivedAt } = props.event;
  return (
    <Section title={words.title} {...(replays > 0 && { description: words.last(replays) })}>
      <ol className="way" aria-label={words.title}>
        <li>
          <StatusIndicator type="success">{steps.received}</StatusIndicator>
          <Box variant="small" display="block">
            {exactTime(receivedAt)}
          </Box>
        </li>
        <li>
          <StatusIndicator type="success">{steps.verified}</StatusIndicator>
        </li>
        <li>
          <StatusIndicator type="success">{steps.stored}</StatusIndicator>
        </li>
        <li>
          {words.bus}
          <div>
            <StatusIndicator type={publicationTypes[publication]}>
              {text.event.publications[publication]}
            </StatusIndicator>
          </div>
        </li>
        <li>
          <ul aria-label={words.destinations}>
            <Destinations {...props} />
          </ul>
        </li>
      </ol>
    </Section>
  );
}
