/** A change of a connection's record: read, decide, write if nobody was faster, else decide again on what is there now. */

import { Problem } from '../base/problem.ts';
import type { Command } from '../endpoint/command.ts';
import { type Connection, nextVersion } from '../endpoint/connection.ts';
import { connectionNameForm } from '../endpoint/connection-name.ts';
import { connectionViewOf } from '../endpoint/connection-view.ts';
import type { HistoryEntry } from '../endpoint/history-entry.ts';
import { allowedActions, type ConflictCode, statusOf, type Verb } from '../endpoint/lifecycle.ts';
import { nextStep } from '../endpoint/next-step.ts';
import { checkRecordSize } from '../endpoint/record-size.ts';
import type { StateTable } from '../endpoint/state-table.ts';
import { type TransitionOutcome, transition } from '../endpoint/transition.ts';
import type { OperatorCall } from './operator-api.ts';

/** What deciding on a record comes to. */
export type UpdateDecision =
  | { kind: 'changed'; change: Partial<Connection>; entry: HistoryEntry }
  | { kind: 'same' }
  | ({ kind: 'refused' } & RefusedVerb);

/** Why a verb is refused. What to do about an action that is not allowed depends on the verb. */
type RefusedVerb =
  | { code: ConflictCode; verb: Verb }
  | { code: Exclude<ConflictCode, 'action_not_allowed'>; verb?: undefined };

/** What a change needs of a call, whatever its route. */
export type ConnectionCall = Pick<OperatorCall, 'params' | 'operator' | 'requestId' | 'now' | 'ifMatch'>;

/** How often a change is decided again before it gives up. */
const maxAttempts = 8;

const explanations: Record<Exclude<ConflictCode, 'action_not_allowed'>, string> = {
  token_exists:
    'There is a token. Rotate it for another one: POST …/endpoint/token/rotate. To deconfigure the endpoint, remove the token first: DELETE …/endpoint/token, which closes an active endpoint.',
  token_required: 'There is no token. Generate one, or adopt the secret that the sender makes: POST …/endpoint/token.',
  rotation_in_progress:
    'The previous token is still in its grace. End the grace first, or repeat this with force: true, which ends it.',
  held: 'The endpoint is held. Release it first, and what was held is published; or say discardHeld=true, and it never is.',
  nothing_delivered:
    'The sender has delivered no secret that waits for this. Open the handshake, and let the sender begin its own.',
  window_closed: 'There is no open window in which a secret may be delivered. Open the handshake first.',
  superseded:
    'Another operator changed this connection at the same time. Read it again and repeat what is still needed.',
};

/** The 409 of a verb that the lifecycle does not allow. */
export function conflictProblem(
  refused: RefusedVerb,
  { endpoint }: Connection,
  { operator, now }: Pick<ConnectionCall, 'operator' | 'now'>,
): Problem {
  const { code } = refused;
  const detail = code === 'action_not_allowed' ? nextStep(endpoint, refused.verb) : explanations[code];
  return new Problem(409, code, detail, {
    endpointStatus: statusOf(endpoint),
    allowedActions: allowedActions(endpoint, operator.role, now),
  });
}

/** The connection that a call names. @throws a 404 */
export async function requireConnection(
  { params }: Pick<OperatorCall, 'params'>,
  store: StateTable,
): Promise<Connection> {
  const name = params['name'] ?? '';
  const connection = connectionNameForm.test(name) ? await store.readConnection(name) : undefined;
  if (connection) return connection;
  throw new Problem(
    404,
    'connection_not_found',
    'There is no connection of this name. GET /v1/connections lists them.',
  );
}

function checkVersion({ version }: Connection, ifMatch: number | undefined): void {
  if (ifMatch === undefined || ifMatch === version) return;
  const detail = `If-Match asks for version ${ifMatch}, and the connection is at ${version}. Read it again.`;
  throw new Problem(412, 'version_mismatch', detail, { version });
}

/**
 * Changes a connection by what `decide` makes of it.
 * @returns the record as it stands after
 * @throws 404, 409, 412 or 422 as a problem; nothing is written then
 */
export async function updateConnection(
  call: ConnectionCall,
  store: StateTable,
  decide: (connection: Connection) => UpdateDecision,
): Promise<Connection> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const connection = await requireConnection(call, store);
    checkVersion(connection, call.ifMatch);
    const decision = decide(connection);
    if (decision.kind === 'same') return connection;
    if (decision.kind === 'refused') throw conflictProblem(decision, connection, call);
    const next = nextVersion(connection, decision.change, decision.entry);
    checkRecordSize(connection, next);
    if ((await store.replaceConnection(next, call.requestId)) === 'written') return next;
  }
  throw new Problem(409, 'superseded', explanations.superseded);
}

/** What an outcome of the lifecycle makes of the record. */
export function decisionOf(outcome: TransitionOutcome, { verb }: Pick<Command, 'verb'>): UpdateDecision {
  if (outcome.kind === 'refused') return { ...outcome, verb };
  return outcome.kind === 'changed' ? { ...outcome, change: { endpoint: outcome.endpoint } } : outcome;
}

/**
 * One verb, one write.
 * @param of what the command was made for: it is overtaken where the provider is another by then
 * @throws as `revise` does
 */
export const applyCommand = (
  call: ConnectionCall,
  command: Command,
  store: StateTable,
  of?: Pick<Connection, 'provider'>,
): Promise<Connection> =>
  updateConnection(call, store, ({ endpoint, provider }) =>
    of && of.provider !== provider
      ? { kind: 'refused', code: 'superseded' }
      : decisionOf(transition(endpoint, command, { by: call.operator.id, now: call.now }), command),
  );

/** A connection as the answer to a call, with its version as the ETag. */
export function viewAnswer(
  connection: Connection,
  { operator, now }: Pick<OperatorCall, 'operator' | 'now'>,
  publicUrl: string,
  status = 200,
) {
  return {
    status,
    body: connectionViewOf(connection, operator.role, publicUrl, now),
    headers: { etag: `"${connection.version}"` },
  };
}
