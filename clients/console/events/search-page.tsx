/** The search of the events of all connections. */
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { eventsText } from '../events-text.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { useOpened } from './event-columns.tsx';
import { EventFilters } from './event-filters.tsx';
import { type EventView, saysWhat } from './event-request.ts';
import { EventRows } from './event-rows.tsx';
import { hashOf, useEventView } from './event-view.ts';
import { notesOf } from './found-table.tsx';
import { eventsFound, type FoundEvent, type Searched, useSearchOfAll } from './search-of-all.ts';

const words = eventsText.all;
const pageSize = 50;

type Search = ReturnType<typeof useSearchOfAll>;

/** Why there are no events, and what to do: by how far the search has come. */
function noEvents({ all, reason, isCut, mistake }: Search, view: EventView): { title: string; next: string } {
  if (mistake !== undefined) return { title: text.search.mistaken, next: text.search.mistakenNext };
  if (!saysWhat(view)) return { title: words.nothing, next: words.nothingNext };
  if (all?.names?.length === 0) return { title: words.noConnections, next: words.noConnectionsNext };
  const isOver = all?.names !== undefined && !reason && !isCut;
  return {
    title: isOver ? text.search.none : text.search.noneYet,
    next: isCut ? words.stoppedNext : words.noneNext,
  };
}

function Events({ search, view }: { search: Search; view: EventView }) {
  const { all, reason, isCut, begin, stop, goOn } = search;
  const opened = useOpened('all connections');
  const [isAgain, setIsAgain] = useState(false);
  function again() {
    setIsAgain(true);
    begin();
  }
  const [chosen, setPage] = useState(0);
  const rows = all ? eventsFound(all) : [];
  const pageCount = Math.max(1, Math.ceil(rows.length / pageSize));
  const page = Math.min(chosen, pageCount - 1);
  const searched = all?.searched.length ?? 0;
  const failed = all?.searched.filter(({ error }) => error !== undefined).length ?? 0;
  return (
    <EventRows<FoundEvent>
      items={rows.slice(page * pageSize, (page + 1) * pageSize)}
      nameOf={({ connection }) => connection}
      opened={opened}
      more={[
        {
          id: 'connection',
          header: words.connection,
          cell: ({ connection }) => <PageLink to={`/connections/${connection}`}>{connection}</PageLink>,
        },
      ]}
      loading={reason !== undefined && rows.length === 0}
      loadingText={text.search.loading}
      header={
        <Header
          variant="h2"
          counter={all && `(${rows.length})`}
          description={
            <LiveRegion>
              {all?.names && (reason ? words.searching : words.searched)(searched, all.names.length)}
              {failed > 0 && `. ${words.failed(failed)}`}
            </LiveRegion>
          }
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {(isCut || reason === 'goOn') && (
                <Button loading={reason === 'goOn'} onClick={goOn}>
                  {words.goOn}
                </Button>
              )}
              {reason && <Button onClick={stop}>{text.search.stop}</Button>}
              {/* Also after a search that could not begin. */}
              {search.mistake === undefined && (all || search.error !== undefined || isAgain) && reason !== 'goOn' && (
                <Button iconName="refresh" loading={reason === 'begin'} onClick={again}>
                  {eventsText.again}
                </Button>
              )}
            </SpaceBetween>
          }
        >
          {text.search.title}
        </Header>
      }
      empty={
        <EmptyState
          {...noEvents(search, view)}
          error={saysWhat(view) && search.mistake === undefined && all === undefined}
        />
      }
      pagination={
        pageCount > 1 && (
          <Pagination
            currentPageIndex={page + 1}
            pagesCount={pageCount}
            onChange={({ detail }) => setPage(detail.currentPageIndex - 1)}
          />
        )
      }
    />
  );
}

/** What was found in each connection, with the way to look further there. */
const Connections = ({ searched, view }: { searched: readonly Searched[]; view: EventView }) => (
  <FittingTable<Searched>
    narrow={narrowWindow.short}
    items={searched}
    columnDefinitions={[
      {
        id: 'name',
        header: words.connection,
        isRowHeader: true,
        cell: ({ name }) => <PageLink to={`/connections/${name}/events${hashOf(view)}`}>{name}</PageLink>,
      },
      { id: 'found', header: words.found, cell: ({ found }) => found.items.length },
      {
        id: 'looked',
        header: words.looked,
        cell: ({ found, error }) =>
          error === undefined ? (
            notesOf(found, view.large !== '').map((note) => <div key={note}>{note}</div>)
          ) : (
            <ProblemAlert error={error} title={words.failedOne} />
          ),
      },
    ]}
    trackBy="name"
    wrapLines
    header={
      <Header variant="h2" description={words.connectionsHint}>
        {words.connections}
      </Header>
    }
  />
);

export default function SearchPage() {
  useTitle(words.title);
  const [view, setView] = useEventView('all connections');
  const search = useSearchOfAll(view);
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={words.intro}>
        {words.title}
      </Header>
      <EventFilters applied={view} mistake={search.mistake} isBusy={search.reason === 'begin'} apply={setView} />
      <ProblemAlert error={search.mistake === undefined ? search.error : undefined} />
      <Events key={hashOf(view)} search={search} view={view} />
      {search.all && search.all.searched.length > 0 && <Connections searched={search.all.searched} view={view} />}
    </SpaceBetween>
  );
}
