/** Changes the roster for an operator who may still do so. */
import { said } from '../../ground/base/advice.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import { type Adder, isOfIssuer } from '../operator/operator-expiry.ts';
import {
  isBootstrapOpen,
  isExpiredOperator,
  maxOperators,
  type Roster,
  type RosterConflict,
} from '../operator/roster.ts';
import type { RosterTable } from '../operator/roster-table.ts';
import { type RosterDecision, updateRoster } from '../operator/roster-update.ts';
import type { OperationContext } from './operation.ts';

export interface RosterPorts {
  roster: RosterTable;
}

const explanations: Record<RosterConflict, string> = {
  operator_exists: 'An operator with this name exists. Choose another name, or revoke that operator first.',
  too_many_operators: `There are ${maxOperators} operators, which is the most. Revoke one that is expired or no longer used.`,
  operator_not_found: said({ code: 'operator_not_found' }),
  last_admin: said({ code: 'last_admin' }),
  operator_revoked: 'Your own token was revoked while this request ran.',
  superseded: 'Other operators changed the list at the same time. Send the request again.',
};

/**
 * The operator who asks, if it may still change the roster. The authorizer accepted the token before, but another
 * request can have revoked it since. A revoked admin must not add an operator.
 */
function presentOperator(roster: Roster, { actor, now }: OperationContext): Adder | undefined {
  if (actor.id === 'bootstrap') return isBootstrapOpen(roster) ? actor : undefined;
  // The token of an OpenID Connect issuer is not in the roster. It can't be revoked; it ends by itself.
  if (isOfIssuer(actor)) return actor;
  return roster.operators.find(
    (each) => each.id === actor.id && each.role === 'connection_admin' && !isExpiredOperator(each, now),
  );
}

/** @throws a refusal, and then writes nothing */
export async function changeRoster(
  context: OperationContext,
  { roster: table }: RosterPorts,
  decide: (roster: Roster, by: Adder) => RosterDecision,
): Promise<void> {
  const decision = await updateRoster(table, context.requestId, (roster) => {
    const by = presentOperator(roster, context);
    return by ? decide(roster, by) : { kind: 'refused', code: 'operator_revoked' };
  });
  if (decision.kind === 'refused') throw new Refusal(decision.code, explanations[decision.code]);
}
