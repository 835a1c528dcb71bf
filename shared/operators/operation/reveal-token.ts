/** Reveals the live tokens. */
import type { SecretValue } from '../../endpoints/credential/secret-store.ts';
import { isByCertificate, isLiveToken } from '../../endpoints/endpoint/endpoint-record.ts';
import { onSecret } from './live-values.ts';
import type { Operation } from './operation.ts';
import type { LiveVersion, SecretPorts } from './secret-version.ts';
import { applyCommand, type Named } from './update-connection.ts';

/** The live values. There is a previous one only during a grace. */
type Revealed = LiveVersion & { previous?: SecretValue & { expiresAt: string } };

/**
 * First it records the reveal, so that nobody can see a token without a trace in the history. A previous version that only
 * stands in for a certificate has no secret, so it is left out.
 */
export const revealToken: Operation<Named, SecretPorts, Revealed> = async ({ name }, context, ports) => {
  const connection = await applyCommand(name, { verb: 'revealToken' }, context, ports);
  const { secret = '', guard, tokens: [current, previous] = [] } = connection.endpoint ?? {};
  const read = (id = '') => onSecret(name, secret, context, ports, () => ports.secretStore.read(secret, id));
  const value = await read(current?.id);
  if (!previous?.expiresAt || !isLiveToken(previous, context.now)) return { connection, value };
  const earlier = previous.under?.guard ?? guard;
  if (earlier && isByCertificate(earlier)) return { connection, value };
  return { connection, value, previous: { ...(await read(previous.id)), expiresAt: previous.expiresAt } };
};
