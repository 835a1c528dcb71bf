/** A replay of many events, for people. */

import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { textsAbout } from '../answer-words.ts';
import { jobFields, stateCell } from './job-text.ts';
import { fields, painted } from './table.ts';

export type ReplayView = ApiAnswer<'GET /v1/connections/{name}/replays/{id}'>;

export function replayLines(view: ReplayView, isColoured: boolean): string[] {
  const { id, kind, from, to, type, count } = view;
  return fields(
    [
      ['id', painted('bold', id)],
      ['kind', kind],
      ['state', stateCell(view)],
      ['range', `${from} to ${to}`],
      ['type', type],
      ['events', count === null ? 'not counted' : String(count)],
      ...jobFields(view, 'published'),
      ['note', textsAbout().notes(view) || undefined],
    ],
    isColoured,
  );
}
