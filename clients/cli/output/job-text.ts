/** A job for people: a replay, a release or a redelivery of many. */
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { type Cell, painted } from './table.ts';

type AnyView =
  | ApiAnswer<'GET /v1/connections/{name}/replays/{id}'>
  | ApiAnswer<'GET /v1/destinations/{name}/redeliveries/{id}'>;

/** What all jobs show. */
export type JobView = Pick<
  AnyView,
  | 'id'
  | 'state'
  | 'from'
  | 'to'
  | 'count'
  | 'done'
  | 'failed'
  | 'skipped'
  | 'skippedBecause'
  | 'rate'
  | 'startedAt'
  | 'by'
  | 'cancelled'
  | 'endedAt'
  | 'etaSeconds'
>;

const styles = { running: 'cyan', cancelling: 'yellow', done: 'green', cancelled: 'yellow', failed: 'red' } as const;

export const stateCell = ({ state }: Pick<JobView, 'state'>): Cell => painted(styles[state], state);

const handledOf = ({ done, failed, skipped }: JobView): number => done + failed + skipped;

/** The width of the bar, in characters. */
const barWidth = 24;

function bar(view: JobView): string {
  const part = view.count ? Math.min(1, handledOf(view) / view.count) : 0;
  const full = Math.floor(part * barWidth);
  return `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}]`;
}

/** One line that says how far it is. */
export function progressText(view: JobView): string {
  const { count, failed, skipped, etaSeconds } = view;
  return [
    `${bar(view)} ${handledOf(view)} of ${count ?? 'an unknown number'}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(etaSeconds === null ? [] : [`about ${etaSeconds} s left`]),
  ].join(', ');
}

/** How many were skipped for each reason. Undefined if none was. */
export function skippedText({ skipped, skippedBecause }: Pick<JobView, 'skipped' | 'skippedBecause'>) {
  if (skipped === 0) return undefined;
  const reasons = Object.entries(skippedBecause).map(([reason, count]) => `${count} ${reason.replaceAll('_', ' ')}`);
  return `${skipped}: ${reasons.join(', ')}`;
}

/** How many things a job would do. */
export const plannedText = ({ count, complete }: { count: number; complete: boolean }): string =>
  `${complete ? '' : 'at least '}${count}`;

/** The columns of a list of jobs that count. */
export const countHeaders = ['DONE', 'FAILED', 'SKIPPED', 'COUNT'] as const;
export const countCells = ({ done, failed, skipped, count }: JobView): string[] =>
  [done, failed, skipped, count ?? '?'].map(String);

/** The rows of a job's facts that all jobs have, from its counts to its end. @param done how the done things are called */
export const jobFields = (view: JobView, done: string): [string, Cell | undefined][] => [
  [done, String(view.done)],
  ['failed', view.failed > 0 ? painted('red', String(view.failed)) : undefined],
  ['skipped', skippedText(view)],
  ['rate', `at most ${view.rate} a second`],
  ['started', view.by === undefined ? view.startedAt : `${view.startedAt} by ${view.by}`],
  ['cancelled', view.cancelled && `${view.cancelled.at} by ${view.cancelled.by}`],
  ['ended', view.endedAt],
];
