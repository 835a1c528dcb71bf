/** The events of a connection, live: new ones are announced, and shown at a click. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import type { LinkProps } from '@cloudscape-design/components/link';
import LiveRegion from '@cloudscape-design/components/live-region';
import Pagination from '@cloudscape-design/components/pagination';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { byteSize } from '../byte-size.ts';
import { hoursBack } from '../durations.ts';
import { exactTime } from '../relative-time.ts';
import { useRead } from '../session/queries.tsx';
import { useHandedOn, useRemembered } from '../session/remembered.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { text } from '../text.ts';
import { inOrder } from './body-bytes.ts';
import { type EventFilter, type ListedEvent, useLiveEvents } from './event-reads.ts';
import './events-tab.css';
import { JobProgress } from './job-progress.tsx';
import { openReplay } from './job-status.ts';
import { ReplayDialog } from './replay-dialog.tsx';

const noFilter: EventFilter = { type: '', deliveryId: '', hours: '' };

/** The event that was opened last, and its link. */
interface Opened {
  id: string | undefined;
  link: RefObject<LinkProps.Ref | null>;
  remember: (id: string) => void;
}

const columnsOf = (name: string, opened: Opened): TableProps.ColumnDefinition<ListedEvent>[] => [
  // First, so that a narrow window shows the way to the event.
  {
    id: 'id',
    header: text.events.id,
    cell: ({ id }) => (
      <PageLink
        to={`/connections/${name}/events/${id}`}
        {...(id === opened.id && { ref: opened.link })}
        onClick={() => opened.remember(id)}
      >
        {id}
      </PageLink>
    ),
  },
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
    isRowHeader: true,
    cell: ({ type, publication }) => (
      <>
        {inOrder(type)} {publication && <Box variant="small">{`(${text.events[publication]})`}</Box>}
      </>
    ),
  },
  { id: 'size', header: text.events.size, cell: ({ size }) => byteSize(size) },
];

const times = [{ value: '', label: text.events.allTime }, ...hoursBack];

function Filters({ applied, apply }: { applied: EventFilter; apply: (filter: EventFilter) => void }) {
  const [filter, setFilter] = useState(applied);
  const set = (change: Partial<EventFilter>) => setFilter({ ...filter, ...change });
  // A delivery id names one event, so nothing else narrows the list.
  const isOne = filter.deliveryId.trim() !== '';
  function submit(event: FormEvent) {
    event.preventDefault();
    const deliveryId = filter.deliveryId.trim();
    apply(deliveryId ? { ...noFilter, deliveryId } : { ...filter, deliveryId, type: filter.type.trim() });
  }
  return (
    <form onSubmit={submit}>
      <SpaceBetween direction="horizontal" size="s" alignItems="end">
        <FormField label={text.events.filterType}>
          <Input value={filter.type} disabled={isOne} onChange={({ detail }) => set({ type: detail.value })} />
        </FormField>
        <FormField label={text.events.filterDelivery}>
          <div className="delivery-id">
            <Input value={filter.deliveryId} onChange={({ detail }) => set({ deliveryId: detail.value })} />
          </div>
        </FormField>
        <FormField label={text.events.filterTime}>
          <Select
            selectedOption={times.find(({ value }) => value === filter.hours) ?? null}
            options={times}
            disabled={isOne}
            onChange={({ detail }) => set({ hours: detail.selectedOption.value ?? '' })}
          />
        </FormField>
        <Button formAction="submit">{text.events.apply}</Button>
        <Button
          variant="link"
          formAction="none"
          onClick={() => {
            setFilter(noFilter);
            apply(noFilter);
          }}
        >
          {text.events.clear}
        </Button>
      </SpaceBetween>
    </form>
  );
}

/** Puts the focus on the event that was opened last, when a person comes back from it. */
function useOpened(name: string): Opened {
  const [id, remember] = useHandedOn<string>(`opened event of ${name}`);
  const link = useRef<LinkProps.Ref>(null);
  useEffect(() => {
    if (!document.activeElement?.matches('a, button, input')) link.current?.focus();
  }, []);
  return { id, link, remember };
}

function EventTable({ name, filter }: { name: string; filter: EventFilter }) {
  const opened = useOpened(name);
  const { rows, error, readAgain, newCount, hasMoreNew, showNew, isLoading, ...paging } = useLiveEvents(
    name,
    filter,
    opened.id !== undefined,
  );
  const [isReplaying, setIsReplaying] = useState(false);
  const isFiltered = Object.values(filter).some(Boolean);
  const jobs = useRead(['replays', name], (api) =>
    api.call('GET /v1/connections/{name}/replays', { params: { name }, query: { limit: '50' } }),
  );
  const replay = jobs.data && openReplay(jobs.data.items);
  return (
    <SpaceBetween size="m">
      {/* The dialog that began it may be closed, or somebody else began it. */}
      {replay && !isReplaying && <JobProgress name={name} id={replay.id} />}
      <ProblemAlert error={error} {...(!rows && { retry: readAgain })} />
      <FittingTable<ListedEvent>
        narrow={narrowWindow.short}
        items={rows ?? []}
        columnDefinitions={columnsOf(name, opened)}
        loading={isLoading || (!rows && !error)}
        loadingText={text.events.loading}
        trackBy="id"
        wrapLines
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <LiveRegion>
                  {newCount > 0 && (
                    <Button iconName="refresh" onClick={showNew}>
                      {text.events.showNew(newCount, hasMoreNew)}
                    </Button>
                  )}
                </LiveRegion>
                <Button onClick={() => setIsReplaying(true)}>{text.events.replayMany}</Button>
              </SpaceBetween>
            }
          >
            {text.events.title}
          </Header>
        }
        empty={
          <EmptyState
            title={isFiltered ? text.events.noMatch : text.events.none}
            next={isFiltered ? text.events.noMatchNext : text.events.noneNext}
            error={rows ? undefined : error}
          />
        }
        pagination={
          (paging.hasOlder || paging.pageCount > 1) && (
            <Pagination
              currentPageIndex={paging.pageIndex + 1}
              pagesCount={paging.pageCount}
              openEnd={paging.hasOlder}
              onChange={({ detail }) => void paging.showPage(detail.currentPageIndex - 1)}
            />
          )
        }
      />
      {isReplaying && (
        <ReplayDialog
          name={name}
          filter={filter}
          close={() => {
            setIsReplaying(false);
            void jobs.refetch();
          }}
        />
      )}
    </SpaceBetween>
  );
}

export default function EventsTab({ name }: { name: string }) {
  const [filter, setFilter] = useRemembered(`filter of ${name}`, noFilter);
  return (
    <SpaceBetween size="m">
      <Filters applied={filter} apply={setFilter} />
      <EventTable key={JSON.stringify(filter)} name={name} filter={filter} />
    </SpaceBetween>
  );
}
