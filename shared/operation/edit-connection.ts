/** Edits a connection. */
import type { Operation } from './operation.ts';
import { decideOn, type Named, type RecordPorts, updateConnection } from './update-connection.ts';

type Edit = Named & { provider?: string | undefined; description?: string | undefined };

/** The provider can change only while there is no endpoint. */
export const editConnection: Operation<Edit, RecordPorts> = ({ name, provider, description }, context, ports) => {
  const change = { ...(provider ? { provider } : {}), ...(description === undefined ? {} : { description }) };
  return updateConnection(name, context, ports, (connection) => {
    if (provider && provider !== connection.provider && connection.endpoint)
      return { kind: 'refused', code: 'action_not_allowed', verb: 'edit' };
    return decideOn('edit', change, context)(connection);
  });
};
