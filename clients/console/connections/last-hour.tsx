/** The last hour of a connection as a small chart. The counts stand beside it, so the picture itself needs no words. */
import Box from '@cloudscape-design/components/box';
import { text } from '../text.ts';
import type { CountedConnection } from './all-connections.ts';
import './last-hour.css';
import { sparklineBarsOf } from './sparkline.ts';

/** The size of the chart in its own units. */
const height = 20;
const barWidth = 2;

/** A number stays beside what it counts, however narrow the column is. */
const unbroken = (counts: string): string => counts.replaceAll(/(\d) /g, '$1\u00a0');

/** @param greatest the count of the highest bar of all charts */
export function LastHour({ stats, greatest }: { stats: NonNullable<CountedConnection['stats']>; greatest: number }) {
  const { events, rejections, eventsByMinute } = stats.lastHour;
  const width = eventsByMinute.length * barWidth;
  return (
    <div className="last-hour">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        <line className="last-hour-base" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
        {sparklineBarsOf(stats.lastHour, greatest).map((bar) => (
          <rect
            key={`${bar.index}-${bar.kind}`}
            className={`last-hour-${bar.kind}`}
            x={bar.index * barWidth}
            width={barWidth}
            y={height * (1 - bar.base - bar.height)}
            height={height * bar.height}
          />
        ))}
      </svg>
      <Box variant="small">{unbroken(text.connections.counts(events, rejections, stats.complete))}</Box>
    </div>
  );
}
