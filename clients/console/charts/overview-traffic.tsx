/** The traffic of all connections, and below it that of each. A bar of the chart narrows the list to its time. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useEffect, useRef, useState } from 'react';
import { EmptyState } from '../shell/empty-state.tsx';
import { FittingTable, useIsNarrow } from '../shell/fitting-table.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { overviewPath } from '../shell/page-paths.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import type { ByConnection, ConnectionCounts } from './by-connection.ts';
import { chartsText } from './charts-text.ts';
import { countColumns, narrowFor } from './count-columns.tsx';
import { beginningOf, ranges, type Span, zoneHere } from './periods.ts';
import { momentText, spanText } from './span-text.ts';
import { Traffic } from './traffic.tsx';
import { linksOf } from './traffic-links.ts';
import { type TrafficView, useTrafficView, viewHash } from './traffic-view.ts';
import { connectionsAtOnce, useByConnection } from './use-by-connection.ts';

const texts = chartsText.byConnection;

/** @param span of which the numbers are */
function columnsOf(
  rows: readonly ConnectionCounts[],
  isNarrow: boolean,
  view: TrafficView,
  span: Span,
  zone: string,
): TableProps.ColumnDefinition<ConnectionCounts>[] {
  return [
    {
      id: 'name',
      header: texts.connection,
      isRowHeader: true,
      minWidth: 160,
      cell: ({ name }) => (
        <PageLink to={`/connections/${name}/traffic${viewHash({ range: view.range, as: view.as })}`}>{name}</PageLink>
      ),
    },
    ...countColumns<ConnectionCounts>({
      rows,
      isNarrow,
      zone,
      spanOf: () => span,
      linksOf: ({ name }) => linksOf(name),
    }),
  ];
}

/** As everywhere in the console, a title has the focus when a person comes to its part of the page. */
function focusTitleIn(place: HTMLElement | null): void {
  const title = place?.querySelector('h2');
  if (!title) return;
  title.tabIndex = -1;
  title.focus();
}

type Counted = ReturnType<typeof useByConnection>;

interface CountsProps {
  view: TrafficView;
  show: (next: TrafficView) => void;
}

/** The title of the list, which has the focus when a bar of the chart is chosen. */
function ListHeader({ view, show, counted }: CountsProps & { counted: Counted }) {
  const { range, span, as } = view;
  const { data, error, readAgain, isReading } = counted;
  const place = useRef<HTMLDivElement>(null);
  const chosen = useRef(span?.from);
  useEffect(() => {
    // Who chooses a bar goes on here.
    if (span && span.from !== chosen.current) focusTitleIn(place.current);
    chosen.current = span?.from;
  }, [span]);
  return (
    <div ref={place}>
      <Header
        variant="h2"
        description={span ? spanText(span, zoneHere()) : `${texts.inRange[range]} ${texts.choose}`}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {span && <Button onClick={() => show({ range, as })}>{texts.whole}</Button>}
            {(data || !error) && (
              <Button iconName="refresh" loading={isReading} onClick={readAgain}>
                {texts.again}
              </Button>
            )}
          </SpaceBetween>
        }
      >
        {texts.title}
      </Header>
    </div>
  );
}

/** Why there are no rows. */
function NoCounts({
  view: { range, span },
  counted: { data, error, isGone },
}: {
  view: TrafficView;
  counted: Counted;
}) {
  if (isGone) return <EmptyState title={texts.notKept} next={texts.notKeptNext} />;
  const next = texts.noneNext(range, span !== undefined);
  return <EmptyState title={texts.none} next={next} error={data ? undefined : error} />;
}

/** Until when was counted, and what the list leaves out. */
const notesOf = ({ asOf, others }: ByConnection, uncounted: number, zone: string): string =>
  [
    asOf && chartsText.asOf(momentText(asOf, zone)),
    others > 0 && texts.others(others),
    uncounted > 0 && texts.notCounted(uncounted),
    texts.deleted,
  ]
    .filter(Boolean)
    .join(' ');

function CountsByConnection({ view, show }: CountsProps) {
  const { range, span } = view;
  const zone = zoneHere();
  const now = new Date();
  const [limit, setLimit] = useState(connectionsAtOnce);
  const counted = useByConnection(view, limit);
  const { data, error, readAgain, isGone, uncounted } = counted;
  const rows = data?.rows ?? [];
  const narrow = narrowFor(rows);
  const isNarrow = useIsNarrow(narrow);
  const shown = span ?? {
    from: beginningOf(ranges[range], now, zone).toISOString(),
    to: data?.asOf || now.toISOString(),
  };
  return (
    <SpaceBetween size="s">
      {!data && <ProblemAlert error={error} title={texts.failed} retry={readAgain} retryLabel={texts.again} />}
      <FittingTable<ConnectionCounts>
        narrow={narrow}
        items={rows}
        columnDefinitions={columnsOf(rows, isNarrow, view, shown, zone)}
        loading={!data && !error && !isGone}
        loadingText={texts.loading}
        trackBy="name"
        header={<ListHeader view={view} show={show} counted={counted} />}
        empty={<NoCounts view={view} counted={counted} />}
      />
      {data && <Box variant="small">{notesOf(data, uncounted, zone)}</Box>}
      {data && uncounted > 0 && (
        <Button onClick={() => setLimit(limit + connectionsAtOnce)}>
          {texts.more(Math.min(connectionsAtOnce, uncounted))}
        </Button>
      )}
    </SpaceBetween>
  );
}

export function OverviewTraffic() {
  const [view, show] = useTrafficView();
  return (
    <SpaceBetween size="l">
      <Traffic
        view={view}
        show={show}
        linkOf={(field, { from, to }) =>
          field === 'accepted' || field === 'refused'
            ? `${overviewPath}${viewHash({ ...view, span: { from, to } })}`
            : undefined
        }
      />
      <CountsByConnection view={view} show={show} />
    </SpaceBetween>
  );
}
