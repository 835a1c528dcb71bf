/** Opens a connection. */
import { Refusal } from '../base/refusal.ts';
import { newConnection } from '../endpoint/connection.ts';
import type { NewConnection } from '../endpoint/connection-request.ts';
import type { ManagedBy } from '../endpoint/managed-by.ts';
import type { StateTable } from '../endpoint/state-table.ts';
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
