/** The fields at the top of an event that a pattern is about. */
import { isAlternatives } from "./event-pattern.js";
/** The fields at the top that a pattern names, also in its `$or`s. */
export const namedFields = (pattern, keys = []) => Object.entries(pattern).flatMap(([name, wanted]) => {
    const here = [...keys, name];
    return name === '$or' && isAlternatives(wanted)
        ? wanted.flatMap((each, at) => namedFields(each, [...here, `${at}`]))
        : [{ keys: here, name }];
});
/**
 * The fields of a pattern that no event has. With one of them, a pattern matches nothing, or the condition says nothing.
 * @param known the fields that events have
 */
export const unknownFields = (pattern, known) => namedFields(pattern).flatMap(({ keys, name }) => known.includes(name) ? [] : [{ path: keys, message: `is not a field of an event: use ${known.join(', ')}` }]);
