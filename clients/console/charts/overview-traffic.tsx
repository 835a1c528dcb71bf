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
import type { ConnectionCounts } from './by-connection.ts';
import { chartsText } from './charts-text.ts';
import { countColumns, narrowFor } from './count-columns.tsx';
import { beginningOf, ranges, type Span, zoneHere } from './periods.ts';
import { momentText, spanText } from './span-text.ts';
import { Traffic } from './traffic.tsx';
import { linksOf } from './traffic-links.ts';
import { type TrafficView, useTrafficView, viewHash } from './traffic-view.ts';
import { pageSize, useByConnection } from './use-by-connection.ts';

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

interface ByConnectionProps {
  view: TrafficView;
  show: (next: TrafficView) => void;
}

function ByConnection({ view, show }: ByConnectionProps) {
  const { range, span } = view;
  const zone = zoneHere();
  const now = new Date();
  const [limit, setLimit] = useState(pageSize);
  const { data, error, readAgain, isReading, isGone, uncounted } = useByConnection(view, limit);
  const narrow = narrowFor(data?.rows ?? []);
  const isNarrow = useIsNarrow(narrow);
  const place = useRef<HTMLDivElement>(null);
  const chosen = useRef(span?.from);
  useEffect(() => {
    // Who chooses a bar goes on here.
    if (span && span.from !== chosen.current) focusTitleIn(place.current);
    chosen.current = span?.from;
  }, [span]);
  const shown = span ?? {
    from: beginningOf(ranges[range], now, zone).toISOString(),
    to: data?.asOf || now.toISOString(),
  };
  return (
    <SpaceBetween size="s">
      {!data && <ProblemAlert error={error} title={texts.failed} retry={readAgain} retryLabel={texts.again} />}
      <FittingTable<ConnectionCounts>
        narrow={narrow}
        items={data?.rows ?? []}
        columnDefinitions={columnsOf(data?.rows ?? [], isNarrow, view, shown, zone)}
        loading={!data && !error && !isGone}
        loadingText={texts.loading}
        trackBy="name"
        wrapLines
        header={
          <div ref={place}>
            <Header
              variant="h2"
              description={span ? spanText(span, zone) : `${texts.inRange[range]} ${texts.choose}`}
              actions={
                <SpaceBetween direction="horizontal" size="xs">
                  {span && <Button onClick={() => show({ range, as: view.as })}>{texts.whole}</Button>}
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
        }
        empty={
          isGone ? (
            <EmptyState title={texts.notKept} next={texts.notKeptNext} />
          ) : (
            <EmptyState
              title={texts.none}
              next={texts.noneNext(range, span !== undefined)}
              error={data ? undefined : error}
            />
          )
        }
      />
      {data && (
        <Box variant="small">
          {[
            data.asOf && chartsText.asOf(momentText(data.asOf, zone)),
            data.others > 0 && texts.others(data.others),
            uncounted > 0 && texts.notCounted(uncounted),
            texts.deleted,
          ]
            .filter(Boolean)
            .join(' ')}
        </Box>
      )}
      {data && uncounted > 0 && (
        <Button onClick={() => setLimit(limit + pageSize)}>{texts.more(Math.min(pageSize, uncounted))}</Button>
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
      <ByConnection view={view} show={show} />
    </SpaceBetween>
  );
}
