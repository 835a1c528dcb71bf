/** Changes a connection's record. If somebody else writes first, the decision is made again for the new record. */

import type { Command } from '../../endpoints/endpoint/command.ts';
import { adviceFor, explanations, type RefusedVerb } from '../../endpoints/endpoint/conflict-advice.ts';
import type { OtherConflict } from '../../endpoints/endpoint/conflict-reason.ts';
import { type Connection, nextVersion } from '../../endpoints/endpoint/connection.ts';
import { connectionNameForm } from '../../endpoints/endpoint/connection-name.ts';
import type { Endpoint } from '../../endpoints/endpoint/endpoint-record.ts';
import type { HistoryEntry } from '../../endpoints/endpoint/history-entry.ts';
import { allowedActions, resolveVerb, statusOf } from '../../endpoints/endpoint/lifecycle.ts';
import { checkRecordSize } from '../../endpoints/endpoint/record-size.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import { type TransitionOutcome, transition } from '../../endpoints/endpoint/transition.ts';
import { checkVersion, operatorsDecisions, untilWritten } from '../../ground/aws/revised-item.ts';
import { said } from '../../ground/base/advice.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation, OperationContext } from './operation.ts';

/** The calls of the State table that a change needs. */
export interface ConnectionRecordPorts {
  store: Pick<StateTable, 'readConnection' | 'replaceConnection'>;
}

/** The connection that an operation is about. */
export interface Named {
  name: string;
}

/** The decision about a record: what to write, or why nothing is written. */
export type UpdateDecision =
  | { kind: 'changed'; change: Partial<Connection>; entry: HistoryEntry }
  | { kind: 'same' }
  | ({ kind: 'refused' } & RefusedVerb);

/** The refusal of a verb that the lifecycle does not allow. */
export const conflict = (
  refused: RefusedVerb,
  { endpoint }: Connection,
  { actor, now }: Pick<OperationContext, 'actor' | 'now'>,
): Refusal => {
  const { detail, ...ways } = adviceFor(refused, endpoint, now);
  return new Refusal(refused.code, detail, {
    endpointStatus: statusOf(endpoint),
    allowedActions: allowedActions(endpoint, actor.role, now),
    ...ways,
  });
};

/**
 * The connection of this name.
 * @throws a refusal if there is none
 */
export async function requireConnection(
  name: string,
  { store }: { store: Pick<StateTable, 'readConnection'> },
): Promise<Connection> {
  const connection = connectionNameForm.test(name) ? await store.readConnection(name) : undefined;
  if (connection) return connection;
  throw new Refusal('connection_not_found', said({ code: 'connection_not_found' }));
}

/**
 * Changes a connection as `decide` says.
 * @returns the record after the change
 * @throws a refusal, and then writes nothing
 */
export async function updateConnection(
  name: string,
  context: OperationContext,
  { store }: ConnectionRecordPorts,
  decide: (connection: Connection) => UpdateDecision | Promise<UpdateDecision>,
): Promise<Connection> {
  const read = () => requireConnection(name, { store });
  const updated = await untilWritten(operatorsDecisions, read, async (connection) => {
    const { version } = connection;
    checkVersion(version, context.ifVersion, (wanted) => said({ code: 'version_mismatch', wanted, version }));
    const decision = await decide(connection);
    if (decision.kind === 'same') return connection;
    if (decision.kind === 'refused') throw conflict(decision, connection, context);
    const { via } = context.actor;
    const next = nextVersion(connection, decision.change, { ...decision.entry, ...(via && { via }) });
    checkRecordSize(connection, next);
    return (await store.replaceConnection(next, context.requestId)) === 'written' ? next : undefined;
  });
  if (updated) return updated;
  throw new Refusal('superseded', explanations.superseded);
}

/** Turns an outcome of the lifecycle into a decision. */
export function decisionOf(
  outcome: TransitionOutcome,
  { verb, ...command }: Pick<Command, 'verb'> & { discardHeld?: boolean },
): UpdateDecision {
  if (outcome.kind === 'refused') return { ...outcome, verb, discardHeld: command.discardHeld === true };
  return outcome.kind === 'changed' ? { ...outcome, change: changeTo(outcome.endpoint) } : outcome;
}

/** Without an endpoint no events arrive. A later endpoint begins without the routes of an earlier one. */
const changeTo = (endpoint: Endpoint | null): Partial<Connection> =>
  endpoint ? { endpoint } : { endpoint, routes: undefined };

/** Why a command is no longer for this record, or undefined if it is. */
export type WhyOutdated = (connection: Connection) => OtherConflict | undefined;

/**
 * Applies a command to the endpoint with one write.
 * @param along what the write changes of the connection besides
 * @throws as `updateConnection` does
 */
export const applyCommand = (
  name: string,
  command: Command,
  context: OperationContext,
  ports: ConnectionRecordPorts,
  whyOutdated: WhyOutdated = () => undefined,
  along: Partial<Connection> = {},
): Promise<Connection> =>
  updateConnection(name, context, ports, (connection) => {
    const code = whyOutdated(connection);
    if (code !== undefined) return { kind: 'refused', code };
    const outcome = transition(connection.endpoint, command, { by: context.actor.id, now: context.now });
    const decision = decisionOf(outcome, command);
    return decision.kind === 'changed' ? { ...decision, change: { ...decision.change, ...along } } : decision;
  });

/** An operation that is one write of a command without input. */
export const oneWrite =
  (command: () => Command): Operation<Named, ConnectionRecordPorts> =>
  ({ name }, context, ports) =>
    applyCommand(name, command(), context, ports);

/** The names of the fields that a change sets to another value. Absent if there are none. */
function changedFields(before: Connection, change: Partial<Connection>): Pick<HistoryEntry, 'settings'> {
  const names = (Object.keys(change) as (keyof Connection)[]).filter((name) => change[name] !== before[name]);
  return names.length > 0 ? { settings: names.sort() } : {};
}

/** Decides about a verb of the connection itself. It changes nothing of the endpoint. */
export const decideOn =
  (verb: 'edit' | 'delete', change: Partial<Connection>, { actor, now }: OperationContext) =>
  (connection: Connection): UpdateDecision => {
    const { endpoint } = connection;
    const outcome = resolveVerb(endpoint, verb, now);
    if (outcome === 'same') return { kind: outcome };
    if ('refused' in outcome) return { kind: 'refused', code: outcome.refused, verb };
    const entry = { verb, by: actor.id, at: now.toISOString(), from: statusOf(endpoint), to: outcome.to };
    return { kind: 'changed', change, entry: { ...entry, ...changedFields(connection, change) } };
  };
