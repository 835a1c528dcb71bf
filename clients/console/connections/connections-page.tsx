/** The list of connections. */
import type { TableProps } from '@cloudscape-design/components/table';
import { wholeListInterval } from '../poll-interval.ts';
import { absoluteTime } from '../relative-time.ts';
import { useRead } from '../session/queries.tsx';
import { narrowWindow } from '../shell/fitting-table.tsx';
import { CreateButton, ListPage, rowsOfPage } from '../shell/list-page.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { StatusLabel, statusWords } from '../shell/status-label.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { allCountedConnections, type CountedConnection } from './all-connections.ts';
import { LastHour } from './last-hour.tsx';
import { useProviderName } from './providers.ts';
import { greatestMinute } from './sparkline.ts';

type Row = CountedConnection & { providerName: string; statusWords: string };

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

/** Until when all of these connections are counted. */
const countedUpTo = (listed: readonly CountedConnection[]): string =>
  listed.flatMap(({ stats }) => stats?.asOf ?? []).sort()[0] ?? '';

const create = {
  label: text.connections.create,
  to: '/create',
  action: 'createConnection',
  notAllowed: text.connections.createNotAllowed,
} as const;

export function ConnectionsPage() {
  useTitle(text.connections.title);
  const { data, error, refetch } = useRead(['connections'], allCountedConnections, {
    // The counts of a connection cost the API a read.
    everyMs: (read) => wholeListInterval(read?.length ?? 0, rowsOfPage),
  });
  const nameOf = useProviderName();
  const rows = data?.map(
    (each): Row => ({ ...each, providerName: nameOf(each.provider), statusWords: statusWords(each) }),
  );
  const greatest = greatestMinute(data?.flatMap(({ stats }) => stats?.lastHour ?? []) ?? []);
  return (
    <ListPage<Row>
      rows={rows}
      error={error}
      retry={refetch}
      words={text.connections}
      description={greatest > 0 && text.connections.legend(greatest, absoluteTime(countedUpTo(data ?? [])))}
      columns={columnsOf(greatest)}
      trackBy={({ name }) => name}
      narrow={narrowWindow.short}
      button={<CreateButton {...create} variant="primary" />}
      emptyButton={<CreateButton {...create} variant="normal" />}
      search={{
        label: text.connections.search,
        noMatch: text.connections.noMatch,
        fields: ['name', 'providerName', 'provider', 'description', 'statusWords'],
      }}
    />
  );
}
