/**
 * Changes a connection's record in three steps: read, decide, write. If somebody else writes in between, the decision
 * is made again for the new record.
 */

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

/** The decision about a record: what to write, or why nothing is written. */
export type UpdateDecision =
  | { kind: 'changed'; change: Partial<Connection>; entry: HistoryEntry }
  | { kind: 'same' }
  | ({ kind: 'refused' } & RefusedVerb);

/** The reason why a verb is refused. If an action is not allowed, the advice depends on the verb. */
type RefusedVerb =
  | { code: ConflictCode; verb: Verb; discardHeld?: boolean }
  | { code: Exclude<ConflictCode, 'action_not_allowed'>; verb?: undefined };

/** The parts of a call that every change needs. */
export type ConnectionCall = Pick<OperatorCall, 'params' | 'operator' | 'requestId' | 'now' | 'ifMatch'>;

/** A change fails after this many decisions. */
const maxDecisions = 8;

const explanations: Record<Exclude<ConflictCode, 'action_not_allowed'>, string> = {
  token_exists:
    'There is a token already. To replace it, rotate it: POST …/endpoint/token/rotate. Or remove it first: DELETE …/endpoint/token, which closes an active endpoint.',
  token_required: 'There is no token. Generate one, or adopt the secret that the sender makes: POST …/endpoint/token.',
  rotation_in_progress:
    'The grace of the previous token is still running. First end it (DELETE …/endpoint/token/previous), or repeat this with force: true, which ends it.',
  held: 'The endpoint is held. Release it first to publish the held events. Or repeat this with discardHeld=true, and they are never published.',
  nothing_delivered: 'There is no delivered secret to confirm. Open the handshake, then start it at the sender.',
  window_closed: 'No handshake window is open, so no secret can be delivered. Open the handshake first.',
  superseded:
    'Another operator changed this connection at the same time. Read it again, and repeat your change if it is still needed.',
};

/** The advice for a refused verb. If a token prevents a deconfigure, the advice lists several steps. */
function adviceFor(refused: RefusedVerb, endpoint: Connection['endpoint']): string {
  const { code } = refused;
  if (code === 'action_not_allowed') return nextStep(endpoint, refused.verb, refused.discardHeld);
  if (code === 'token_exists' && refused.verb === 'deconfigure')
    return nextStep(endpoint, refused.verb, refused.discardHeld);
  return explanations[code];
}

/** The 409 of a verb that the lifecycle does not allow. */
export function conflictProblem(
  refused: RefusedVerb,
  { endpoint }: Connection,
  { operator, now }: Pick<ConnectionCall, 'operator' | 'now'>,
): Problem {
  return new Problem(409, refused.code, adviceFor(refused, endpoint), {
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
  const detail = `If-Match has version ${ifMatch}, but the connection has version ${version}. Read it again.`;
  throw new Problem(412, 'version_mismatch', detail, { version });
}

/**
 * Changes a connection as `decide` says.
 * @returns the record after the change
 * @throws 404, 409, 412 or 422 as a problem, and then writes nothing
 */
export async function updateConnection(
  call: ConnectionCall,
  store: StateTable,
  decide: (connection: Connection) => UpdateDecision,
): Promise<Connection> {
  for (let attempt = 0; attempt < maxDecisions; attempt += 1) {
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

/** Turns an outcome of the lifecycle into a decision. */
export function decisionOf(
  outcome: TransitionOutcome,
  { verb, ...command }: Pick<Command, 'verb'> & { discardHeld?: boolean },
): UpdateDecision {
  if (outcome.kind === 'refused') return { ...outcome, verb, discardHeld: command.discardHeld === true };
  return outcome.kind === 'changed' ? { ...outcome, change: { endpoint: outcome.endpoint } } : outcome;
}

/**
 * Applies a command with one write. @param of the record for which the command was made. If the provider has changed
 * since, the command is superseded. @throws as `updateConnection` does
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

/** The answer with a connection. The ETag is the connection's version. */
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
