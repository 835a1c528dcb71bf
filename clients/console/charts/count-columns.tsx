/** The columns of a table of counts: how much, and why it was refused. */
import type { TableProps } from '@cloudscape-design/components/table';
import { reasonText } from '../rejections/sample-text.ts';
import { narrowWindow } from '../shell/fitting-table.tsx';
import { chartsText } from './charts-text.ts';
import { CountLink, type LinkOf } from './count-link.tsx';
import { isZero, type ShownCount, type Span, shownCounts, type TrafficCounts } from './periods.ts';

/** The reasons of what was refused, each with its count. */
export const reasonsText = ({ reasons }: Pick<TrafficCounts, 'reasons'>): string =>
  reasons.map(([reason, count]) => chartsText.reason(reasonText(reason), count)).join(', ');

/** What most webhooks are. What else may become of one has a column only if a row has some, so that an empty cell never has to be explained. */
const usual: readonly ShownCount[] = ['accepted', 'refused'];

/** The fields that some row has. */
const fieldsOf = (rows: readonly TrafficCounts[]): ShownCount[] =>
  shownCounts.filter((field) => usual.includes(field) || rows.some((row) => !isZero(row[field])));

/** The widest window in which the columns of these rows don't fit beside each other. */
export const narrowFor = (rows: readonly TrafficCounts[]): number =>
  fieldsOf(rows).length > usual.length ? narrowWindow.long : narrowWindow.short;

interface CountColumns<Row> {
  rows: readonly Row[];
  /** Whether the columns are below each other, where none of what is rare would only take room. */
  isNarrow: boolean;
  zone: string;
  /** The time of a row. */
  spanOf: (row: Row) => Span;
  /** Where the numbers of a row lead to. */
  linksOf: (row: Row) => LinkOf;
}

export const countColumns = <Row extends TrafficCounts>({
  rows,
  isNarrow,
  zone,
  spanOf,
  linksOf,
}: CountColumns<Row>): TableProps.ColumnDefinition<Row>[] => [
  ...fieldsOf(rows).map((field) => ({
    id: field,
    header: chartsText.fields[field],
    cell: (row: Row) =>
      isNarrow && !usual.includes(field) && isZero(row[field]) ? undefined : (
        <CountLink counts={row} span={spanOf(row)} field={field} zone={zone} linkOf={linksOf(row)} />
      ),
  })),
  { id: 'why', header: chartsText.why, minWidth: 160, cell: reasonsText },
];
