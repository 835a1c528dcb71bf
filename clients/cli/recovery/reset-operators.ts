/** Adds an admin when every admin's token is lost or one was stolen. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { generateToken, tokenDigest } from '../../../shared/endpoints/credential/token.ts';
import type { Author } from '../../../shared/ground/base/actor.ts';
import { operatorNameSchema } from '../../../shared/operators/operator/operator-name.ts';
import { withResetAdmin } from '../../../shared/operators/operator/roster.ts';
import { type RosterTable, rosterTable } from '../../../shared/operators/operator/roster-table.ts';
import { updateRoster } from '../../../shared/operators/operator/roster-update.ts';
import type { AwsConfig } from '../aws-config.ts';
import { ConflictError, UsageError } from '../command-error.ts';

export interface Reset {
  /** The name of the new admin. */
  name: string;
  /** The id of the new admin. */
  id: string;
  revokeAll: boolean;
  requestId: string;
  actor: Author;
}

/** The new admin. The token is stored nowhere. */
export interface ResetAdmin {
  id: string;
  name: string;
  role: 'connection_admin';
  token: string;
  /** How many operators were revoked. */
  revoked: number;
  bootstrapClosed: boolean;
}

/** The list of operators in a State table, and what closes its client. */
export function openRoster(config: AwsConfig, table: string): { roster: RosterTable; close(): void } {
  const client = new DynamoDBClient(config);
  return { roster: rosterTable(client, table), close: () => client.destroy() };
}

/**
 * Adds an admin without an expiry to the roster.
 * @throws UsageError for a name that no operator can have
 * @throws ConflictError if other operators changed the roster each time
 */
export async function resetOperators(
  table: RosterTable,
  { name, id, revokeAll, requestId, actor }: Reset,
): Promise<ResetAdmin> {
  const issue = operatorNameSchema.safeParse(name).error?.issues[0];
  if (issue) throw new UsageError(`--name: ${issue.message}`);
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
    throw new ConflictError('Other operators changed the list at the same time. Run this again.');
  const { revoked = [], bootstrapClosed = false } = decision.roster.entry ?? {};
  return { id, name, role: admin.role, token, revoked: revoked.length, bootstrapClosed };
}
