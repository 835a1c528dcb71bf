/** A table of what the API lists page by page, the newest first. Older rows are read on request. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { useSession } from '../session/session.tsx';
import { text } from '../text.ts';
import { EmptyState } from './empty-state.tsx';
import { FittingTable, narrowWindow } from './fitting-table.tsx';
import { ProblemAlert } from './problem-alert.tsx';

export interface PagedTableProps<Line> {
  queryKey: QueryKey;
  /** Reads a page. */
  readPage: (
    api: ApiClient,
    query: { limit: string; cursor?: string },
  ) => Promise<{ items: Line[]; nextCursor: string | null }>;
  columns: TableProps.ColumnDefinition<Line>[];
  trackBy: (line: Line) => string;
  words: {
    title: string;
    loading: string;
    /** The title of an empty table, and what is said below it. */
    none: string;
    noneNext: string;
    /** The label of the button that reads older rows. */
    older: string;
  };
  /** The rows to show, of all that were read. By default all. */
  shown?: (lines: Line[]) => Line[];
  /** What can be done with all that was read. It stands beside the title. */
  besideTitle?: (lines: readonly Line[]) => ReactNode;
  /** The widest window in which the columns don't fit beside each other. */
  narrow?: number;
  /** The time between two reads, in ms. By default the table is read once. */
  everyMs?: number;
}

export function PagedTable<Line>(props: PagedTableProps<Line>) {
  const {
    queryKey,
    readPage,
    columns,
    trackBy,
    words,
    shown,
    besideTitle,
    narrow = narrowWindow.long,
    everyMs,
  } = props;
  const { api } = useSession();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } =
    useInfiniteQuery({
      queryKey,
      initialPageParam: undefined as string | undefined,
      queryFn: ({ pageParam }) => readPage(api, { limit: '50', ...(pageParam && { cursor: pageParam }) }),
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      ...(everyMs !== undefined && { refetchInterval: everyMs }),
    });
  const lines = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <SpaceBetween size="m">
      {!data && <ProblemAlert error={error} retry={refetch} />}
      {isFetchNextPageError && <ProblemAlert error={error} />}
      <FittingTable<Line>
        narrow={narrow}
        items={shown ? shown(lines) : lines}
        columnDefinitions={columns}
        loading={!data && !error}
        loadingText={words.loading}
        trackBy={trackBy}
        header={
          <Header variant="h2" actions={besideTitle?.(lines)}>
            {words.title}
          </Header>
        }
        empty={
          // A page can be empty although more follow.
          hasNextPage ? (
            <EmptyState title={text.shell.noneYet} next={text.shell.noneYetNext(words.older)} />
          ) : (
            <EmptyState title={words.none} next={words.noneNext} error={data ? undefined : error} />
          )
        }
        footer={
          hasNextPage && (
            <Box textAlign="center">
              <Button loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
                {words.older}
              </Button>
            </Box>
          )
        }
      />
    </SpaceBetween>
  );
}
