/** Changes the roster: reads it, decides, and writes. If somebody else wrote first, it decides again on the new roster. */
import type { Author } from './actor.ts';
import { isBootstrapOpen, type Roster, type RosterOutcome, withBootstrapClosed } from './roster.ts';
import type { RosterTable } from './roster-table.ts';

/** The decision about a roster. `same`: nothing has to change. */
export type RosterDecision = RosterOutcome | { kind: 'same' };

/** The most times that one change is decided before it fails. */
const maxDecisions = 8;

/**
 * Changes the roster as `decide` says.
 * @returns the last decision; `superseded` if others wrote first every time. A refused change writes nothing.
 */
export async function updateRoster(
  table: RosterTable,
  requestId: string,
  decide: (roster: Roster) => RosterDecision,
): Promise<RosterDecision> {
  for (let attempt = 0; attempt < maxDecisions; attempt += 1) {
    const decision = decide(await table.readRoster());
    if (decision.kind !== 'changed') return decision;
    if ((await table.replaceRoster(decision.roster, requestId)) === 'written') return decision;
  }
  return { kind: 'refused', code: 'superseded' };
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
