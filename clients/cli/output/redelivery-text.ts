/** A redelivery of many, for people. */
import type { RedeliveryView } from '../../../shared/deliveries/dispatch/redelivery-view.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { deliveryTableText } from './delivery-text.ts';
import { jobFields, plannedText, skippedText, stateCell } from './job-text.ts';
import { fields, painted } from './table.ts';

type Plan = Exclude<ApiAnswer<'POST /v1/destinations/{name}/redeliveries'>, { id: string }>;

export const statusesText = (statuses: readonly string[]): string =>
  statuses.map((status) => status.replaceAll('_', ' ')).join(', ');

export function redeliveryLines(view: RedeliveryView, isColoured: boolean): string[] {
  const { id, from, to, statuses, connection, rule, count } = view;
  return fields(
    [
      ['id', painted('bold', id)],
      ['state', stateCell(view)],
      ['range', `${from} to ${to}`],
      ['statuses', statusesText(statuses)],
      ['connection', connection],
      ['rule', rule],
      ['deliveries', count === null ? 'not counted' : String(count)],
      ...jobFields(view, 'redelivered'),
    ],
    isColoured,
  );
}

/** What a redelivery would send: how many, and the first of them. */
export function redeliveryPlanLines(plan: Plan, isColoured: boolean): string[] {
  const { first, last, sample } = plan;
  const facts = fields(
    [
      ['deliveries', plannedText(plan)],
      ['skipped', skippedText(plan)],
      ['first', first ?? undefined],
      ['last', last ?? undefined],
    ],
    isColoured,
  );
  return sample.length === 0 ? facts : [...facts, '', ...deliveryTableText(sample, isColoured)];
}
