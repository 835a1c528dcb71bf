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
  /** What else there is to know. */
  more: readonly (string | false | undefined)[];
}

export const TrafficNotes = ({ bars, asOf, zone, more }: TrafficNotesProps) => (
  <Box variant="small">
    {[
      chartsText.asOf(momentText(asOf, zone)),
      chartsText.open(bars.filter(({ isOpen }) => isOpen).length),
      ...more,
      chartsText.zone(zone),
    ]
      .filter(Boolean)
      .join(' ')}
  </Box>
);
