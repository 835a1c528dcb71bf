/** What the page shows of the rejections of a time: totals by reason, and counts over time. */
import type { ApiAnswer, ApiClient } from '../../../shared/operators/api/api-client.ts';
import { type BarSpan, barsBetween, rangeLike, ranges } from '../charts/periods.ts';

type Page = ApiAnswer<'GET /v1/connections/{name}/rejections'>;
export type RejectionRow = Page['items'][number];

export type SampleAnswer = NonNullable<RejectionRow['sample']>;

/** The rejections of one reason. */
export interface ReasonTotal extends Pick<RejectionRow, 'reason' | 'explanation' | 'facts'> {
  count: number;
  isAtLeast: boolean;
  lastMinute: string;
  /** One for each cause, with how many webhooks had it. The most frequent first. */
  samples: SampleAnswer[];
}

/** The rows of one answer of the API. */
export const rowsOfAnswer = 200;

/** The most pages that are read. A flood has more minutes and reasons than a person reads. */
const maxPages = 20;

/** The rows since `from`, and before `to` if it is given, the newest first. */
export async function readRejections(api: ApiClient, name: string, from: string, to?: string): Promise<RejectionRow[]> {
  const rows: RejectionRow[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const query = { from, ...(to && { to }), limit: String(rowsOfAnswer), ...(cursor && { cursor }) };
    const answer = await api.call('GET /v1/connections/{name}/rejections', { params: { name }, query });
    rows.push(...answer.items);
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  return rows;
}

/** The totals by reason, the most frequent first. */
export function totalsOf(rows: readonly RejectionRow[]): ReasonTotal[] {
  const totals = new Map<string, ReasonTotal>();
  for (const { minute, count, atLeast, sample, otherSamples = [], ...said } of rows) {
    const total = totals.get(said.reason) ?? { ...said, count: 0, isAtLeast: false, lastMinute: minute, samples: [] };
    total.count += count;
    total.isAtLeast ||= atLeast === true;
    total.samples = [...total.samples, ...(sample ? [sample] : []), ...otherSamples];
    if (minute > total.lastMinute) total.lastMinute = minute;
    totals.set(said.reason, total);
  }
  return [...totals.values()].map((total) => ({ ...total, samples: byCause(total) })).sort(mostFirst);
}

const mostFirst = (one: { count: number }, other: { count: number }): number => other.count - one.count;

/** Adds up the causes of all minutes. A minute may lack a cause that it has, so the counts add up or are lower bounds. */
function byCause({ count, isAtLeast, samples }: ReasonTotal): SampleAnswer[] {
  const causes = [...Map.groupBy(samples, ({ cause }) => cause).values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, count: others.reduce((sum, other) => sum + other.count, first.count) }] : [],
  );
  const isExact = !isAtLeast && causes.reduce((sum, cause) => sum + cause.count, 0) === count;
  return causes
    .map(({ atLeast: _, ...cause }) => ({ ...cause, ...(isExact ? {} : { atLeast: true as const }) }))
    .sort(mostFirst);
}

/** What was refused in the time of a bar, by reason. */
export interface RejectionBar extends BarSpan {
  counts: Readonly<Record<string, number>>;
  /** Whether there were perhaps more. */
  isAtLeast: boolean;
}

/** The bars of the chart, and their reasons, by name. A minute at the edge of the time belongs to the bar beside it. */
export function rejectionBarsOf(rows: readonly RejectionRow[], time: { from: Date; to: Date }, zone: string) {
  const range = rangeLike(time);
  const spans = barsBetween(time, ranges[range], zone);
  const indexOf = ({ minute }: RejectionRow) =>
    Math.max(
      0,
      spans.findLastIndex(({ from }) => from <= minute),
    );
  const byBar = Map.groupBy(rows, indexOf);
  const bars = spans.map((span, index): RejectionBar => {
    const counts: Record<string, number> = {};
    const own = byBar.get(index) ?? [];
    for (const { reason, count } of own) counts[reason] = (counts[reason] ?? 0) + count;
    return { ...span, counts, isAtLeast: own.some(({ atLeast }) => atLeast === true) };
  });
  return { range, bars, reasons: [...new Set(rows.map(({ reason }) => reason))].sort() };
}
