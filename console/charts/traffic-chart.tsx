/** What came over time as bars: accepted, duplicates and refused on one scale. */
import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import { reasonText } from '../rejections/sample-text.ts';
import { chartsText } from './charts-text.ts';
import { CountLink, type LinkOf } from './count-link.tsx';
import type { Bar, CountedField, RangeName } from './periods.ts';
import { barText, tickOf } from './span-text.ts';

/** The parts of a bar from below, in colours that have enough contrast on the light and on the dark background. */
const parts: readonly [field: CountedField, colour: string][] = [
  ['accepted', '#4c8bf0'],
  ['duplicates', '#8c8c94'],
  ['refused', '#d9515c'],
];

const fieldOf = (title: string): CountedField | undefined =>
  parts.find(([field]) => chartsText.fields[field] === title)?.[0];

/** A line through a bar. */
const mark = (title: string, at: string, color: string) => ({ type: 'threshold' as const, title, x: at, color });

interface TrafficChartProps {
  bars: readonly Bar[];
  range: RangeName;
  zone: string;
  /** When the bar begins that a person chose. */
  chosen?: string | undefined;
  /** Where a number of a bar leads to. */
  linkOf: LinkOf;
}

export function TrafficChart({ bars, range, zone, chosen, linkOf }: TrafficChartProps) {
  const byTime = new Map(bars.map((bar) => [bar.from, bar]));
  const isFlat = bars.every((bar) => parts.every(([field]) => bar[field].count === 0));
  const open = bars.find(({ isOpen }) => isOpen);
  return (
    <BarChart<string>
      ariaLabel={chartsText.title}
      height={220}
      hideFilter
      stackedBars
      emphasizeBaselineAxis
      xScaleType="categorical"
      xDomain={bars.map(({ from }) => from)}
      // Without a number above 0, the axis would go below it too.
      {...(isFlat && { yDomain: [0, 1] })}
      series={[
        ...parts.map(([field, color]) => ({
          ...{ type: 'bar' as const, title: chartsText.fields[field], color },
          data: bars.map((bar) => ({ x: bar.from, y: bar[field].count })),
        })),
        ...(open ? [mark(chartsText.notOver, open.from, '#8c8c94')] : []),
        ...(chosen !== undefined && byTime.has(chosen) && chosen !== open?.from
          ? [mark(chartsText.chosen, chosen, '#c2661f')]
          : []),
      ]}
      xTickFormatter={tickOf(range, zone)}
      // A part of a webhook never comes.
      yTickFormatter={(count) => (Number.isInteger(count) ? count.toLocaleString('en') : '')}
      i18nStrings={{ detailPopoverDismissAriaLabel: chartsText.dismiss }}
      detailPopoverSeriesContent={({ series: { title }, x }) => {
        const [bar, field] = [byTime.get(x), fieldOf(title)];
        if (!bar || !field) return { key: title, value: '' };
        return {
          key: title,
          value: <CountLink counts={bar} span={bar} field={field} zone={zone} linkOf={linkOf} />,
          ...(field === 'refused' && {
            subItems: bar.reasons.map(([reason, count]) => ({
              key: reasonText(reason),
              value: count.toLocaleString('en'),
            })),
          }),
        };
      }}
      detailPopoverFooter={(at) => {
        const bar = byTime.get(at);
        return bar && <Box variant="small">{barText(bar, zone)}</Box>;
      }}
    />
  );
}
