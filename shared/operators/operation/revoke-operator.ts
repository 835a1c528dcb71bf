/** Revokes an operator. The token stops working at once. */
import { withoutOperator } from '../operator/roster.ts';
import { changeRoster, type RosterPorts } from './change-roster.ts';
import type { Operation } from './operation.ts';

export const revokeOperator: Operation<{ id: string }, RosterPorts, void> = ({ id }, context, ports) =>
  changeRoster(context, ports, (roster) => withoutOperator(roster, id, { by: context.actor.id, now: context.now }));
