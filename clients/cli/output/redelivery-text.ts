/** A redelivery of many, for people. */
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { deliveryTable } from './delivery-text.ts';
import { jobFields, skippedText, stateCell } from './job-text.ts';
import { fields, painted } from './table.ts';

export type RedeliveryView = ApiAnswer<'GET /v1/destinations/{name}/redeliveries/{id}'>;
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
export function planLines(plan: Plan, isColoured: boolean): string[] {
  const { count, complete, first, last, sample } = plan;
  const facts = fields(
    [
      ['deliveries', `${complete ? '' : 'at least '}${count}`],
      ['skipped', skippedText(plan)],
      ['first', first ?? undefined],
      ['last', last ?? undefined],
    ],
    isColoured,
  );
  return sample.length === 0 ? facts : [...facts, '', ...deliveryTable(sample, isColoured)];
}
