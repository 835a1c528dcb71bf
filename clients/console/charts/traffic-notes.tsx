/** What a reader has to know of the numbers of a time. */
import Box from '@cloudscape-design/components/box';
import { chartsText } from './charts-text.ts';
import type { BarSpan } from './periods.ts';
import { momentText } from './span-text.ts';

interface TrafficNotesProps {
  bars: readonly BarSpan[];
  /** Until when it was counted. */
  asOf: string;
  zone: string;
  /** What the bars are shown as. Nothing is shown of a time in which nothing came. */
  as: 'chart' | 'table' | 'nothing';
  /** What else there is to know. */
  more: readonly (string | false | undefined)[];
}

export const TrafficNotes = ({ bars, asOf, zone, as, more }: TrafficNotesProps) => (
  <Box variant="small">
    {[
      chartsText.asOf(momentText(asOf, zone)),
      as !== 'nothing' && chartsText.open(bars.filter(({ isOpen }) => isOpen).length, as),
      ...more,
      chartsText.zone(zone),
    ]
      .filter(Boolean)
      .join(' ')}
  </Box>
);
