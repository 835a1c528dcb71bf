/** The events of a connection, live: new ones are announced, and shown at a click. */
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useEffect, useState } from 'react';
import { eventsText } from '../events-text.ts';
import { useRead } from '../session/queries.tsx';
import { useRemembered } from '../session/remembered.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { text } from '../text.ts';
import { useOpened } from './event-columns.tsx';
import { EventFilters } from './event-filters.tsx';
import { type ListedEvent, useLiveEvents } from './event-reads.ts';
import { type EventFilter, isSearch } from './event-request.ts';
import { EventRows } from './event-rows.tsx';
import { useEventSearch } from './event-search.ts';
import { hashOf, useEventView } from './event-view.ts';
import { FoundTable } from './found-table.tsx';
import { JobProgress } from './job-progress.tsx';
import { openReplay } from './job-status.ts';
import { ReplayDialog } from './replay-dialog.tsx';

function EventTable({ name, filter }: { name: string; filter: EventFilter }) {
  const opened = useOpened(name);
  const { rows, error, readAgain, newCount, hasMoreNew, showNew, isLoading, ...paging } = useLiveEvents(
    name,
    filter,
    opened.id !== undefined,
  );
  const [isLive, setIsLive] = useRemembered(`live list of ${name}`, false);
  // Rows do not move below the focus of a person who reads them, nor on an older page.
  useEffect(() => {
    if (isLive && newCount > 0 && paging.pageIndex === 0 && !document.activeElement?.closest('td, th')) showNew();
  });
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
      <EventRows<ListedEvent>
        items={rows ?? []}
        nameOf={() => name}
        opened={opened}
        loading={isLoading || (!rows && !error)}
        loadingText={text.events.loading}
        header={
          <Header
            variant="h2"
            actions={
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
                {rows?.length === 0 && paging.hasOlder && (
                  <Button loading={isLoading} onClick={() => void paging.showPage(1)}>
                    {text.search.further}
                  </Button>
                )}
                <Button onClick={() => setIsReplaying(true)}>{text.events.replayMany}</Button>
              </SpaceBetween>
            }
          >
            {text.events.title}
          </Header>
        }
        empty={
          paging.hasOlder ? (
            <EmptyState title={text.search.noneYet} next={text.events.noneYetNext} error={rows ? undefined : error} />
          ) : (
            <EmptyState
              title={isFiltered ? text.events.noMatch : text.events.none}
              next={isFiltered ? text.events.noMatchNext : text.events.noneNext}
              error={rows ? undefined : error}
            />
          )
        }
        pagination={
          rows &&
          rows.length > 0 &&
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
