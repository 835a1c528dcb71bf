/**
 * Makes a schema, and is called with the mark `@__PURE__`: so a bundle that does not ask for the schema leaves it out. The
 * calls of zod themselves it would keep, because it can't know that they do nothing else.
 */
export const schema = <T>(make: () => T): T => make();
