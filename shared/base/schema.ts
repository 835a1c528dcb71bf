/**
 * Wraps the calls that build a schema. Annotate the call with `@__PURE__`, so that bundles that don't use the schema
 * omit it. The bundler would keep plain zod calls, because it can't know that they have no side effects.
 */
export const schema = <T>(make: () => T): T => make();
