/** What an operator does in a handshake: opens a window for the sender's secret, confirms the secret, or closes the window. */
import { randomUUID } from 'node:crypto';
import type { Operation } from './operation.ts';
import { moveLabel, type SecretPorts } from './secret-version.ts';
import { applyCommand, type ConnectionRecordPorts, type Named, oneWrite } from './update-connection.ts';

/** Opens a window in which the sender may deliver its secret once. An open window is replaced. */
export const openHandshake: Operation<Named & { minutes: number }, ConnectionRecordPorts> = (input, context, ports) => {
  const until = new Date(context.now.getTime() + input.minutes * 60_000).toISOString();
  const window = { id: randomUUID(), until };
  return applyCommand(input.name, { verb: 'openHandshake', window }, context, ports);
};

type Confirmation = Named & { graceSeconds: number; force: boolean };

/** Makes a delivered secret live. The previous secret stays live until its grace ends. */
export const confirmHandshake: Operation<Confirmation, SecretPorts> = async ({ name, ...grace }, context, ports) => {
  const connection = await applyCommand(name, { verb: 'confirmHandshake', ...grace }, context, ports);
  await moveLabel(connection, context, ports);
  return connection;
};

/** Closes the window, and drops a delivered secret that is not confirmed. */
export const closeHandshake = oneWrite(() => ({ verb: 'closeHandshake' }));
