/** Ends tokens: all live ones, or only the previous one in its grace. */
import { unmarkedBearers, type ValuePorts } from './live-values.ts';
import type { Operation } from './operation.ts';
import { applyCommand, type Named, type RecordPorts } from './update-connection.ts';

const endingVerb =
  (verb: 'removeToken' | 'endGrace'): Operation<Named, RecordPorts & ValuePorts> =>
  async ({ name }, context, ports) => {
    const bearers = await unmarkedBearers(name, context, ports);
    return applyCommand(name, { verb, ...bearers }, context, ports);
  };

/** Removes every live token. An active endpoint becomes inactive. */
export const removeToken = endingVerb('removeToken');

/** Ends the grace of the previous token now. */
export const endGrace = endingVerb('endGrace');
