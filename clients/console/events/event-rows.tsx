/**
 * A list of events with the columns that a person chose. In a wide window, the event of the row that is chosen is shown beside it: by a click
 * on the row, or by the arrow keys, of which Enter opens the event.
 */
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import type { TableProps } from '@cloudscape-design/components/table';
import { type KeyboardEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { eventsText } from '../events-text.ts';
import { FittingTable, narrowWindow, useIsNarrow } from '../shell/fitting-table.tsx';
import { text } from '../text.ts';
import { useChosenColumns } from './chosen-columns.ts';
import { idColumn, type Opened, propertyColumns } from './event-columns.tsx';
import type { EventListItem } from './event-pages.ts';
import { EventPreview } from './event-preview.tsx';
import { KnownOutcomes } from './outcome-cell.tsx';
import { useOutcomes } from './use-outcomes.ts';
import { eventPath } from './wanted-text.ts';
import './events-tab.css';

/** The widest window without room beside the list, in pixels. */
const withoutPreview = 1_239;

/** The column that leaves its room to the event beside the list, which says it too. */
const onlyAlone = 'size';

/** The most columns beside the first one that are few. */
const few = 4;

interface EventRowsProps<Event>
  extends Pick<TableProps<Event>, 'header' | 'empty' | 'pagination' | 'loading' | 'loadingText'> {
  items: readonly Event[];
  /** The connection of an event. */
  nameOf: (event: Event) => string;
  /** What to look for in the body of an event. */
  wantedOf?: (event: Event) => string;
  opened: Opened;
  /** Columns that follow the first one, whatever is chosen. */
  more?: readonly TableProps.ColumnDefinition<Event>[];
}

function ColumnChoice({ chosen, choose }: { chosen: readonly string[]; choose: (ids: readonly string[]) => void }) {
  const options = propertyColumns.map(({ id, header }) => ({ id, label: header }));
  return (
    <CollectionPreferences
      title={eventsText.columnsTitle}
      preferences={{ visibleContent: ['id', ...chosen] }}
      visibleContentPreference={{
        title: eventsText.columns,
        options: [{ label: '', options: [{ id: 'id', label: text.events.id, editable: false }, ...options] }],
      }}
      onConfirm={({ detail }) => choose(detail.visibleContent ?? [])}
    />
  );
}

export function EventRows<Event extends EventListItem>({
  nameOf,
  wantedOf = () => '',
  opened,
  more = [],
  items,
  ...table
}: EventRowsProps<Event>) {
  const [columns, choose] = useChosenColumns();
  const [, navigate] = useLocation();
  const hasRoom = !useIsNarrow(withoutPreview);
  const [selectedId, select] = useState<string>();
  const outcomes = useOutcomes(items, columns.includes('outcome'));
  const selected = hasRoom ? items.find(({ id }) => id === selectedId) : undefined;
  const shown = [
    ...more,
    ...propertyColumns.filter(({ id }) => columns.includes(id) && !(selected && id === onlyAlone)),
  ];
  const pathOf = (event: Event) => eventPath(nameOf(event), event.id, wantedOf(event));
  function open({ key, target }: KeyboardEvent) {
    if (key !== 'Enter' || !selected || !(target instanceof HTMLInputElement)) return;
    opened.remember(selected.id);
    navigate(pathOf(selected));
  }
  return (
    <div className={selected && 'with-preview'}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the key is that of the choice of a row, which is in it. */}
      <div onKeyDown={open}>
        <KnownOutcomes value={outcomes}>
          <FittingTable<Event>
            {...table}
            narrow={shown.length > few ? narrowWindow.many : narrowWindow.short}
            items={items}
            columnDefinitions={[idColumn(pathOf, opened), ...shown]}
            preferences={<ColumnChoice chosen={columns} choose={choose} />}
            {...(hasRoom && {
              selectionType: 'single',
              selectedItems: selected ? [selected] : [],
              onSelectionChange: ({ detail }) => select(detail.selectedItems[0]?.id),
              onRowClick: ({ detail }) => select(detail.item.id),
              ariaLabels: {
                selectionGroupLabel: eventsText.preview.group,
                itemSelectionLabel: (_, { id }) => eventsText.preview.choose(id),
              },
            })}
            trackBy="id"
          />
        </KnownOutcomes>
      </div>
      {selected && (
        <EventPreview
          key={selected.id}
          name={nameOf(selected)}
          id={selected.id}
          wanted={wantedOf(selected)}
          close={() => select(undefined)}
        />
      )}
    </div>
  );
}
