/** What a search has found, in the table of the list, and how far it looked. */
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { eventsText } from '../events-text.ts';
import { exactTime } from '../relative-time.ts';
import { useRemembered } from '../session/remembered.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { text } from '../text.ts';
import { useOpened } from './event-columns.tsx';
import type { ListedEvent } from './event-reads.ts';
import type { EventView } from './event-request.ts';
import { EventRows } from './event-rows.tsx';
import type { EventSearch, Found, Skipped } from './event-search.ts';
import { hashOf } from './event-view.ts';

const words = text.search;
const pageSize = 50;

/** How far a search has looked, and what it could not decide. */
export function notesOf({ examined, backTo, upTo, skipped, nextCursor }: Found, isLarge: boolean): string[] {
  const reasons = Object.entries(skipped) as [keyof Skipped, number][];
  const isWhole = nextCursor === null;
  return [
    backTo === undefined
      ? isWhole
        ? words.noEvents
        : words.lookedAtNone
      : words.lookedAt(examined, exactTime(backTo), isWhole),
    ...(upTo === undefined ? [] : [words.upTo(exactTime(upTo))]),
    ...reasons.map(([reason, count]) =>
      words.skipped(count, isLarge && reason === 'large' ? words.tooLarge : words.reasons[reason]),
    ),
  ];
}

interface FoundTableProps {
  name: string;
  search: EventSearch;
  view: EventView;
}

export function FoundTable({
  name,
  search: { found, reason, mistake, error, begin, stop, lookFurther },
  view,
}: FoundTableProps) {
  const opened = useOpened(name);
  const [isAgain, setIsAgain] = useState(false);
  function again() {
    setIsAgain(true);
    begin();
  }
  const [chosen, setPage] = useRemembered(`page of ${name}, ${hashOf(view)}`, 0);
  const rows = found?.items ?? [];
  const pageCount = Math.max(1, Math.ceil(rows.length / pageSize));
  const page = Math.min(chosen, pageCount - 1);
  const canGoOn = found?.nextCursor !== undefined && found.nextCursor !== null;
  return (
    <SpaceBetween size="m">
      <ProblemAlert error={mistake === undefined ? error : undefined} />
      <EventRows<ListedEvent>
        items={rows.slice(page * pageSize, (page + 1) * pageSize)}
        nameOf={() => name}
        opened={opened}
        loading={reason !== undefined && rows.length === 0}
        loadingText={words.loading}
        header={
          <Header
            variant="h2"
            description={
              <LiveRegion>
                {found && notesOf(found, view.large !== '').map((note) => <div key={note}>{note}</div>)}
              </LiveRegion>
            }
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                {canGoOn && (
                  <Button loading={reason === 'further'} onClick={lookFurther}>
                    {words.further}
                  </Button>
                )}
                {reason && <Button onClick={stop}>{words.stop}</Button>}
                {/* Also after a search that could not begin. */}
                {mistake === undefined && (found || error !== undefined || isAgain) && reason !== 'further' && (
                  <Button iconName="refresh" loading={reason === 'find'} onClick={again}>
                    {eventsText.again}
                  </Button>
                )}
              </SpaceBetween>
            }
          >
            {words.title}
          </Header>
        }
        empty={
          mistake === undefined ? (
            <EmptyState
              title={canGoOn ? words.noneYet : words.none}
              next={canGoOn ? words.noneYetNext : words.noneNext}
              error={found === undefined}
            />
          ) : (
            <EmptyState title={words.mistaken} next={words.mistakenNext} />
          )
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
    </SpaceBetween>
  );
}
