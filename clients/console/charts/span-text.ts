/** Times of a chart in words, in the time zone of who looks. */
import { localeHere } from '../locale.ts';
import { withItsZone } from '../relative-time.ts';
import { chartsText } from './charts-text.ts';
import type { BarSpan, RangeName, Span } from './periods.ts';

const clock = { hour: 'numeric', minute: '2-digit' } as const;
const date = { month: 'short', day: 'numeric' } as const;

/** How a time is written below a bar, by range. */
const ticks: Record<RangeName, Intl.DateTimeFormatOptions> = {
  '1h': clock,
  '24h': clock,
  '7d': { weekday: 'short', ...date },
  '30d': date,
};

/** How long a bar is, in minutes, where a day has several. */
const barMinutes: Partial<Record<RangeName, number>> = { '1h': 1, '24h': 60 };

/** What is written below the bars of a range. The first bar of a day has its date. */
export function tickOf(range: RangeName, zone: string): (at: string) => string {
  const formatOf = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(localeHere, { ...options, timeZone: zone });
  const [tick, day] = [formatOf(ticks[range]), formatOf(date)];
  const step = (barMinutes[range] ?? 0) * 60_000;
  const isFirst = (time: number) => step > 0 && day.format(time - step) !== day.format(time);
  return (at) => {
    const time = Date.parse(at);
    return (isFirst(time) ? day : tick).format(time);
  };
}

/** From when to when, with the dates, and how far the zone is from UTC then. */
export function spanText({ from, to }: Span, zone: string): string {
  const format = new Intl.DateTimeFormat(localeHere, {
    ...date,
    year: 'numeric',
    ...clock,
    timeZoneName: 'short',
    timeZone: zone,
  });
  return withItsZone(format.formatRange(new Date(from), new Date(to)));
}

/** The time of a bar, and whether it is not counted to its end. */
export const barText = (bar: BarSpan, zone: string): string =>
  bar.isOpen ? chartsText.soFar(spanText(bar, zone)) : spanText(bar, zone);

/** A time with its date and the zone. */
export function momentText(at: string, zone: string): string {
  const format = new Intl.DateTimeFormat(localeHere, { dateStyle: 'medium', timeStyle: 'long', timeZone: zone });
  return withItsZone(format.format(new Date(at)));
}
