/** An event pattern as a request has it: its form and its bounds. */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';

/** An event pattern, as it was written. A zod record would drop a field that is named `__proto__`. */
export const patternJsonSchema = /* @__PURE__ */ schema(() =>
  z.custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an event pattern: a JSON object of fields',
  ),
);

/** The longest pattern of a search, and the longest list of rules, in bytes of its JSON. */
export const maxRoutesBytes = 32 * 1024;
/**
 * The largest size of a pattern, or of all patterns of a list together. An event without arrays and without long texts then never takes
 * more steps than a matching may take.
 */
export const maxPatternSize = 20_000;
