/** The events of a connection, live: new ones are announced, and shown at a click. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useEffect, useState } from 'react';
import { refusalsOfDelivery } from '../../../shared/operators/api/refused-delivery.ts';
import { eventsText } from '../events-text.ts';
import { useRead } from '../session/queries.tsx';
import { useRemembered } from '../session/remembered.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { text } from '../text.ts';
import { useOpened } from './event-columns.tsx';
import { EventFilters } from './event-filters.tsx';
import type { EventListItem } from './event-pages.ts';
import { type LiveEvents, useLiveEvents } from './event-reads.ts';
import { type EventFilter, isSearch } from './event-request.ts';
import { EventRows } from './event-rows.tsx';
import { useEventSearch } from './event-search.ts';
import { hashOf, useEventView } from './event-view.ts';
import { FoundTable } from './found-table.tsx';
import { JobProgress } from './job-progress.tsx';
import { openReplay } from './job-status.ts';
import { ReplayDialog } from './replay-dialog.tsx';

interface ListActionsProps {
  events: LiveEvents;
  isLive: boolean;
  setIsLive: (isLive: boolean) => void;
  replayMany: () => void;
}

/** What can be done with the list. It stands beside the title. */
function ListActions({ events, isLive, setIsLive, replayMany }: ListActionsProps) {
  const { rows, newCount, hasMoreNew, showNew, hasOlder, isLoading, showPage } = events;
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <LiveRegion>
        {newCount > 0 && (
          <Button iconName="refresh" onClick={showNew}>
            {text.events.showNew(newCount, hasMoreNew)}
          </Button>
        )}
      </LiveRegion>
      <Toggle checked={isLive} onChange={({ detail }) => setIsLive(detail.checked)}>
        {eventsText.live}
      </Toggle>
      {rows?.length === 0 && hasOlder && (
        <Button loading={isLoading} onClick={() => void showPage(1)}>
          {text.search.further}
        </Button>
      )}
      <Button onClick={replayMany}>{text.events.replayMany}</Button>
    </SpaceBetween>
  );
}

/** Why a webhook is not in the list: it was refused. */
function RefusedDelivery({ name, deliveryId }: { name: string; deliveryId: string }) {
  const { data = [] } = useRead(['refused-delivery', name, deliveryId], (api) =>
    refusalsOfDelivery(api, name, deliveryId, new Date()),
  );
  return (
    data.length > 0 && (
      <Alert type="info">
        {data.map((line) => (
          <div key={line}>{line}</div>
        ))}
      </Alert>
    )
  );
}

/** What the list says without rows. */
function NoEvents({ events, isFiltered }: { events: LiveEvents; isFiltered: boolean }) {
  const error = events.rows ? undefined : events.error;
  if (events.hasOlder) return <EmptyState title={text.search.noneYet} next={text.events.noneYetNext} error={error} />;
  return isFiltered ? (
    <EmptyState title={text.events.noMatch} next={text.events.noMatchNext} error={error} />
  ) : (
    <EmptyState title={text.events.none} next={text.events.noneNext} error={error} />
  );
}

const EventPages = ({ events: { pageIndex, pageCount, hasOlder, showPage } }: { events: LiveEvents }) => (
  <Pagination
    currentPageIndex={pageIndex + 1}
    pagesCount={pageCount}
    openEnd={hasOlder}
    onChange={({ detail }) => void showPage(detail.currentPageIndex - 1)}
  />
);

function EventTable({ name, filter }: { name: string; filter: EventFilter }) {
  const opened = useOpened(name);
  const events = useLiveEvents(name, filter, opened.id !== undefined);
  const { rows, error, newCount, showNew, pageIndex } = events;
  const hasPages = events.hasOlder || events.pageCount > 1;
  const [isLive, setIsLive] = useRemembered(`live list of ${name}`, false);
  // Rows do not move below the focus of a person who reads them, nor on an older page.
  useEffect(() => {
    if (isLive && newCount > 0 && pageIndex === 0 && !document.activeElement?.closest('td, th')) showNew();
  });
  const [isReplaying, setIsReplaying] = useState(false);
  const jobs = useRead(['replays', name], (api) =>
    api.call('GET /v1/connections/{name}/replays', { params: { name }, query: { limit: '50' } }),
  );
  const replay = jobs.data && openReplay(jobs.data.items);
  return (
    <SpaceBetween size="m">
      {/* The dialog that began it may be closed, or somebody else began it. */}
      {replay && !isReplaying && <JobProgress name={name} id={replay.id} />}
      <ProblemAlert error={error} {...(!rows && { retry: events.readAgain })} />
      <EventRows<EventListItem>
        items={rows ?? []}
        nameOf={() => name}
        opened={opened}
        loading={events.isLoading || (!rows && !error)}
        loadingText={text.events.loading}
        header={
          <Header
            variant="h2"
            actions={
              <ListActions
                events={events}
                isLive={isLive}
                setIsLive={setIsLive}
                replayMany={() => setIsReplaying(true)}
              />
            }
          >
            {text.events.title}
          </Header>
        }
        empty={<NoEvents events={events} isFiltered={Object.values(filter).some(Boolean)} />}
        pagination={rows && rows.length > 0 && hasPages && <EventPages events={events} />}
      />
      {rows?.length === 0 && filter.deliveryId !== '' && <RefusedDelivery name={name} deliveryId={filter.deliveryId} />}
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

export function EventsTab({ name }: { name: string }) {
  const [view, setView] = useEventView(name);
  const search = useEventSearch(name, view);
  const { type, deliveryId, hours, from, to } = view;
  return (
    <SpaceBetween size="m">
      <EventFilters
        name={name}
        applied={view}
        mistake={search.mistake}
        isBusy={search.reason === 'find'}
        apply={(next) => {
          setView(next);
          // The same once more.
          if (hashOf(next) === hashOf(view)) search.begin();
        }}
      />
      {isSearch(view) ? (
        <FoundTable key={hashOf(view)} name={name} search={search} view={view} />
      ) : (
        <EventTable key={hashOf(view)} name={name} filter={{ type, deliveryId, hours, from, to }} />
      )}
    </SpaceBetween>
  );
}
