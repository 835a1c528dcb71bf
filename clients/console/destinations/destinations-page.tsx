/** The list of destinations. */
import type { TableProps } from '@cloudscape-design/components/table';
import { ListedHealth } from '../deliveries/destination-health.tsx';
import { narrowWindow } from '../shell/fitting-table.tsx';
import { CreateButton, ListPage } from '../shell/list-page.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { type ListedDestination, useDestinations } from './all-destinations.ts';

/** A row is found by “Paused” too, which its health says. */
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
    id: 'health',
    header: text.destinations.health,
    minWidth: 170,
    cell: ({ name, status }) => <ListedHealth name={name} isPaused={status === 'paused'} />,
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

const create = {
  label: text.destinations.create,
  to: '/create-destination',
  action: 'createDestination',
  notAllowed: text.destinations.createNotAllowed,
} as const;

export function DestinationsPage() {
  useTitle(text.destinations.title);
  const { data, error, refetch } = useDestinations();
  const rows = data?.map(
    (each): Row => ({
      ...each,
      statusWords: each.status === 'paused' ? text.destinations.statuses.paused : '',
      authWords: text.destinations.authKinds[each.authKind],
    }),
  );
  return (
    <ListPage<Row>
      rows={rows}
      error={error}
      retry={refetch}
      words={text.destinations}
      columns={columns}
      trackBy={({ name }) => name}
      narrow={narrowWindow.many}
      button={<CreateButton {...create} variant="primary" />}
      emptyButton={<CreateButton {...create} variant="normal" />}
      search={{
        label: text.destinations.search,
        noMatch: text.destinations.noMatch,
        fields: ['name', 'description', 'origin', 'method', 'statusWords', 'authWords'],
      }}
    />
  );
}
