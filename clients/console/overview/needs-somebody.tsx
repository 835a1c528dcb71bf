/**
 * The verdict, and below it what needs somebody, the most urgent first. What could not be read is said, so that an empty list is never more than
 * it says.
 */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Attention } from '../../../shared/operators/journal/attention.ts';
import { useRead } from '../session/queries.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { overviewKey } from '../shell/use-findings.ts';
import { text } from '../text.ts';
import { wayTo } from './attention-way.ts';
import { type ExplainedAttention, type Overview, readOverview } from './overview-reads.ts';
import { overviewText } from './overview-text.ts';
import { verdictOf } from './verdict.ts';
import { VerdictBand } from './verdict-band.tsx';

/** The time between two reads, in ms: what needs somebody needs it for longer. */
const everyMs = 60_000;

/** What loses something, or does not go on. All else will, or may. */
const errors: readonly Attention['kind'][] = [
  'secret_missing',
  'refusing',
  'events_given_up',
  'deliveries_given_up',
  'destination_failing',
];

function Since({ found }: { found: Attention }) {
  if (found.since === undefined) return overviewText.unknown;
  const note = { secret_missing: overviewText.atLeast, deliveries_given_up: overviewText.newest } as const;
  const said: string | undefined = Object.hasOwn(note, found.kind) ? note[found.kind as keyof typeof note] : undefined;
  return (
    <>
      {said !== undefined && `${said} `}
      <TimeAgo at={found.since} isMinute={found.kind === 'refusing'} />
    </>
  );
}

type Row = ExplainedAttention & { key: string };

const columns: TableProps.ColumnDefinition<Row>[] = [
  {
    id: 'what',
    header: overviewText.what,
    minWidth: 190,
    isRowHeader: true,
    cell: ({ kind }) => (
      <StatusIndicator type={errors.includes(kind) ? 'error' : 'warning'}>{overviewText.kinds[kind]}</StatusIndicator>
    ),
  },
  {
    id: 'where',
    header: overviewText.where,
    minWidth: 140,
    cell: (found) => {
      const { name, path } = wayTo(found);
      return <PageLink to={path}>{name}</PageLink>;
    },
  },
  { id: 'since', header: overviewText.since, minWidth: 150, cell: (found) => <Since found={found} /> },
  { id: 'why', header: overviewText.why, minWidth: 320, cell: overviewText.whyOf },
];

/** What this page did not look at, in sentences. */
const missing = ({ unread, skipped: { destinations, connections } }: Overview): string[] => [
  ...unread.map((part) => overviewText.parts[part]),
  ...(destinations > 0 ? [overviewText.notLookedAt(destinations)] : []),
  ...(connections > 0 ? [overviewText.notCounted(connections)] : []),
];

export function NeedsSomebody() {
  const { data, dataUpdatedAt, error, refetch } = useRead(overviewKey, (api) => readOverview(api, new Date()), {
    everyMs,
  });
  const unsaid = data ? missing(data) : [];
  const isWhole = unsaid.length === 0;
  return (
    <SpaceBetween size="m">
      {!data && <ProblemAlert error={error} retry={refetch} />}
      {data && <VerdictBand halves={verdictOf(data, dataUpdatedAt, new Date())} isUnread={!isWhole} />}
      {!isWhole && (
        <Alert
          type="warning"
          header={overviewText.unread}
          action={<Button onClick={() => void refetch()}>{text.problem.retry}</Button>}
        >
          {unsaid.join(' ')}
        </Alert>
      )}
      <FittingTable<Row>
        narrow={narrowWindow.short}
        items={data?.found.map((found): Row => ({ ...found, key: `${found.kind} ${wayTo(found).path}` })) ?? []}
        columnDefinitions={columns}
        loading={!data && !error}
        loadingText={overviewText.loading}
        trackBy="key"
        header={
          <Header variant="h2" counter={data && isWhole ? `(${data.found.length})` : ''}>
            {overviewText.attention}
          </Header>
        }
        empty={
          <EmptyState
            title={isWhole ? overviewText.none : overviewText.noneKnown}
            next={isWhole ? overviewText.noneNext : overviewText.noneKnownNext}
            error={data ? undefined : error}
          />
        }
      />
    </SpaceBetween>
  );
}
