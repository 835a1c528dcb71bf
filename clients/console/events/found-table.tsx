/** What a search has found, in the table of the list, and how far it looked. */
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { exactTime } from '../relative-time.ts';
import { useRemembered } from '../session/remembered.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { text } from '../text.ts';
import { useOpened } from './event-columns.tsx';
import type { EventListItem } from './event-pages.ts';
import type { EventListView } from './event-request.ts';
import { EventRows } from './event-rows.tsx';
import type { EventSearch } from './event-search.ts';
import { hashOf } from './event-view.ts';
import { pageOfFound, SearchActions } from './search-actions.tsx';
import type { Found, Skipped } from './search-pages.ts';

const words = text.search;

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
  view: EventListView;
}

export function FoundTable({ name, search, view }: FoundTableProps) {
  const { found, reason, mistake, error, begin, stop, lookFurther } = search;
  const opened = useOpened(name);
  const rows = found?.items ?? [];
  const page = pageOfFound(rows, useRemembered(`page of ${name}, ${hashOf(view)}`, 0));
  const canGoOn = found?.nextCursor !== undefined && found.nextCursor !== null;
  return (
    <SpaceBetween size="m">
      <ProblemAlert error={mistake === undefined ? error : undefined} />
      <EventRows<EventListItem>
        {...page}
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
              <SearchActions
                goOnLabel={words.further}
                canGoOn={canGoOn}
                goOn={lookFurther}
                stop={stop}
                begin={begin}
                isBegun={found !== undefined || error !== undefined}
                isMistaken={mistake !== undefined}
                doing={reason && (reason === 'further' ? 'going on' : 'beginning')}
              />
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
      />
    </SpaceBetween>
  );
}
