/** The texts of the console about traffic over time. */
import type { CountedField, RangeName } from './periods.ts';

const number = (count: number): string => count.toLocaleString('en');

const fields: Record<CountedField, string> = {
  accepted: 'Accepted',
  refused: 'Refused',
  duplicates: 'Duplicates',
  conflicts: 'Conflicts',
  givenUp: 'Given up',
};

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
  /** A count that may be too low or too high. */
  counted: (count: number, bound: 'least' | 'most' | undefined) =>
    `${bound === undefined ? '' : bound === 'least' ? '≥ ' : '≤ '}${number(count)}`,
  inexact: '≥ and ≤ mark counts that may be too low or too high.',
  why: 'Refused because',
  /** How many were refused for a reason. Some of them may not be known. */
  reason: (reason: string, count: number) => `${reason} ${number(count)}`,
  none: 'Nothing came in this time',
  noneNext: 'Webhooks are counted here from the moment they come. Choose a longer time to see older ones.',
  asOf: (at: string) => `Counted until ${at}.`,
  zone: (zone: string) => `Times are those of the time zone ${zone}.`,
  notOver: 'Not over yet',
  /** A bar that is not counted to its end. */
  soFar: (span: string) => `${span}, so far`,
  open: (bars: number) =>
    bars === 1 ? 'The last bar is not over yet.' : `The last ${number(bars)} bars are not counted to their end.`,
  emptyUntil: (at: string) => `Nothing was counted before ${at}.`,
  created: (at: string) => `The connection was created on ${at}.`,
  leftOut: 'Times in which nothing was counted are left out.',
  time: 'Time',
  /** The name of a number that leads to what it counts. */
  leadsTo: (count: string, field: CountedField, span: string) => `${count} ${fields[field].toLowerCase()}, ${span}`,
  dismiss: 'Close',
  selfTests: 'Self-tests are not counted.',
};
