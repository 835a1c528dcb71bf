/** How many webhooks were refused when, by reason, as a table: the numbers of the chart. */
import { chartsText } from '../charts/charts-text.ts';
import { barText } from '../charts/span-text.ts';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { text } from '../text.ts';
import type { RejectionBar } from './rejection-totals.ts';
import { reasonText } from './sample-text.ts';

interface RejectionTableProps {
  bars: readonly RejectionBar[];
  zone: string;
}

/** The reasons of a bar, each with its count, the most frequent first. */
const reasonsOf = ({ counts }: RejectionBar): string =>
  Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => chartsText.reason(reasonText(reason), count))
    .join(', ');

const totalOf = ({ counts }: RejectionBar): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

export const RejectionTable = ({ bars, zone }: RejectionTableProps) => (
  <FittingTable<RejectionBar>
    narrow={narrowWindow.short}
    variant="embedded"
    items={bars.filter((bar) => totalOf(bar) > 0).toReversed()}
    columnDefinitions={[
      {
        id: 'time',
        header: chartsText.time,
        isRowHeader: true,
        minWidth: 255,
        cell: (bar) => barText(bar, zone),
      },
      {
        id: 'refused',
        header: chartsText.fields.refused,
        cell: (bar) => text.rejections.counted(totalOf(bar), bar.isAtLeast),
      },
      { id: 'why', header: chartsText.why, minWidth: 160, cell: reasonsOf },
    ]}
    trackBy="from"
    ariaLabels={{ tableLabel: text.rejections.chart }}
  />
);
