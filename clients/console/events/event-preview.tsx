/** An event beside the list that it is in: the most important of it, and its body. */
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { EventBody } from '../body/event-body.tsx';
import { inByteOrder } from '../body/visible-text.ts';
import { byteSize } from '../byte-size.ts';
import { eventsText } from '../events-text.ts';
import { exactTime } from '../relative-time.ts';
import { Loading } from '../shell/loading.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { text } from '../text.ts';
import { type EventAnswer, useEvent } from './event-reads.ts';

const Facts = ({ event }: { event: EventAnswer }) => (
  <KeyValuePairs
    columns={2}
    items={[
      { label: text.events.time, value: exactTime(event.receivedAt) },
      { label: text.events.type, value: inByteOrder(event.type) },
      { label: text.event.verifiedBy, value: eventsText.proofs[event.verifiedBy] },
      { label: text.event.publication, value: text.event.publications[event.publication] },
      { label: text.event.sourceIp, value: event.sourceIp },
      { label: text.events.size, value: byteSize(event.size) },
    ]}
  />
);

interface EventPreviewProps {
  name: string;
  id: string;
  /** What to look for in the body. */
  wanted: string;
  close: () => void;
}

export function EventPreview({ name, id, wanted, close }: EventPreviewProps) {
  const { data, error, refetch } = useEvent(name, id);
  const shown = data ? (
    <SpaceBetween size="l">
      <Facts event={data} />
      <EventBody event={data} compact wanted={wanted} />
    </SpaceBetween>
  ) : (
    !error && <Loading>{text.event.loading}</Loading>
  );
  return (
    <Section
      title={id}
      actions={<Button variant="icon" iconName="close" ariaLabel={eventsText.preview.close} onClick={close} />}
    >
      {!data && <ProblemAlert error={error} retry={refetch} />}
      {shown}
    </Section>
  );
}
