/** Changes the roster. If somebody else writes first, the decision is made again for the new roster. */
import { operatorsDecisions, untilWritten } from '../../ground/aws/revised-item.ts';
import type { Author } from '../../ground/base/actor.ts';
import { isBootstrapOpen, type Roster, type RosterOutcome, withBootstrapClosed } from './roster.ts';
import type { RosterTable } from './roster-table.ts';

/** The decision about a roster. `same`: nothing has to change. */
export type RosterDecision = RosterOutcome | { kind: 'same' };

/**
 * Changes the roster as `decide` says.
 * @returns the last decision; `superseded` if others wrote first every time. A refused change writes nothing.
 */
export async function updateRoster(
  table: RosterTable,
  requestId: string,
  decide: (roster: Roster) => RosterDecision,
): Promise<RosterDecision> {
  const decided = await untilWritten(operatorsDecisions, table.readRoster, async (roster) => {
    const decision = decide(roster);
    if (decision.kind !== 'changed') return decision;
    return (await table.replaceRoster(decision.roster, requestId)) === 'written' ? decision : undefined;
  });
  return decided ?? { kind: 'refused', code: 'superseded' };
}

/**
 * Closes the bootstrap token, unless it is closed.
 * @throws if others wrote first every time
 */
export async function closeBootstrap(table: RosterTable, requestId: string, author: Author): Promise<void> {
  const decision = await updateRoster(table, requestId, (roster) =>
    isBootstrapOpen(roster) ? { kind: 'changed', roster: withBootstrapClosed(roster, author) } : { kind: 'same' },
  );
  if (decision.kind === 'refused')
    throw new Error('the bootstrap token could not be closed: the roster changed each time');
}
