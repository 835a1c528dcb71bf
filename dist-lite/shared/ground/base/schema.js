/**
 * Wraps the calls that build a schema. Annotate the call with `@__PURE__`, so that the bundler leaves out unused
 * schemas. The bundler keeps plain zod calls even if they are unused, because it can't know that they have no side
 * effects.
 */
export const schema = (make) => make();
