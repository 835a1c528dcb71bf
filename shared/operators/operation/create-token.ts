/** Generates a token, or adopts one that the sender chose. It is the first value of a new secret. */
import type { FileManager } from '../../endpoints/endpoint/managed-by.ts';
import { type DictatedValues, makeValue } from '../../endpoints/endpoint/secret-value.ts';
import { settingsOf } from '../../endpoints/endpoint/settings-in-force.ts';
import type { Operation } from './operation.ts';
import { addVersion, type LiveVersion, makerOf, type SecretPorts } from './secret-version.ts';
import type { Named } from './update-connection.ts';

type Chosen = Named & DictatedValues & { managedBy?: FileManager | undefined };

export const createToken: Operation<Chosen, SecretPorts, LiveVersion> = (
  { name, managedBy, ...dictated },
  context,
  ports,
) =>
  addVersion({ name, context, ports, managedBy }, { verb: 'generateToken' }, (before, past) => {
    const { auth } = settingsOf(before);
    const { value, ...use } = makeValue(before.provider, auth, dictated, { past, maker: makerOf(before) });
    return {
      value,
      finish: ({ tokenId, secret }) => ({ verb: 'generateToken', step: 'finish', tokenId, secret, ...use }),
    };
  });
