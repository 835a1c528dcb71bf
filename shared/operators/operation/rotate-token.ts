/** Replaces the live value. The old value is accepted until its grace ends. */
import type { FileManager } from '../../endpoints/endpoint/managed-by.ts';
import { rotatedValue } from '../../endpoints/endpoint/replacement-value.ts';
import type { DictatedValues } from '../../endpoints/endpoint/secret-value.ts';
import { settingsOf } from '../../endpoints/endpoint/settings-in-force.ts';
import type { LiveValue, ValueHistory } from '../../endpoints/endpoint/token-reuse.ts';
import type { Operation } from './operation.ts';
import { addVersion, type LiveVersion, makerOf, moveLabel, type SecretPorts } from './secret-version.ts';
import type { Named } from './update-connection.ts';

/** Values that replace the live ones. `force` ends a running grace. */
export type Replacement = DictatedValues & {
  graceSeconds: number;
  force: boolean;
  managedBy?: FileManager | undefined;
};

/** The value that stays live beside its replacement. */
export const valuesBeside = ({ live }: ValueHistory, { graceSeconds }: Replacement): readonly LiveValue[] =>
  graceSeconds > 0 ? live.slice(0, 1) : [];

export const rotateToken: Operation<Named & Replacement, SecretPorts, LiveVersion> = async (input, context, ports) => {
  const { name, graceSeconds, force, managedBy } = input;
  const rotated = await addVersion(
    { name, context, ports, managedBy },
    { verb: 'rotateToken', force },
    (before, past) => {
      const making = { past, beside: valuesBeside(past, input), maker: makerOf(before) };
      const { value, ...use } = rotatedValue(before.provider, settingsOf(before).auth, input, making);
      return {
        value,
        finish: ({ tokenId }) => ({ verb: 'rotateToken', step: 'finish', graceSeconds, force, tokenId, ...use }),
      };
    },
  );
  await moveLabel(rotated.connection, context, ports);
  return rotated;
};
