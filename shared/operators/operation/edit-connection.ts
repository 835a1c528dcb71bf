/** Edits a connection, or says which file manages it. */
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { checkManagerChange, type FileManager, managerVerb } from '../../endpoints/endpoint/managed-by.ts';
import type { Operation } from './operation.ts';
import { type ConnectionRecordPorts, decideOn, type Named, updateConnection } from './update-connection.ts';

type Edit = Named & {
  provider?: string | undefined;
  description?: string | undefined;
  /** Null leaves the connection to operators. */
  managedBy?: FileManager | null | undefined;
};

/** The provider can change only while there is no endpoint. */
export const editConnection: Operation<Edit, ConnectionRecordPorts> = (
  { name, provider, description, managedBy },
  context,
  ports,
) => {
  const change = {
    ...(provider ? { provider } : {}),
    ...(description === undefined ? {} : { description }),
    ...(managedBy === undefined ? {} : { managedBy: managedBy ?? undefined }),
  } as Partial<Connection>;
  return updateConnection(name, context, ports, (connection) => {
    if (provider && provider !== connection.provider && connection.endpoint)
      return { kind: 'refused', code: 'action_not_allowed', verb: 'edit' };
    const decision = decideOn('edit', change, context)(connection);
    if (managedBy === undefined) return decision;
    checkManagerChange(connection, managedBy);
    const verb = managerVerb(connection, managedBy);
    return decision.kind === 'changed' && verb ? { ...decision, entry: { ...decision.entry, verb } } : decision;
  });
};
