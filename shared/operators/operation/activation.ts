/**
 * Opens and closes an endpoint's URL. The URL is the same at every activation. A file that does it says so in the same write. So it is
 * known at any time whether the file or an operator closed the URL.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { checkManagerChange, type FileManager, fileManagerOf } from '../../endpoints/endpoint/managed-by.ts';
import { transition } from '../../endpoints/endpoint/transition.ts';
import type { Operation } from './operation.ts';
import { type ConnectionRecordPorts, decideOn, decisionOf, type Named, updateConnection } from './update-connection.ts';

type ByFile = Named & { managedBy?: FileManager | undefined };

/** The file that manages the connection, once an operator has opened or closed the URL: it is no longer the file that closed it. */
function asOperatorsLeaveIt(connection: Connection): FileManager | undefined {
  const manager = fileManagerOf(connection);
  if (!manager) return undefined;
  const { closed: _, ...rest } = manager;
  return rest;
}

const openingOrClosing =
  (verb: 'activate' | 'deactivate'): Operation<ByFile, ConnectionRecordPorts> =>
  ({ name, managedBy }, context, ports) =>
    updateConnection(name, context, ports, (connection: Connection) => {
      const author = { by: context.actor.id, now: context.now };
      const decision = decisionOf(transition(connection.endpoint, { verb }, author), { verb });
      if (decision.kind === 'refused') return decision;
      const manager = managedBy ?? asOperatorsLeaveIt(connection);
      if (managedBy !== undefined) checkManagerChange(connection, managedBy);
      if (manager !== undefined && decision.kind === 'changed')
        return { ...decision, change: { ...decision.change, managedBy: manager } };
      if (managedBy === undefined) return decision;
      const isSaid = isDeepStrictEqual({ ...connection.managedBy }, { ...managedBy });
      return isSaid ? decision : decideOn('edit', { managedBy }, context)(connection);
    });

export const activateEndpoint = openingOrClosing('activate');

export const deactivateEndpoint = openingOrClosing('deactivate');
