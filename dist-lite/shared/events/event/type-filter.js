import * as z from 'zod/mini';
import { schema } from "../../ground/base/schema.js";
import { PatternError } from "../../ground/pattern/pattern-error.js";
import { readPattern } from "../../ground/pattern/read-pattern.js";
/** An asterisk stands for any characters, by the rules of `wildcard` in event patterns. */
const patternOf = (type) => ({ type: [type.includes('*') ? { wildcard: type } : type] });
/** The type that a list is narrowed to, such as `invoice.paid` or `invoice.*`. */
export const typeFilterSchema = /* @__PURE__ */ schema(() => z.string().check(z.minLength(1), z.check(({ value, issues }) => {
    const pattern = readPattern(patternOf(value));
    if (pattern instanceof PatternError)
        issues.push({ code: 'custom', input: value, message: pattern.problem });
})));
/**
 * Whether an event has a type that a list is narrowed to.
 * @param type one that `typeFilterSchema` accepts. Undefined for any type
 */
export function typeFilter(type) {
    if (type === undefined)
        return () => true;
    if (!type.includes('*'))
        return (event) => event.type === type;
    const pattern = readPattern(patternOf(type));
    if (pattern instanceof PatternError)
        throw pattern;
    return (event) => pattern({ type: event.type }) === 'match';
}
