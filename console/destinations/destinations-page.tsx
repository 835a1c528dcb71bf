/** The list of destinations. */
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { DestinationStatus } from '../destination/destination-status.tsx';
import { wholeListInterval } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { hrefOf, PageLink, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { allDestinations, type ListedDestination } from './all-destinations.ts';

const rowsOfPage = 50;

type Row = ListedDestination & { statusWords: string; authWords: string };

const columns: TableProps.ColumnDefinition<Row>[] = [
  {
    id: 'name',
    header: text.destinations.name,
    sortingField: 'name',
    isRowHeader: true,
    cell: ({ name }) => <PageLink to={`/destinations/${name}`}>{name}</PageLink>,
  },
  {
    id: 'status',
    header: text.destinations.status,
    minWidth: 120,
    sortingField: 'statusWords',
    cell: ({ status }) => <DestinationStatus status={status} />,
  },
  { id: 'origin', header: text.destinations.origin, sortingField: 'origin', cell: ({ origin }) => origin },
  { id: 'method', header: text.destinations.method, sortingField: 'method', cell: ({ method }) => method },
  {
    id: 'auth',
    header: text.destinations.auth,
    minWidth: 130,
    sortingField: 'authWords',
    cell: ({ authWords }) => authWords,
  },
  {
    id: 'changed',
    header: text.destinations.changed,
    minWidth: 150,
    sortingField: 'updatedAt',
    cell: ({ updatedAt }) => <TimeAgo at={updatedAt} />,
  },
];

function CreateButton({ variant }: { variant: 'primary' | 'normal' }) {
  const { me } = useSession();
  const follow = useFollow();
  return (
    <ReasonedButton
      label={text.destinations.create}
      variant={variant}
      href={hrefOf('/create-destination')}
      onFollow={follow}
      reason={me.allowedActions.includes('createDestination') ? undefined : text.destinations.createNotAllowed}
    />
  );
}

export default function DestinationsPage() {
  useTitle(text.destinations.title);
  const { data, error, isPending, refetch } = useRead(['destinations'], allDestinations, {
    everyMs: (read) => wholeListInterval(read?.length ?? 0, rowsOfPage),
  });
  const rows = data?.map(
    (each): Row => ({
      ...each,
      statusWords: text.destinations.statuses[each.status],
      authWords: text.destinations.authKinds[each.authKind],
    }),
  );
  const { items, filterProps, collectionProps, paginationProps, filteredItemsCount, actions } = useCollection(
    rows ?? [],
    {
      filtering: {
        empty: (
          <EmptyState
            title={text.destinations.empty}
            next={text.destinations.emptyNext}
            error={data ? undefined : error}
          >
            <CreateButton variant="normal" />
          </EmptyState>
        ),
        noMatch: (
          <Box textAlign="center" padding="l">
            <SpaceBetween size="s">
              <b>{text.destinations.noMatch}</b>
              <Button onClick={() => actions.setFiltering('')}>{text.connections.clear}</Button>
            </SpaceBetween>
          </Box>
        ),
        fields: ['name', 'description', 'origin', 'method', 'statusWords', 'authWords'],
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
        columnDefinitions={columns}
        loading={isPending && !error}
        loadingText={text.destinations.loading}
        trackBy="name"
        wrapLines
        header={
          <Header variant="h1" counter={data && `(${data.length})`} actions={<CreateButton variant="primary" />}>
            {text.destinations.title}
          </Header>
        }
        filter={
          (data ? data.length > 0 : !error) && (
            <TextFilter
              {...filterProps}
              filteringPlaceholder={text.destinations.search}
              filteringAriaLabel={text.destinations.search}
              countText={text.connections.found(filteredItemsCount ?? 0)}
            />
          )
        }
        pagination={data && data.length > rowsOfPage && <Pagination {...paginationProps} />}
      />
    </SpaceBetween>
  );
}
