/** Ends tokens: all live ones, or only the previous one in its grace. */
import { oneWrite } from './update-connection.ts';

/** Removes every live token. An active endpoint becomes inactive. */
export const removeToken = oneWrite(() => ({ verb: 'removeToken' }));

/** Ends the grace of the previous token now. */
export const endGrace = oneWrite(() => ({ verb: 'endGrace' }));
