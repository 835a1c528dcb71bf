/** A history, the newest entries first. */
import { PagedTable, type PagedTableProps } from '../shell/paged-table.tsx';
import { text } from '../text.ts';

interface HistoryTableProps<Line> extends Omit<PagedTableProps<Line>, 'words'> {
  /** What is said below the title of an empty history. */
  noneNext: string;
}

export const PagedHistory = <Line,>({ noneNext, ...props }: HistoryTableProps<Line>) => (
  <PagedTable<Line> {...props} words={{ ...text.history, noneNext }} />
);
