/** Takes the secret that a sender delivers in a handshake. */

import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { makeValue, type NewValue } from '../../endpoints/endpoint/secret-value.ts';
import { settingsOf } from '../../endpoints/endpoint/settings-in-force.ts';
import type { DeliveredSecret } from '../../events/arrival/secret-delivery.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation } from './operation.ts';
import { type StorePorts, storeVersion, type VersionToStore } from './secret-version.ts';
import { requireConnection, type WhyOutdated } from './update-connection.ts';

/**
 * Makes a version of the secret from the delivered value.
 * @throws a refusal if it can't be this sender's secret
 */
function valueFrom(connection: Connection, value: string): NewValue {
  const { auth } = settingsOf(connection);
  const { id = '', bearers = [] } = connection.endpoint ?? {};
  // Senders that deliver a secret sign with it. With another kind of auth they would need a token that they don't know.
  if (auth.kind !== 'signature')
    throw new Refusal('token_not_usable', 'A delivered secret can only be a signing secret.');
  // The function that calls this can't read the endpoint's other values. Instead, digests in the record show which
  // values were already used as tokens.
  return makeValue(connection.provider, auth, { value }, { past: { endpointId: id, bearers, live: [] } });
}

/**
 * Stores a delivered secret. It is live at once if the endpoint has no live secret: nobody was admitted before. Otherwise
 * an operator has to confirm it, because anybody who saw the URL could have sent it.
 * @throws a refusal, `window_closed` if the connection has another endpoint by now
 */
export const acceptDeliveredSecret: Operation<Omit<DeliveredSecret, 'requestId'>, StorePorts> = async (
  { connection: { id, name }, endpointId, windowId, sourceIp, value: text },
  context,
  ports,
) => {
  const before = await requireConnection(name, ports);
  const { value, ...use } = valueFrom(before, text);
  const whyOutdated: WhyOutdated = ({ id: of, endpoint }) =>
    of === id && endpoint?.id === endpointId ? undefined : 'window_closed';
  const target = { name, context, ports, whyOutdated };
  const { endpoint } = before;
  const first: VersionToStore['finish'] = ({ tokenId, secret }) => {
    return { verb: 'generateToken', step: 'finish', tokenId, secret, ...use };
  };
  const waiting: VersionToStore['finish'] = ({ tokenId }) => {
    return { verb: 'rotateToken', step: 'deliver', tokenId, sourceIp, force: true };
  };
  return endpoint?.secret === undefined
    ? storeVersion(target, endpoint, { verb: 'generateToken', windowId }, { value, finish: first })
    : storeVersion(target, endpoint, { verb: 'rotateToken', force: true, windowId }, { value, finish: waiting });
};
