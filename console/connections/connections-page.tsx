/** The list of connections. */
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { wholeListInterval } from '../poll-interval.ts';
import { absoluteTime } from '../relative-time.ts';
import { useRead } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { hrefOf, PageLink, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { StatusLabel, statusWords } from '../shell/status-label.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { allConnections, type ListedConnection } from './all-connections.ts';
import { LastHour } from './last-hour.tsx';
import { useProviderName } from './providers.ts';
import { greatestMinute } from './sparkline.ts';

const rowsOfPage = 50;

type Row = ListedConnection & { providerName: string; statusWords: string };

/** Compares by a number. Connections without one are the least. */
const by = (numberOf: (row: Row) => number | undefined) => (one: Row, other: Row) =>
  (numberOf(one) ?? -1) - (numberOf(other) ?? -1);

const lastEventMs = ({ stats }: Row) => (stats?.lastEventAt ? Date.parse(stats.lastEventAt) : undefined);

// The table knows the sorted column by its comparator, which has to be the same at each rendering.
const byLastHour = by(({ stats }) => stats && stats.lastHour.events + stats.lastHour.rejections);
const byLastEvent = by(lastEventMs);

const columnsOf = (greatest: number): TableProps.ColumnDefinition<Row>[] => [
  {
    id: 'name',
    header: text.connections.name,
    sortingField: 'name',
    isRowHeader: true,
    cell: ({ name }) => <PageLink to={`/connections/${name}`}>{name}</PageLink>,
  },
  {
    id: 'status',
    header: text.connections.status,
    minWidth: 170,
    sortingField: 'status',
    cell: (record) => <StatusLabel record={record} />,
  },
  {
    id: 'provider',
    header: text.connections.provider,
    sortingField: 'providerName',
    cell: ({ providerName }) => providerName,
  },
  {
    id: 'lastHour',
    header: text.connections.lastHour,
    sortingComparator: byLastHour,
    cell: ({ stats }) => stats && <LastHour stats={stats} greatest={greatest} />,
  },
  {
    id: 'lastEvent',
    header: text.connections.lastEvent,
    minWidth: 130,
    sortingComparator: byLastEvent,
    cell: ({ stats }) => (stats?.lastEventAt ? <TimeAgo at={stats.lastEventAt} /> : text.connections.never),
  },
];

function CreateButton({ variant }: { variant: 'primary' | 'normal' }) {
  const { me } = useSession();
  const follow = useFollow();
  const isAllowed = me.allowedActions.includes('createConnection');
  return (
    <ReasonedButton
      label={text.connections.create}
      variant={variant}
      href={hrefOf('/create')}
      onFollow={follow}
      reason={isAllowed ? undefined : text.connections.createNotAllowed}
    />
  );
}

/** Until when all of these connections are counted. */
const countedUpTo = (listed: readonly ListedConnection[]): string =>
  listed.flatMap(({ stats }) => stats?.asOf ?? []).sort()[0] ?? '';

export function ConnectionsPage() {
  useTitle(text.connections.title);
  const { data, error, isPending, refetch } = useRead(['connections'], allConnections, {
    // The counts of a connection cost the API a read.
    everyMs: (read) => wholeListInterval(read?.length ?? 0, rowsOfPage),
  });
  const nameOf = useProviderName();
  const rows = data?.map(
    (each): Row => ({ ...each, providerName: nameOf(each.provider), statusWords: statusWords(each) }),
  );
  const greatest = greatestMinute(data?.flatMap(({ stats }) => stats?.lastHour ?? []) ?? []);
  const { items, filterProps, collectionProps, paginationProps, filteredItemsCount, actions } = useCollection(
    rows ?? [],
    {
      filtering: {
        empty: (
          <EmptyState title={text.connections.empty} next={text.connections.emptyNext} error={data ? undefined : error}>
            <CreateButton variant="normal" />
          </EmptyState>
        ),
        noMatch: (
          <Box textAlign="center" padding="l">
            <SpaceBetween size="s">
              <b>{text.connections.noMatch}</b>
              <Button onClick={() => actions.setFiltering('')}>{text.connections.clear}</Button>
            </SpaceBetween>
          </Box>
        ),
        fields: ['name', 'providerName', 'provider', 'description', 'statusWords'],
      },
      pagination: { pageSize: rowsOfPage },
      sorting: {},
    },
  );
  return (
    <SpaceBetween size="m">
      {!data && <ProblemAlert error={error} retry={refetch} />}
      <FittingTable<Row>
        narrow={narrowWindow.short}
        {...collectionProps}
        items={items}
        columnDefinitions={columnsOf(greatest)}
        loading={isPending && !error}
        loadingText={text.connections.loading}
        trackBy="name"
        wrapLines
        header={
          <Header
            variant="h1"
            counter={data && `(${data.length})`}
            description={greatest > 0 && text.connections.legend(greatest, absoluteTime(countedUpTo(data ?? [])))}
            actions={<CreateButton variant="primary" />}
          >
            {text.connections.title}
          </Header>
        }
        filter={
          (data ? data.length > 0 : !error) && (
            <TextFilter
              {...filterProps}
              filteringPlaceholder={text.connections.search}
              filteringAriaLabel={text.connections.search}
              countText={text.connections.found(filteredItemsCount ?? 0)}
            />
          )
        }
        pagination={data && data.length > rowsOfPage && <Pagination {...paginationProps} />}
      />
    </SpaceBetween>
  );
}
