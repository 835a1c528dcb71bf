/** What a chart of bars is made of. */
import type { MixedLineBarChartProps } from '@cloudscape-design/components/mixed-line-bar-chart';

/** A part of each bar. */
export interface BarPart<Bar> {
  title: string;
  color: string;
  countOf: (bar: Bar) => number;
  /** What the popover of a bar shows of it. */
  detailOf: (bar: Bar) => Omit<MixedLineBarChartProps.DetailPopoverSeriesKeyValuePair, 'key'>;
}

/** What the popover of a bar says below its parts. */
export type NoteOf<Bar> = (bar: Bar) => string;
