/** The columns of a list of events, and the way back to the event that was opened last. */
import Box from '@cloudscape-design/components/box';
import type { LinkProps } from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import { type RefObject, useEffect, useRef } from 'react';
import { inByteOrder } from '../body/visible-text.ts';
import { byteSize } from '../byte-size.ts';
import { eventsText } from '../events-text.ts';
import { exactTime } from '../relative-time.ts';
import { useHandedOn } from '../session/remembered.ts';
import { PageLink } from '../shell/page-link.tsx';
import { text } from '../text.ts';
import type { ColumnId } from './chosen-columns.ts';
import type { EventListItem } from './event-pages.ts';
import { OutcomeCell } from './outcome-cell.tsx';

/** The event that was opened last, and its link. */
export interface Opened {
  id: string | undefined;
  link: RefObject<LinkProps.Ref | null>;
  remember: (id: string) => void;
}

/** Puts the focus on the event that was opened last, when a person comes back from it. */
export function useOpened(name: string): Opened {
  const [id, remember] = useHandedOn<string>(`opened event of ${name}`);
  const link = useRef<LinkProps.Ref>(null);
  useEffect(() => {
    if (!document.activeElement?.matches('a, button, input')) link.current?.focus();
  }, []);
  return { id, link, remember };
}

/** The column that leads to the event. It comes first, so that a narrow window shows it first. @param pathOf the path of an event's page */
export const idColumn = <Event extends EventListItem>(
  pathOf: (event: Event) => string,
  opened: Opened,
): TableProps.ColumnDefinition<Event> => ({
  id: 'id',
  header: text.events.id,
  cell: (event) => (
    <PageLink
      to={pathOf(event)}
      {...(event.id === opened.id && { ref: opened.link })}
      onClick={() => opened.remember(event.id)}
    >
      {event.id}
    </PageLink>
  ),
});

/** What a sender chose. A long one is broken anywhere, so that the columns after it stay in the window. */
export const Sent = ({ text }: { text: string }) => <span className="sent-text">{inByteOrder(text)}</span>;

/** The other columns, of which a person chooses. */
export const propertyColumns: readonly (TableProps.ColumnDefinition<EventListItem> & {
  id: ColumnId;
  header: string;
})[] = [
  {
    id: 'time',
    header: text.events.time,
    minWidth: 170,
    // The tooltip has it in UTC.
    cell: ({ receivedAt }) => (
      <time dateTime={receivedAt} title={receivedAt}>
        {exactTime(receivedAt)}
      </time>
    ),
  },
  {
    id: 'type',
    header: text.events.type,
    minWidth: 120,
    isRowHeader: true,
    cell: ({ type, publication, test }) => {
      const mark = publication ?? (test ? 'test' : undefined);
      return (
        <>
          <Sent text={type} /> {mark && <Box variant="small">{`(${text.events[mark]})`}</Box>}
        </>
      );
    },
  },
  {
    id: 'outcome',
    header: eventsText.outcome,
    minWidth: 110,
    cell: (event) => <OutcomeCell event={event} />,
  },
  {
    id: 'deliveryId',
    header: text.events.deliveryId,
    minWidth: 160,
    cell: ({ deliveryId }) => deliveryId !== undefined && <Sent text={deliveryId} />,
  },
  { id: 'method', header: eventsText.properties.method, cell: ({ method }) => method },
  {
    id: 'contentType',
    header: eventsText.properties.contentType,
    minWidth: 160,
    cell: ({ contentType }) => contentType !== undefined && <Sent text={contentType} />,
  },
  { id: 'size', header: text.events.size, minWidth: 90, cell: ({ size }) => byteSize(size) },
];
