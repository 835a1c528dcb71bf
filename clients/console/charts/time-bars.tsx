/** What happened over time as bars, whose parts stand on each other on one scale, and behind them a line of the time before. */
import Box from '@cloudscape-design/components/box';
import MixedLineBarChart from '@cloudscape-design/components/mixed-line-bar-chart';
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
  /** As many bars of the time before. If it is not known, there is no line. */
  before?: readonly Bar[];
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
  before = [],
  parts,
  range,
  zone,
  chosen,
  noteOf,
}: TimeBarsProps<Bar>) {
  const byTime = new Map(bars.map((bar) => [bar.from, bar]));
  const byTitle = new Map(parts.map((part) => [part.title, part]));
  const heightOf = (bar: Bar): number => parts.reduce((sum, { countOf }) => sum + countOf(bar), 0);
  const earlier = bars.flatMap(({ from }, index) => {
    const same = before[index];
    return same ? [{ x: from, y: heightOf(same) }] : [];
  });
  const hasLine = earlier.length === bars.length && earlier.some(({ y }) => y > 0);
  const isFlat = !hasLine && bars.every((bar) => heightOf(bar) === 0);
  const open = bars.find(({ isOpen }) => isOpen);
  return (
    <MixedLineBarChart<string>
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
        ...(hasLine
          ? [{ type: 'line' as const, title: chartsText.before[range], color: colours.before, data: earlier }]
          : []),
        ...(open ? [mark(chartsText.notOver, open.from, colours.beside)] : []),
        ...(chosen !== undefined && byTime.has(chosen) && chosen !== open?.from
          ? [mark(chartsText.chosen, chosen, colours.chosen)]
          : []),
      ]}
      xTickFormatter={tickOf(range, zone)}
      // A part of a webhook never comes.
      yTickFormatter={(count) => (Number.isInteger(count) ? count.toLocaleString('en') : '')}
      i18nStrings={{ detailPopoverDismissAriaLabel: chartsText.dismiss }}
      detailPopoverSeriesContent={({ series: { title, type }, x, y }) => {
        const [bar, part] = [byTime.get(x), byTitle.get(title)];
        return { key: title, value: type === 'line' ? y.toLocaleString('en') : '', ...(bar && part?.detailOf(bar)) };
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
