/** What happened over time as bars, whose parts stand on each other on one scale. */
import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import type { BarPart, NoteOf } from './bar-part.ts';
import { chartsText } from './charts-text.ts';
import { colours } from './colours.ts';
import type { BarSpan, RangeName } from './periods.ts';
import { barText, tickOf } from './span-text.ts';

/** A line through a bar. */
const mark = (title: string, at: string, color: string) => ({ type: 'threshold' as const, title, x: at, color });

interface TimeBarsProps<Bar> {
  label: string;
  /** What is counted, such as webhooks. */
  unit: 'Webhooks' | 'Attempts';
  bars: readonly Bar[];
  /** From below. */
  parts: readonly BarPart<Bar>[];
  range: RangeName;
  zone: string;
  /** When the bar begins that a person chose. */
  chosen?: string | undefined;
  noteOf?: NoteOf<Bar>;
}

export function TimeBars<Bar extends BarSpan>({
  label,
  unit,
  bars,
  parts,
  range,
  zone,
  chosen,
  noteOf,
}: TimeBarsProps<Bar>) {
  const byTime = new Map(bars.map((bar) => [bar.from, bar]));
  const byTitle = new Map(parts.map((part) => [part.title, part]));
  const isFlat = bars.every((bar) => parts.every(({ countOf }) => countOf(bar) === 0));
  const open = bars.find(({ isOpen }) => isOpen);
  return (
    <BarChart<string>
      ariaLabel={label}
      height={220}
      yTitle={chartsText.perBar(unit, range)}
      hideFilter
      stackedBars
      emphasizeBaselineAxis
      xScaleType="categorical"
      xDomain={bars.map(({ from }) => from)}
      // Without a number above 0, the axis would go below it too.
      {...(isFlat && { yDomain: [0, 1] })}
      series={[
        ...parts.map(({ title, color, countOf }) => ({
          ...{ type: 'bar' as const, title, color },
          data: bars.map((bar) => ({ x: bar.from, y: countOf(bar) })),
        })),
        ...(open ? [mark(chartsText.notOver, open.from, colours.beside)] : []),
        ...(chosen !== undefined && byTime.has(chosen) && chosen !== open?.from
          ? [mark(chartsText.chosen, chosen, colours.chosen)]
          : []),
      ]}
      xTickFormatter={tickOf(range, zone)}
      // A part of a webhook never comes.
      yTickFormatter={(count) => (Number.isInteger(count) ? count.toLocaleString('en') : '')}
      i18nStrings={{ detailPopoverDismissAriaLabel: chartsText.dismiss }}
      detailPopoverSeriesContent={({ series: { title }, x }) => {
        const [bar, part] = [byTime.get(x), byTitle.get(title)];
        return { key: title, value: '', ...(bar && part?.detailOf(bar)) };
      }}
      detailPopoverFooter={(at) => {
        const bar = byTime.get(at);
        return (
          bar && (
            <Box variant="small">
              {noteOf && <div>{noteOf(bar)}</div>}
              {barText(bar, zone)}
            </Box>
          )
        );
      }}
    />
  );
}
