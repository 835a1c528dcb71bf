/** What came over time as a table, with the same numbers as the chart, for who can't see that or wants to read them. */
import { FittingTable, useIsNarrow } from '../shell/fitting-table.tsx';
import { chartsText } from './charts-text.ts';
import { countColumns, narrowFor } from './count-columns.tsx';
import type { LinkOf } from './count-link.tsx';
import { isNothing, type TrafficBar } from './periods.ts';
import { barText } from './span-text.ts';

interface TrafficTableProps {
  bars: readonly TrafficBar[];
  zone: string;
  linkOf: LinkOf;
}

export function TrafficTable({ bars, zone, linkOf }: TrafficTableProps) {
  const rows = bars.filter((bar) => !isNothing(bar)).toReversed();
  const narrow = narrowFor(rows);
  const isNarrow = useIsNarrow(narrow);
  return (
    <FittingTable<TrafficBar>
      narrow={narrow}
      variant="embedded"
      items={rows}
      columnDefinitions={[
        {
          id: 'time',
          header: chartsText.time,
          isRowHeader: true,
          minWidth: 255,
          cell: (bar) => barText(bar, zone),
        },
        ...countColumns<TrafficBar>({ rows, isNarrow, zone, spanOf: (bar) => bar, linksOf: () => linkOf }),
      ]}
      trackBy="from"
      ariaLabels={{ tableLabel: chartsText.title }}
    />
  );
}
