/** The columns of a table of counts: how much, and why it was refused. */
import type { TableProps } from '@cloudscape-design/components/table';
import { reasonText } from '../rejections/sample-text.ts';
import { chartsText } from './charts-text.ts';
import { CountLink, type LinkOf } from './count-link.tsx';
import { type CountedField, type Counts, isZero, type Span } from './periods.ts';

/** The reasons of what was refused, each with its count. */
export const reasonsText = ({ reasons }: Pick<Counts, 'reasons'>): string =>
  reasons.map(([reason, count]) => chartsText.reason(reasonText(reason), count)).join(', ');

const shownFields: readonly CountedField[] = ['accepted', 'refused', 'duplicates', 'conflicts'];

/** What most rows have none of, and then takes no place. */
const isRare = (field: CountedField): boolean => field === 'duplicates' || field === 'conflicts';

interface CountColumns<Row> {
  zone: string;
  /** The time of a row. */
  spanOf: (row: Row) => Span;
  /** Where the numbers of a row lead to. */
  linksOf: (row: Row) => LinkOf;
}

export const countColumns = <Row extends Counts>({
  zone,
  spanOf,
  linksOf,
}: CountColumns<Row>): TableProps.ColumnDefinition<Row>[] => [
  ...shownFields.map((field) => ({
    id: field,
    header: chartsText.fields[field],
    cell: (row: Row) =>
      isRare(field) && isZero(row[field]) ? undefined : (
        <CountLink counts={row} span={spanOf(row)} field={field} zone={zone} linkOf={linksOf(row)} />
      ),
  })),
  { id: 'why', header: chartsText.why, minWidth: 160, cell: reasonsText },
];
