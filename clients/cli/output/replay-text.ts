/** A replay of many events, for people. */

import type { ReplayView } from '../../../shared/events/event/replay-job-view.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { textsAbout } from '../answer-words.ts';
import { jobFields, plannedText, stateCell } from './job-text.ts';
import { fields, painted } from './table.ts';

type Plan = Exclude<ApiAnswer<'POST /v1/connections/{name}/replays'>, { id: string }>;

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

/** What a replay would publish: how many events, and what that costs. */
export function replayPlanLines(plan: Plan, isColoured: boolean): string[] {
  const { skipped, first, last, writeUnits } = plan;
  return fields(
    [
      ['events', plannedText(plan)],
      ['skipped', String(skipped)],
      ['first', first ?? undefined],
      ['last', last ?? undefined],
      ['write units', String(writeUnits)],
    ],
    isColoured,
  );
}
