/** The list of connections. */
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { wholeListInterval } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { hrefOf, PageLink, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { StatusLabel } from '../shell/status-label.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { allConnections, type ListedConnection } from './all-connections.ts';
import { LastHour } from './last-hour.tsx';
import { useProviderName } from './providers.ts';

const rowsOfPage = 50;

type Row = ListedConnection & { providerName: string };

const columns: TableProps.ColumnDefinition<Row>[] = [
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
    cell: ({ stats }) => <LastHour stats={stats} />,
  },
  {
    id: 'lastEvent',
    header: text.connections.lastEvent,
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

export function ConnectionsPage() {
  useTitle(text.connections.title);
  const { data, error, isPending, refetch } = useRead(['connections'], allConnections, {
    // The counts of a connection cost the API three reads.
    everyMs: (read) => wholeListInterval(read?.length ?? 0, rowsOfPage),
  });
  const nameOf = useProviderName();
  const rows = data?.map((each): Row => ({ ...each, providerName: nameOf(each.provider) }));
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
        fields: ['name', 'providerName', 'provider', 'description', 'status'],
      },
      pagination: { pageSize: rowsOfPage },
      sorting: {},
    },
  );
  return (
    <SpaceBetween size="m">
      {!data && <ProblemAlert error={error} retry={refetch} />}
      <Table<Row>
        {...collectionProps}
        items={items}
        columnDefinitions={columns}
        loading={isPending && !error}
        loadingText={text.connections.loading}
        trackBy="name"
        header={
          <Header variant="h1" counter={data && `(${data.length})`} actions={<CreateButton variant="primary" />}>
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
