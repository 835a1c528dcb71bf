/** Deletes a connection that has no endpoint. */

import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation } from './operation.ts';
import { decideOn, type Named, updateConnection } from './update-connection.ts';

/**
 * First writes into the record who deletes the connection, then removes the record. The history needs the first write,
 * because a removal can't name the actor.
 */
export const deleteConnection: Operation<Named, { store: StateTable }, void> = async ({ name }, context, ports) => {
  const marked = await updateConnection(name, context, ports, decideOn('delete', {}, context));
  if ((await ports.store.removeConnection(marked)) === 'written') return;
  const detail = 'Another operator changed this connection at the same time. Read it, and delete it again.';
  throw new Refusal('superseded', detail);
};
