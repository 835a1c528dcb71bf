/** Edits and deletes a connection. Neither changes the endpoint. */
import { Problem } from '../base/problem.ts';
import type { Connection } from '../endpoint/connection.ts';
import { resolveVerb, statusOf } from '../endpoint/lifecycle.ts';
import type { StateTable } from '../endpoint/state-table.ts';
import { type ConnectionCall, type UpdateDecision, updateConnection } from './connection-update.ts';

/** Decides whether an operator may edit or delete a connection now. Neither command changes the endpoint's settings. */
export const decideOn =
  (call: ConnectionCall, verb: 'edit' | 'delete', change: Partial<Connection>) =>
  ({ endpoint }: Connection): UpdateDecision => {
    const outcome = resolveVerb(endpoint, verb, call.now);
    if (outcome === 'same') return { kind: outcome };
    if ('refused' in outcome) return { kind: 'refused', code: outcome.refused, verb };
    const at = call.now.toISOString();
    return {
      kind: 'changed',
      change,
      entry: { verb, by: call.operator.id, at, from: statusOf(endpoint), to: outcome.to },
    };
  };

/**
 * First writes into the record which operator deletes the connection, then removes the record. The history needs the
 * first write, because a removal can't name the operator.
 */
export async function deleteConnection(call: ConnectionCall, store: StateTable): Promise<void> {
  const marked = await updateConnection(call, store, decideOn(call, 'delete', {}));
  if ((await store.removeConnection(marked)) === 'written') return;
  throw new Problem(
    409,
    'superseded',
    'Another operator changed this connection at the same time. Read it, and delete it again.',
  );
}
