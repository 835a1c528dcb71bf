/** Ends a value that was begun and never finished. If its request finishes late, it is refused. */
import type { Operation } from './operation.ts';
import { applyCommand, type ConnectionRecordPorts, type Named } from './update-connection.ts';

/** @throws a refusal if the value is no longer pending */
export const abandonToken: Operation<Named & { tokenId: string }, ConnectionRecordPorts> = (
  { name, tokenId },
  context,
  ports,
) => applyCommand(name, { verb: 'generateToken', step: 'abandon', tokenId }, context, ports);
