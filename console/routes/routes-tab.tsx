/** The rules that route the events of a connection to destinations, in their order. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { inOrder } from '../events/body-bytes.ts';
import { refreshMs } from '../poll-interval.ts';
import { routesText } from '../routes-text.ts';
import { useRead } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import './routes-tab.css';

type Rule = ApiAnswer<'GET /v1/connections/{name}/routes'>['rules'][number];
/** A rule with its place, from 1. */
type Row = Rule & { place: number };

const Code = ({ children }: { children: string }) => (
  <Box variant="code">
    <span className="rule-code">{inOrder(children)}</span>
  </Box>
);

const columns: TableProps.ColumnDefinition<Row>[] = [
  {
    id: 'rule',
    header: routesText.rule,
    isRowHeader: true,
    minWidth: 120,
    cell: ({ place, id }) => routesText.inOrder(place, id),
  },
  {
    id: 'when',
    header: routesText.when,
    minWidth: 250,
    cell: ({ when }) => (when ? <Code>{JSON.stringify(when, null, 2)}</Code> : routesText.everyEvent),
  },
  {
    id: 'transform',
    header: routesText.transform,
    minWidth: 200,
    cell: ({ transform }) => (transform === undefined ? routesText.asItCame : <Code>{transform}</Code>),
  },
  {
    id: 'to',
    header: routesText.to,
    minWidth: 110,
    cell: ({ to }) => <PageLink to={`/destinations/${to}`}>{to}</PageLink>,
  },
];

export default function RoutesTab({ name }: { name: string }) {
  const { me } = useSession();
  const { data, error, refetch } = useRead(
    ['routes', name],
    (api) => api.call('GET /v1/connections/{name}/routes', { params: { name } }),
    { everyMs: refreshMs.release },
  );
  const rules = data?.rules.map((rule, index): Row => ({ ...rule, place: index + 1 })) ?? [];
  // The API takes rules from whoever may change destinations.
  const isAdmin = me.allowedActions.includes('changeDestination');
  return (
    <SpaceBetween size="m">
      {!data && <ProblemAlert error={error} retry={refetch} />}
      <FittingTable<Row>
        narrow={narrowWindow.long}
        items={rules}
        columnDefinitions={columns}
        loading={!data && !error}
        loadingText={routesText.loading}
        trackBy="id"
        wrapLines
        header={
          <Header
            variant="h2"
            description={[
              ...(data && rules.length > 0 ? [routesText.modes[data.mode]] : []),
              ...(isAdmin ? [routesText.change(name)] : []),
            ].join(' ')}
          >
            {routesText.title}
          </Header>
        }
        empty={<EmptyState title={routesText.none} next={routesText.noneNext} error={data ? undefined : error} />}
      />
    </SpaceBetween>
  );
}
