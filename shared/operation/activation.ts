/**
 * Opens and closes an endpoint's URL. The URL is the same at every activation. A file that does it says so in the same write. So it is
 * known at any time whether the file or an operator closed the URL.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Connection } from '../endpoint/connection.ts';
import { checkManagerChange, type FileManager } from '../endpoint/managed-by.ts';
import { transition } from '../endpoint/transition.ts';
import type { Operation } from './operation.ts';
import { decideOn, decisionOf, type Named, type RecordPorts, updateConnection } from './update-connection.ts';

type ByFile = Named & { managedBy?: FileManager | undefined };

const openingOrClosing =
  (verb: 'activate' | 'deactivate'): Operation<ByFile, RecordPorts> =>
  ({ name, managedBy }, context, ports) =>
    updateConnection(name, context, ports, (connection: Connection) => {
      const author = { by: context.actor.id, now: context.now };
      const decision = decisionOf(transition(connection.endpoint, { verb }, author), { verb });
      if (managedBy === undefined || decision.kind === 'refused') return decision;
      checkManagerChange(connection, managedBy);
      if (decision.kind === 'changed') return { ...decision, change: { ...decision.change, managedBy } };
      const isSaid = isDeepStrictEqual({ ...connection.managedBy }, { ...managedBy });
      return isSaid ? decision : decideOn('edit', { managedBy }, context)(connection);
    });

export const activateEndpoint = openingOrClosing('activate');

export const deactivateEndpoint = openingOrClosing('deactivate');
