/** The texts of the console about traffic over time. */
import type { AnswerTime } from './attempts.ts';
import type { RangeName, ShownCount } from './periods.ts';

const number = (count: number): string => count.toLocaleString('en');

/** Where what is older can be seen. A chart has at most 30 days. */
const older = (range: RangeName, what: string): string =>
  range === '30d'
    ? `Older ${what} are in “hooklatch stats --by day --since 90d --json”.`
    : `Choose a longer time to see older ${what}.`;

const fields: Record<ShownCount, string> = {
  accepted: 'Accepted',
  refused: 'Refused',
  duplicates: 'Duplicates',
  conflicts: 'Conflicts',
  givenUp: 'Given\u00a0up',
};

/** How long a bar is, by range. */
const barLengths: Record<RangeName, string> = { '1h': 'minute', '24h': 'hour', '7d': 'day', '30d': 'day' };

const ranges: Record<RangeName, string> = {
  '1h': 'Last hour',
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
};

export const chartsText = {
  title: 'Traffic',
  loading: 'Loading the traffic',
  range: 'Time',
  ranges,
  as: 'Show as',
  ways: { chart: 'Chart', table: 'Table' },
  fields,
  /** What a bar has the height of. */
  perBar: (unit: string, range: RangeName) => `${unit} per ${barLengths[range]}`,
  /** A count that may be too low or too high. */
  counted: (count: number, bound: 'least' | 'most' | undefined) =>
    `${bound === undefined ? '' : bound === 'least' ? '≥ ' : '≤ '}${number(count)}`,
  /** The line behind the bars. */
  before: {
    '1h': 'The hour before',
    '24h': 'The 24 hours before',
    '7d': 'The 7 days before',
    '30d': 'The 30 days before',
  } satisfies Record<RangeName, string>,
  inexact: '≥ and ≤ mark counts that may be too low or too high.',
  why: 'Refused because',
  /** How many were refused for a reason. Some of them may not be known. */
  reason: (reason: string, count: number) => `${reason} ${number(count)}`,
  none: 'Nothing came in this time',
  noneNext: (range: RangeName) => `Webhooks are counted here from the moment they come. ${older(range, 'ones')}`,
  asOf: (at: string) => `Counted until ${at}.`,
  zone: (zone: string) => `Times are those of the time zone\u00a0${zone}.`,
  notOver: 'Not over yet',
  /** A bar, or a row of the table, that is not counted to its end. */
  soFar: (span: string) => `${span}, so far`,
  /** @param as of a table, the newest row is the first */
  open: (bars: number, as: 'chart' | 'table') => {
    if (bars === 0) return '';
    const [which, what] = as === 'chart' ? ['last', 'bar'] : ['first', 'row'];
    return bars === 1
      ? `The ${which} ${what} is not over yet.`
      : `The ${which} ${number(bars)} ${what}s are not counted to their end.`;
  },
  created: (at: string) => `The connection was created on ${at}.`,
  leftOut: 'Times in which nothing was counted are left out.',
  time: 'Time',
  /** The name of a number that leads to what it counts. */
  leadsTo: (count: string, field: ShownCount, span: string) => `${count} ${fields[field].toLowerCase()}, ${span}`,
  dismiss: 'Close',
  chosen: 'Chosen',
  byConnection: {
    title: 'By connection',
    loading: 'Counting each connection',
    failed: 'The connections could not be counted',
    connection: 'Connection',
    inRange: {
      '1h': 'In the last hour.',
      '24h': 'In the last 24 hours.',
      '7d': 'In the last 7 days.',
      '30d': 'In the last 30 days.',
    } satisfies Record<RangeName, string>,
    choose: 'Choose a bar, and then one of its numbers, to see only its time.',
    whole: 'Show the whole time',
    again: 'Count again',
    none: 'No connection had anything in this time',
    /** @param isBar whether only the time of a bar is shown */
    noneNext: (range: RangeName, isBar: boolean) =>
      isBar ? 'Choose “Show the whole time”.' : older(range, 'webhooks'),
    notKept: 'The counts of this time are no longer kept',
    notKeptNext: 'Minutes are kept for 2 days, and hours for 90. Choose “Show the whole time”.',
    others: (count: number) =>
      `${number(count)} ${count === 1 ? 'connection' : 'connections'} had nothing in this time.`,
    more: (count: number) => `Count ${number(count)} more`,
    notCounted: (count: number) =>
      `${number(count)} ${count === 1 ? 'connection is' : 'connections are'} not counted here yet, those whose last event is the oldest.`,
    deleted: 'Connections that were deleted are counted above, and not here.',
  },
  selfTests: 'Self-tests are not counted.',
};

/** The texts about the attempts at a destination. */
export const attemptsText = {
  title: 'Attempts',
  description: 'Each attempt is counted: a delivery can have several.',
  time: chartsText.time,
  fields: {
    delivered: 'Delivered',
    failed: 'Failed',
    p50: 'Half answered within',
    p95: '95% answered within',
  },
  answered: (time: AnswerTime | undefined) =>
    time === undefined ? 'No answer' : `${time.isBound ? '≤ ' : ''}${number(time.ms)} ms`,
  loading: 'Loading the attempts',
  none: 'No attempt in this time',
  noneNext: (range: RangeName) => `What is sent to the destination is counted here. ${older(range, 'attempts')}`,
  bound: 'Times are exact to ten percent; ≤ marks one that may be shorter, because it is the longest of several.',
  created: (at: string) => `The destination was created on ${at}; an earlier one may have had its name.`,
  leftOut: 'Times without an attempt are left out.',
  lost: 'A function that crashes loses the attempts of its last batch.',
};
