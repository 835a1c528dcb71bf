/** The range of statistics that a request asks for. */
import { Refusal } from '../../ground/base/refusal.ts';
import { keptMs, type Period, periodMs } from '../../ground/statistics/period.ts';
import { rangeOf, type StatisticsRange } from '../../ground/statistics/read-statistics.ts';

/** What a request without `from` counts, in periods: an hour, a day or a month. */
const usualLength: Record<Period, number> = { minute: 60, hour: 24, day: 30 };

interface StatisticsQuery {
  from?: string | undefined;
  to?: string | undefined;
  by?: Period | undefined;
}

/** @throws a 400 if the range is empty, or longer than what is kept */
export function statisticsRangeOf(query: StatisticsQuery, now: Date): StatisticsRange {
  const { by = 'hour' } = query;
  const to = query.to === undefined ? now : new Date(query.to);
  const usual = to.getTime() - (usualLength[by] - 1) * periodMs[by];
  const from = query.from === undefined ? new Date(usual) : new Date(query.from);
  const length = to.getTime() - from.getTime();
  // Without an end, the present period is the last one, even if it has just begun.
  const end = query.to === undefined ? new Date(to.getTime() + 1) : to;
  if (length >= 0 && length <= keptMs[by]) return rangeOf(by, from, end, now);
  const days = keptMs[by] / periodMs.day;
  throw new Refusal('invalid_range', `from must be earlier than to. By ${by}, at most ${days} days can be counted.`);
}
