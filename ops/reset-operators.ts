import { generateToken, tokenDigest } from '../shared/credential/token.ts';
import type { Author } from '../shared/operator/actor.ts';
import { withResetAdmin } from '../shared/operator/roster.ts';
import type { RosterTable } from '../shared/operator/roster-table.ts';
import { updateRoster } from '../shared/operator/roster-update.ts';

export interface Reset {
  /** The name of the new admin. */
  name: string;
  /** The id of the new admin. */
  id: string;
  revokeAll: boolean;
  requestId: string;
  actor: Author;
}

/**
 * Adds an admin without an expiry to the roster.
 * @returns the token, which is stored nowhere, the number of operators that were revoked, and whether the bootstrap token was
 * closed
 * @throws if other operators changed the roster each time
 */
export async function resetOperators(
  table: RosterTable,
  { name, id, revokeAll, requestId, actor }: Reset,
): Promise<{ token: string; revoked: number; bootstrapClosed: boolean }> {
  const token = generateToken('hlo');
  const digest = tokenDigest(token).toString('hex');
  const admin = {
    id,
    name,
    role: 'connection_admin',
    digest,
    createdAt: actor.now.toISOString(),
    createdBy: actor.by,
  } as const;
  const decision = await updateRoster(table, requestId, (roster) => ({
    kind: 'changed',
    roster: withResetAdmin(roster, admin, revokeAll, actor),
  }));
  if (decision.kind !== 'changed')
    throw new Error('Other operators changed the list at the same time. Run this again.');
  const { revoked = [], bootstrapClosed = false } = decision.roster.entry ?? {};
  return { token, revoked: revoked.length, bootstrapClosed };
}
