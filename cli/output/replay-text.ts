/** A replay of many events, for people. */

import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { textsAbout } from '../answer-words.ts';
import { type Cell, fields, painted } from './table.ts';

export type ReplayView = ApiAnswer<'GET /v1/connections/{name}/replays/{id}'>;

const styles = { running: 'cyan', cancelling: 'yellow', done: 'green', cancelled: 'yellow', failed: 'red' } as const;

export const stateCell = ({ state }: ReplayView): Cell => painted(styles[state], state);

const handledOf = ({ done, failed, skipped }: ReplayView): number => done + failed + skipped;

/** The width of the bar, in characters. */
const barWidth = 24;

function bar(view: ReplayView): string {
  const part = view.count ? Math.min(1, handledOf(view) / view.count) : 0;
  const full = Math.floor(part * barWidth);
  return `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}]`;
}

/** One line that says how far it is. */
export function progressText(view: ReplayView): string {
  const { count, failed, skipped, etaSeconds } = view;
  return [
    `${bar(view)} ${handledOf(view)} of ${count ?? 'an unknown number'}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(etaSeconds === null ? [] : [`about ${etaSeconds} s left`]),
  ].join(', ');
}

const reasonsOf = ({ skippedBecause }: ReplayView): string =>
  Object.entries(skippedBecause)
    .map(([reason, count]) => `${count} ${reason}`)
    .join(', ');

export function replayLines(view: ReplayView, isColoured: boolean): string[] {
  const { id, kind, from, to, type, count, done, failed, skipped, rate, startedAt, by, cancelled, endedAt } = view;
  return fields(
    [
      ['id', painted('bold', id)],
      ['kind', kind],
      ['state', stateCell(view)],
      ['range', `${from} to ${to}`],
      ['type', type],
      ['events', count === null ? 'not counted' : String(count)],
      ['published', String(done)],
      ['failed', failed > 0 ? painted('red', String(failed)) : undefined],
      ['skipped', skipped > 0 ? `${skipped}: ${reasonsOf(view)}` : undefined],
      ['rate', `at most ${rate} a second`],
      ['started', by === undefined ? startedAt : `${startedAt} by ${by}`],
      ['cancelled', cancelled && `${cancelled.at} by ${cancelled.by}`],
      ['ended', endedAt],
      ['note', textsAbout().notes(view) || undefined],
    ],
    isColoured,
  );
}
