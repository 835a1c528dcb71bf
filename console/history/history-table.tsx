/** A history, the newest entries first. Older ones are read on request. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import type { ApiClient } from '../../shared/api/api-client.ts';
import { useSession } from '../session/session.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { text } from '../text.ts';

interface HistoryTableProps<Line> {
  queryKey: QueryKey;
  /** Reads a page. */
  readPage: (
    api: ApiClient,
    query: { limit: string; cursor?: string },
  ) => Promise<{ items: Line[]; nextCursor: string | null }>;
  columns: TableProps.ColumnDefinition<Line>[];
  trackBy: (line: Line) => string;
  /** What is said below the title of an empty history. */
  noneNext: string;
  /** The entries to show, of all that were read. By default all. */
  shown?: (lines: Line[]) => Line[];
}

export function HistoryTable<Line>({ queryKey, readPage, columns, trackBy, noneNext, shown }: HistoryTableProps<Line>) {
  const { api } = useSession();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } =
    useInfiniteQuery({
      queryKey,
      initialPageParam: undefined as string | undefined,
      queryFn: ({ pageParam }) => readPage(api, { limit: '50', ...(pageParam && { cursor: pageParam }) }),
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    });
  const lines = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <SpaceBetween size="m">
      {!data && <ProblemAlert error={error} retry={refetch} />}
      {isFetchNextPageError && <ProblemAlert error={error} />}
      <FittingTable<Line>
        narrow={narrowWindow.long}
        items={shown ? shown(lines) : lines}
        columnDefinitions={columns}
        loading={!data && !error}
        loadingText={text.history.loading}
        trackBy={trackBy}
        wrapLines
        header={<Header variant="h2">{text.history.title}</Header>}
        empty={<EmptyState title={text.history.none} next={noneNext} error={data ? undefined : error} />}
        footer={
          hasNextPage && (
            <Box textAlign="center">
              <Button loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
                {text.history.older}
              </Button>
            </Box>
          )
        }
      />
    </SpaceBetween>
  );
}
