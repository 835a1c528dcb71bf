/** Deletes a destination. */
import { Refusal } from '../base/refusal.ts';
import type { DestinationTable } from '../destination/destination-table.ts';
import type { Operation } from './operation.ts';
import type { Named } from './update-connection.ts';
import { updateDestination } from './update-destination.ts';

/**
 * First writes into the record who deletes the destination, then removes the record. The history needs the first write, because a
 * removal can't name the actor; and only after it the secret is deleted, because what somebody clears by hand keeps its secret.
 */
export const deleteDestination: Operation<Named, { destinations: DestinationTable }, void> = async (
  { name },
  context,
  ports,
) => {
  const entry = { verb: 'delete', by: context.actor.id, at: context.now.toISOString() } as const;
  const marked = await updateDestination(name, context, ports, () => ({ change: {}, entry }));
  if ((await ports.destinations.remove(marked)) === 'written') return;
  throw new Refusal(
    'superseded',
    'Another operator changed this destination at the same time. Read it, and delete it again.',
  );
};
