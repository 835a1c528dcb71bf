/** What a search has found, in the table of the list, and how far it looked. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { refusedTexts } from '../../../shared/operators/api/refused-delivery.ts';
import { exactTime } from '../relative-time.ts';
import { useRemembered } from '../session/remembered.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { text } from '../text.ts';
import { Sent, useOpened } from './event-columns.tsx';
import type { EventListView } from './event-request.ts';
import { EventRows } from './event-rows.tsx';
import type { EventSearch } from './event-search.ts';
import { hashOf } from './event-view.ts';
import { pageOfFound, SearchActions } from './search-actions.tsx';
import type { Found, FoundEvent, Skipped } from './search-pages.ts';
import { wantedOf } from './wanted-text.ts';

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

/** What was refused in this time, with the way there. */
export function RefusedNotes({ name, refused }: { name: string; refused: Found['refused'] }) {
  const texts = refused ? refusedTexts(refused) : [];
  return (
    texts.length > 0 && (
      <>
        {texts.map((line) => (
          <div key={line}>{line}</div>
        ))}
        <PageLink to={`/connections/${name}/rejections`}>{words.refused}</PageLink>
      </>
    )
  );
}

/** The column that says where the text stands, if a text is looked for. */
export const placeColumns = <Event extends FoundEvent>({
  contains,
}: EventListView): TableProps.ColumnDefinition<Event>[] =>
  contains === ''
    ? []
    : [
        {
          id: 'places',
          header: words.foundIn,
          cell: ({ places }) =>
            places?.map(({ in: field, at = '', text }) => (
              <div key={`${field} ${at} ${text}`}>
                <Box color="text-body-secondary" fontSize="body-s">
                  {words.places[field]} <Sent text={at} />
                </Box>
                <Sent text={text} />
              </div>
            )),
        },
      ];

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
      <EventRows<FoundEvent>
        {...page}
        more={placeColumns<FoundEvent>(view)}
        nameOf={() => name}
        wantedOf={wantedOf(view)}
        opened={opened}
        loading={reason !== undefined && rows.length === 0}
        loadingText={words.loading}
        header={
          <Header
            variant="h2"
            description={
              <LiveRegion>
                {found && notesOf(found, view.large !== '').map((note) => <div key={note}>{note}</div>)}
                {found && <RefusedNotes name={name} refused={found.refused} />}
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
