/**
 * Names of connections. A name is part of the webhook URL and never changes.
 *
 * Two forms, because they change at different times: a stricter form for new names must not make existing connections
 * unreachable.
 */

/** The longest name, in characters. */
export const maxConnectionName = 48;

/** The form of a new connection's name. */
export const newConnectionNameForm = new RegExp(`^[a-z][a-z0-9-]{1,${maxConnectionName - 1}}$`);

/** The form of every name that was ever allowed. A request for any other name costs no read. */
export const connectionNameForm = /^[a-z][a-z0-9-]{1,47}$/;
