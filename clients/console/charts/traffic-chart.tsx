/** What came over time as bars: accepted, duplicates and refused on one scale. */
import { reasonText } from '../rejections/sample-text.ts';
import { chartsText } from './charts-text.ts';
import { colours } from './colours.ts';
import { CountLink, type LinkOf } from './count-link.tsx';
import type { RangeName, ShownCount, TrafficBar } from './periods.ts';
import { TimeBars } from './time-bars.tsx';

const parts: readonly [field: ShownCount, color: string][] = [
  ['accepted', colours.accepted],
  ['duplicates', colours.beside],
  ['refused', colours.badly],
];

/** Why webhooks of a bar were refused. */
const reasonsOf = ({ reasons }: TrafficBar) =>
  reasons.map(([reason, count]) => ({ key: reasonText(reason), value: count.toLocaleString('en') }));

interface TrafficChartProps {
  bars: readonly TrafficBar[];
  before: readonly TrafficBar[];
  range: RangeName;
  zone: string;
  /** When the bar begins that a person chose. */
  chosen: string | undefined;
  /** Where a number of a bar leads to. */
  linkOf: LinkOf;
}

export const TrafficChart = ({ bars, before, range, zone, chosen, linkOf }: TrafficChartProps) => (
  <TimeBars<TrafficBar>
    label={chartsText.title}
    unit="Webhooks"
    bars={bars}
    before={before}
    range={range}
    zone={zone}
    chosen={chosen}
    parts={parts.map(([field, color]) => ({
      title: chartsText.fields[field],
      color,
      countOf: (bar) => bar[field].count,
      detailOf: (bar) => ({
        value: <CountLink counts={bar} span={bar} field={field} zone={zone} linkOf={linkOf} />,
        ...(field === 'refused' && { subItems: reasonsOf(bar) }),
      }),
    }))}
  />
);
