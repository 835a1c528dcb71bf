import { takeSteps } from "./step-budget.js";
/** Builds the tree of a list of conditions. */
export function treeOf(conditions) {
    const root = { conditions: [], fields: new Map() };
    for (const condition of conditions) {
        let tree = root;
        for (const name of condition.path) {
            const child = tree.fields.get(name) ?? { conditions: [], fields: new Map() };
            tree.fields.set(name, child);
            tree = child;
        }
        tree.conditions.push(condition);
    }
    return root;
}
/**
 * Whether the event meets all conditions of one of the trees.
 * @throws OverBudget
 */
export function meetsOne(trees, event, budget) {
    const matching = { event, budget, existence: new Map() };
    return trees.some((tree) => matchesTree(tree, event, matching));
}
/** Whether one element of the value (or the value itself, if it is not an array) satisfies the whole tree. */
function matchesTree(tree, value, matching) {
    return elementsOf(value, matching.budget).some((element) => {
        for (const condition of tree.conditions)
            if (!satisfies(condition, element, matching))
                return false;
        for (const [name, child] of tree.fields)
            if (!matchesTree(child, fieldOf(element, name), matching))
                return false;
        return true;
    });
}
/** A field is absent only if no element of the arrays on its path has it. */
function satisfies(condition, element, matching) {
    takeSteps(matching.budget, 1);
    if (isLeaf(element) && condition.accepts(element, matching.budget))
        return true;
    return condition.acceptsAbsence && !isThere(condition, matching);
}
function isThere(condition, { event, budget, existence }) {
    const known = existence.get(condition) ?? exists(event, condition.path, budget);
    existence.set(condition, known);
    return known;
}
function exists(value, path, budget, depth = 0) {
    const name = path[depth];
    return elementsOf(value, budget).some((element) => name === undefined ? isLeaf(element) : exists(fieldOf(element, name), path, budget, depth + 1));
}
/**
 * The elements of a value, those of arrays within it too. An empty array counts as no value. Not recursive: a sender may nest
 * arrays ten thousands of times.
 */
function elementsOf(value, budget) {
    const elements = [];
    const waiting = [value];
    while (waiting.length > 0) {
        takeSteps(budget, 1);
        const next = waiting.pop();
        if (Array.isArray(next))
            for (const element of next)
                waiting.push(element);
        else
            elements.push(next);
    }
    return elements.length > 0 ? elements : [undefined];
}
function fieldOf(value, name) {
    const isHolder = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
    return isHolder ? Reflect.get(value, name) : undefined;
}
const isLeaf = (value) => value !== undefined && (value === null || typeof value !== 'object');
