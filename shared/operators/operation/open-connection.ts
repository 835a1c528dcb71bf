/** Opens a connection. */

import { newConnection } from '../../endpoints/endpoint/connection.ts';
import type { NewConnection } from '../../endpoints/endpoint/connection-request.ts';
import type { ManagedBy } from '../../endpoints/endpoint/managed-by.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation } from './operation.ts';

type Wanted = Omit<NewConnection, 'managedBy'> & { id: string; managedBy?: ManagedBy | undefined };

/** If the answer is lost and the request is repeated, the second one is refused, because the name exists by then. */
export const openConnection: Operation<Wanted, { store: Pick<StateTable, 'openConnection'> }> = async (
  { id, managedBy, ...wanted },
  { actor, now, requestId },
  { store },
) => {
  const opened = newConnection(wanted, id, { by: actor.id, now }, managedBy);
  if ((await store.openConnection(opened, requestId)) === 'written') return opened;
  throw new Refusal('connection_exists', 'A connection with this name exists. Read it, or choose another name.');
};
