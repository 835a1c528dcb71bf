/**
 * Names of connections. A name is part of the webhook URL and never changes.
 *
 * There are two forms, so that existing connections stay reachable if a later release restricts new names.
 */

/** The longest name, in characters. */
export const maxConnectionName = 48;

/** The form of a new connection's name. */
export const newConnectionNameForm = /* @__PURE__ */ new RegExp(`^[a-z][a-z0-9-]{1,${maxConnectionName - 1}}$`);

/** The form of all names that were ever allowed. A request for any other name is rejected without a read. */
export const connectionNameForm = /^[a-z][a-z0-9-]{1,47}$/;
