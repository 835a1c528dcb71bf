/** EventBridge's event patterns: JSON that says which events are wanted. */
import { pointerOf } from "../base/json-pointer.js";
import { isReserved, valueTestOf } from "./comparison-operator.js";
import { meetsOne, treeOf } from "./condition-tree.js";
import { PatternError } from "./pattern-error.js";
import { OverBudget, stepBudget } from "./step-budget.js";
/** EventBridge refuses a pattern if the combinations of its `$or`s exceed this number. */
const maxAlternatives = 1000;
/**
 * Ours. EventBridge takes 2,048 characters, so it needs no such limit: each combination has all conditions beside the `$or`s again.
 */
const maxConditions = 20_000;
/** The depth at which EventBridge's parser of JSON gives up. */
const maxDepth = 1000;
/**
 * Compiles an event pattern. Event source mappings filter with the same language.
 * @throws PatternError if EventBridge would refuse the pattern
 */
export function compilePattern(pattern) {
    const alternatives = expand(pattern, { keys: [], path: [] });
    if (alternatives.reduce((sum, { length }) => sum + length, 0) > maxConditions)
        throw new PatternError('', `has more than ${maxConditions} conditions in the combinations of its $or operators`);
    // Each combination of `$or`s becomes a tree of its own. Conditions on one array must be met by the same element, even
    // if they come from different `$or`s.
    const trees = alternatives.map(treeOf);
    const matches = (event, budget = stepBudget()) => {
        try {
            return meetsOne(trees, event, budget) ? 'match' : 'no match';
        }
        catch (error) {
            if (error instanceof OverBudget)
                return 'over budget';
            throw error;
        }
    };
    return Object.assign(matches, { size: sizeOf(alternatives) });
}
const sizeOf = (alternatives) => alternatives.flat().reduce((sum, { path, values }) => sum + path.length + values, 0);
const malformed = ({ keys }, problem) => new PatternError(pointerOf(keys), problem);
const within = ({ keys, path }, name) => ({ keys: [...keys, name], path: [...path, name] });
/**
 * All combinations of the pattern's `$or`s, as lists of conditions. An event matches if it meets every condition of one
 * list.
 */
function expand(pattern, place) {
    if (!isObject(pattern))
        throw malformed(place, 'must be an object of fields');
    if (place.keys.length >= maxDepth)
        throw malformed(place, `is more than ${maxDepth} levels deep`);
    const entries = Object.entries(pattern);
    if (entries.length === 0)
        throw malformed(place, 'must name a field: an empty object is not allowed');
    let combinations = [[]];
    for (const [name, wanted] of entries) {
        const next = expandField(name, wanted, place);
        if (combinations.length * next.length > maxAlternatives)
            throw malformed(place, `has more than ${maxAlternatives} combinations of its $or operators`);
        combinations = combine(combinations, next);
    }
    return combinations;
}
/** Each of these lists with each of those. The usual field has one list, which is added without a copy of the others. */
function combine(lists, next) {
    if (next.length > 1)
        return lists.flatMap((list) => next.map((added) => [...list, ...added]));
    for (const list of lists)
        for (const condition of next.flat())
            list.push(condition);
    return lists;
}
function expandField(name, wanted, place) {
    const here = within(place, name);
    if (name === '$or' && isAlternatives(wanted))
        return wanted.flatMap((each, at) => expand(each, { ...place, keys: [...here.keys, `${at}`] }));
    if (Array.isArray(wanted))
        return [[conditionOf(here, wanted)]];
    if (isObject(wanted))
        return expand(wanted, here);
    throw malformed(here, 'must be an array of the wanted values, or an object of fields');
}
/**
 * Whether `$or` is the operator. Otherwise it is an ordinary field, as it was before EventBridge introduced the
 * operator.
 */
export function isAlternatives(wanted) {
    if (!Array.isArray(wanted) || wanted.length < 2)
        return false;
    return wanted.every((each) => isObject(each) && !Object.keys(each).some(isReserved));
}
function conditionOf(place, wanted) {
    if (wanted.length === 0)
        throw malformed(place, 'must contain a value: an empty array is not allowed');
    const tests = wanted.map((each, at) => readTest(place, at, each));
    return {
        path: place.path,
        accepts: (leaf, budget) => tests.some((test) => test(leaf, budget)),
        acceptsAbsence: wanted.some(isAbsence),
        values: leavesIn(wanted),
    };
}
/** The texts, numbers and other single values in what a field has to be. */
function leavesIn(wanted) {
    if (typeof wanted !== 'object' || wanted === null)
        return 1;
    return Object.values(wanted).reduce((sum, each) => sum + leavesIn(each), 0);
}
function readTest({ keys }, at, wanted) {
    try {
        return valueTestOf(wanted);
    }
    catch (error) {
        throw new PatternError(pointerOf([...keys, `${at}`]), error.message);
    }
}
const isAbsence = (wanted) => isObject(wanted) && wanted['exists'] === false;
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
