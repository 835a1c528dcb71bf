/** The search of the events of all connections. */
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
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
import { type EventListView, saysWhat } from './event-request.ts';
import { EventRows } from './event-rows.tsx';
import { hashOf, useEventView } from './event-view.ts';
import { notesOf, placeColumns, RefusedNotes } from './found-table.tsx';
import { pageOfFound, SearchActions } from './search-actions.tsx';
import { eventsFound, type FoundInConnection, type Searched, useSearchOfAll } from './search-of-all.ts';
import { wantedOf } from './wanted-text.ts';

const words = eventsText.all;

type Search = ReturnType<typeof useSearchOfAll>;

/** Why there are no events, and what to do: by how far the search has come. */
function noEvents({ all, reason, isCut, mistake }: Search, view: EventListView): { title: string; next: string } {
  if (mistake !== undefined) return { title: text.search.mistaken, next: text.search.mistakenNext };
  if (!saysWhat(view)) return { title: words.nothing, next: words.nothingNext };
  if (all?.names?.length === 0) return { title: words.noConnections, next: words.noConnectionsNext };
  const isOver = all?.names !== undefined && !reason && !isCut;
  return {
    title: isOver ? text.search.none : text.search.noneYet,
    next: isCut ? words.stoppedNext : words.noneNext,
  };
}

/** How far the search has come. */
function progressOf({ all, reason }: Search): string {
  if (!all) return '';
  const { names, searched } = all;
  const failed = searched.filter(({ error }) => error !== undefined).length;
  const done = names ? (reason ? words.searching : words.searched)(searched.length, names.length) : '';
  return failed > 0 ? `${done}. ${words.failed(failed)}` : done;
}

const connectionColumn: TableProps.ColumnDefinition<FoundInConnection> = {
  id: 'connection',
  header: words.connection,
  cell: ({ connection }) => <PageLink to={`/connections/${connection}`}>{connection}</PageLink>,
};

function Events({ search, view }: { search: Search; view: EventListView }) {
  const { all, reason, isCut, mistake, error, begin, stop, goOn } = search;
  const opened = useOpened('all connections');
  const rows = all ? eventsFound(all) : [];
  const page = pageOfFound(rows, useState(0));
  return (
    <EventRows<FoundInConnection>
      {...page}
      nameOf={({ connection }) => connection}
      wantedOf={wantedOf(view)}
      opened={opened}
      more={[connectionColumn, ...placeColumns<FoundInConnection>(view)]}
      loading={reason !== undefined && rows.length === 0}
      loadingText={text.search.loading}
      header={
        <Header
          variant="h2"
          counter={all && `(${rows.length})`}
          description={<LiveRegion>{progressOf(search)}</LiveRegion>}
          actions={
            <SearchActions
              goOnLabel={words.goOn}
              canGoOn={isCut || reason === 'goOn'}
              goOn={goOn}
              stop={stop}
              begin={begin}
              isBegun={all !== undefined || error !== undefined}
              isMistaken={mistake !== undefined}
              doing={reason && (reason === 'goOn' ? 'going on' : 'beginning')}
            />
          }
        >
          {text.search.title}
        </Header>
      }
      empty={
        <EmptyState {...noEvents(search, view)} error={saysWhat(view) && mistake === undefined && all === undefined} />
      }
    />
  );
}

/** What was found in each connection, with the way to look further there. */
const Connections = ({ searched, view }: { searched: readonly Searched[]; view: EventListView }) => (
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
        cell: ({ name, found, error }) =>
          error === undefined ? (
            <>
              {notesOf(found, view.large !== '').map((note) => (
                <div key={note}>{note}</div>
              ))}
              <RefusedNotes name={name} refused={found.refused} />
            </>
          ) : (
            <ProblemAlert error={error} title={words.failedOne} />
          ),
      },
    ]}
    trackBy="name"
    header={
      <Header variant="h2" description={words.connectionsHint}>
        {words.connections}
      </Header>
    }
  />
);

export function EventSearchPage() {
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
