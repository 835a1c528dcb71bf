/** What came over time as a table, with the same numbers as the chart, for who can't see that or wants to read them. */
import type { TableProps } from '@cloudscape-design/components/table';
import { reasonText } from '../rejections/sample-text.ts';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { chartsText } from './charts-text.ts';
import { CountLink, type LinkOf } from './count-link.tsx';
import { type Bar, type CountedField, type Counts, isNothing, isZero } from './periods.ts';
import { barText } from './span-text.ts';

/** The reasons of what was refused, each with its count. */
export const reasonsText = ({ reasons }: Pick<Counts, 'reasons'>): string =>
  reasons.map(([reason, count]) => chartsText.reason(reasonText(reason), count)).join(', ');

const shownFields: readonly CountedField[] = ['accepted', 'refused', 'duplicates', 'conflicts'];

/** What most bars have none of, and then takes no place. */
const isRare = (field: CountedField): boolean => field === 'duplicates' || field === 'conflicts';

interface TrafficTableProps {
  bars: readonly Bar[];
  zone: string;
  linkOf: LinkOf;
}

export function TrafficTable({ bars, zone, linkOf }: TrafficTableProps) {
  const columns: TableProps.ColumnDefinition<Bar>[] = [
    {
      id: 'time',
      header: chartsText.time,
      isRowHeader: true,
      minWidth: 220,
      cell: (bar) => barText(bar, zone),
    },
    ...shownFields.map((field) => ({
      id: field,
      header: chartsText.fields[field],
      cell: (bar: Bar) =>
        isRare(field) && isZero(bar[field]) ? undefined : (
          <CountLink counts={bar} span={bar} field={field} zone={zone} linkOf={linkOf} />
        ),
    })),
    { id: 'why', header: chartsText.why, minWidth: 160, cell: reasonsText },
  ];
  return (
    <FittingTable<Bar>
      narrow={narrowWindow.short}
      variant="embedded"
      items={bars.filter((bar) => !isNothing(bar)).toReversed()}
      columnDefinitions={columns}
      trackBy="from"
      wrapLines
      ariaLabels={{ tableLabel: chartsText.title }}
    />
  );
}
