/** How far a job is: a replay of many events, a release, or a redelivery of many. */
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { absoluteTime } from '../relative-time.ts';
import { texts } from '../shell/answer-words.ts';
import { text } from '../text.ts';

export type ShownJob = ApiAnswer<'GET /v1/connections/{name}/replays/{id}'>;

export const isOpen = ({ state }: Pick<ShownJob, 'state'>): boolean => state === 'running' || state === 'cancelling';

export type ShownProgress = Pick<ShownJob, 'state' | 'count' | 'done' | 'failed' | 'skipped' | 'note' | 'facts'>;

/** The part that is over, in whole percent: 100 only at the end. 0 if nobody knows how many things there are. */
export function percentOf({ state, count, done, failed, skipped }: ShownProgress): number {
  if (state === 'done') return 100;
  return count ? Math.min(99, Math.floor((100 * (done + failed + skipped)) / count)) : 0;
}

/**
 * The state and the numbers in words, such as `Running: 3 of 12 events, 1 failed`, and then what the API adds.
 * @param numbered how many things are done of how many
 */
export function jobText(
  { state, count, done, failed, skipped, ...more }: ShownProgress,
  numbered: (done: number, count: number | null) => string = text.replays.progress,
): string {
  const parts = [
    numbered(done, count),
    failed > 0 && text.replays.failed(failed),
    skipped > 0 && text.replays.skipped(skipped),
  ];
  const numbers = `${text.replays.states[state]}: ${parts.filter(Boolean).join(', ')}`;
  const facts = more.facts?.map((each) => ({ ...each, at: each.at && absoluteTime(each.at) }));
  const note = texts.notes({ ...more, facts });
  return note ? `${numbers}. ${note}` : numbers;
}

/** The release that runs now. A connection has at most one. */
export const runningRelease = <Listed extends Pick<ShownJob, 'kind' | 'state'>>(jobs: readonly Listed[]) =>
  jobs.find(({ kind, state }) => kind === 'release' && state === 'running');

/** The replay that has not ended. A connection has at most one. */
export const openReplay = <Listed extends Pick<ShownJob, 'kind' | 'state'>>(jobs: readonly Listed[]) =>
  jobs.find((job) => job.kind === 'replay' && isOpen(job));
