/** The comparison operators of EventBridge's patterns. A pattern says which ones a field of an event has to pass. */
import { addressesIn, isBlock } from "../base/address-range.js";
import { lowerCaseOf, takeSteps } from "./step-budget.js";
/** The characters of a text that are compared in a step. */
const charactersInStep = 256;
/** The comparisons in a step of a search. At worst it compares all of what it looks for at each character of a text. */
const comparisonsInStep = 4096;
/** EventBridge compares numbers only within ± this bound. */
const maxComparableNumber = 5e9;
/** The operators by their names. The pattern itself handles the absence of a field. */
const operators = {
    prefix: (operand) => affix('prefix', operand, (text, start) => text.startsWith(start)),
    suffix: (operand) => affix('suffix', operand, (text, end) => text.endsWith(end)),
    'equals-ignore-case': equalIgnoringCase,
    wildcard: (operand) => wildcard(textOf('wildcard', operand)),
    numeric,
    cidr,
    exists: (operand) => {
        if (typeof operand !== 'boolean')
            throw new Error('needs true or false for exists');
        return () => operand;
    },
    'anything-but': anythingBut,
};
/** The operators that `anything-but` may contain, each with a text or a list of texts. */
const excluding = new Set(['prefix', 'suffix', 'wildcard', 'equals-ignore-case']);
/** Beside the operators, the names that EventBridge keeps for itself in an alternative of `$or`. Its source lists them. */
const kept = new Set([
    ...['exactly', '=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case', 'date-after'],
    ...['date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
    ...['ip-address-in-range', 'ip-address-not-in-range'],
]);
/** Whether an alternative of `$or` can't have a field of this name. */
export const isReserved = (name) => Object.hasOwn(operators, name) || kept.has(name);
/**
 * The test for one value in a field's array. It takes a step, and more for a long text. Throws an Error that says what is
 * unknown or malformed.
 */
export function valueTestOf(wanted) {
    const test = testOf(wanted);
    return (leaf, budget) => {
        takeSteps(budget, 1 + (typeof leaf === 'string' ? Math.floor(leaf.length / charactersInStep) : 0));
        return test(leaf, budget);
    };
}
function testOf(wanted) {
    // JSON.parse gives numbers one form, so 5 and 5.0 are the same.
    if (wanted === null || typeof wanted !== 'object')
        return (leaf) => leaf === wanted;
    if (Array.isArray(wanted))
        throw new Error('must not contain an array within an array');
    const [name, operand] = onlyEntry(wanted);
    const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
    if (!operator) {
        throw new Error(`contains ${name}, which is not an operator. The operators are ${Object.keys(operators).join(', ')} and $or`);
    }
    return operator(operand);
}
function onlyEntry(wanted) {
    const [entry, ...more] = Object.entries(wanted);
    if (!entry || more.length > 0)
        throw new Error('must have exactly one operator in each object of its array');
    return entry;
}
function textOf(operator, operand) {
    if (typeof operand !== 'string')
        throw new Error(`needs a text for ${operator}`);
    return operand;
}
function affix(operator, operand, compare) {
    if (typeof operand === 'object' && operand !== null) {
        const [name, nested] = onlyEntry(operand);
        if (name !== 'equals-ignore-case')
            throw new Error(`contains ${name} in ${operator}, which takes only equals-ignore-case`);
        return affixIgnoringCase(`${operator} with ${name}`, nested, compare);
    }
    const wanted = textOf(operator, operand);
    return (leaf) => typeof leaf === 'string' && compare(leaf, wanted);
}
/** No text becomes shorter in lower case, so one that is longer than the wanted text differs from it. */
function equalIgnoringCase(operand) {
    const wanted = textOf('equals-ignore-case', operand).toLowerCase();
    return (leaf, budget) => typeof leaf === 'string' && leaf.length <= wanted.length && lowerCaseOf(leaf, budget) === wanted;
}
function affixIgnoringCase(operator, operand, compare) {
    const wanted = textOf(operator, operand).toLowerCase();
    return (leaf, budget) => typeof leaf === 'string' && compare(lowerCaseOf(leaf, budget), wanted);
}
/** `*` matches any characters or none. A backslash escapes `*` and itself. */
function wildcard(pattern) {
    const [first = '', ...rest] = literalsOf(pattern);
    const last = rest.pop();
    if (last === undefined)
        return (leaf) => leaf === first;
    return (leaf, budget) => {
        if (typeof leaf !== 'string' || !leaf.startsWith(first))
            return false;
        let from = first.length;
        for (const literal of rest) {
            takeSteps(budget, Math.floor(((leaf.length - from) * literal.length) / comparisonsInStep));
            const at = leaf.indexOf(literal, from);
            if (at < 0)
                return false;
            from = at + literal.length;
        }
        return leaf.length - last.length >= from && leaf.endsWith(last);
    };
}
/** Splits the pattern into the literal texts between its wildcards. */
function literalsOf(pattern) {
    const literals = [''];
    for (const [token] of pattern.matchAll(/\\.?|\*+|[^\\*]+/gsu)) {
        if (token.startsWith('**'))
            throw new Error('has two * in a row, which wildcard does not allow');
        if (token === '*') {
            literals.push('');
            continue;
        }
        const isEscape = token.startsWith('\\');
        if (isEscape && token !== '\\*' && token !== '\\\\')
            throw new Error('has a backslash in wildcard that is not before * or \\');
        literals.push(literals.pop() + (isEscape ? token.slice(1) : token));
    }
    return literals;
}
const comparisons = {
    '=': (value, bound) => value === bound,
    '<': (value, bound) => value < bound,
    '<=': (value, bound) => value <= bound,
    '>': (value, bound) => value > bound,
    '>=': (value, bound) => value >= bound,
};
function numeric(operand) {
    const shape = 'needs a comparison like [">", 0] for numeric, or a lower and an upper bound like [">", 0, "<=", 5]';
    if (!Array.isArray(operand))
        throw new Error(shape);
    const [name, bound, upperName, upper, ...more] = operand;
    const lower = comparison(name, bound, shape);
    if (operand.length === 2)
        return lower;
    const isRange = String(name).startsWith('>') && String(upperName).startsWith('<') && more.length === 0;
    const below = comparison(upperName, upper, shape);
    if (!isRange)
        throw new Error(shape);
    if (Number(bound) >= Number(upper))
        throw new Error('has a lower bound in numeric that is not below the upper one');
    return (leaf) => lower(leaf) && below(leaf);
}
function comparison(name, bound, shape) {
    const compare = typeof name === 'string' && Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
    if (!compare || typeof bound !== 'number')
        throw new Error(shape);
    if (Math.abs(bound) > maxComparableNumber)
        throw new Error('has a bound in numeric outside -5e9 to 5e9');
    return (leaf) => typeof leaf === 'number' && Math.abs(leaf) <= maxComparableNumber && compare(leaf, bound);
}
/** The longest text of an IPv6 address with a zone is 61 characters. */
const longestAddress = 64;
/** EventBridge refuses a block of a single address. */
function cidr(operand) {
    const block = textOf('cidr', operand);
    if (!isBlock(block)) {
        throw new Error('needs an IPv4 or IPv6 block for cidr, like 10.0.0.0/8 or 2001:db8::/32; give a single address as a text instead');
    }
    const contains = addressesIn([block]);
    return (leaf) => typeof leaf === 'string' && leaf.length <= longestAddress && contains(leaf);
}
function anythingBut(operand) {
    const unwanted = exclusionsOf(operand);
    return (leaf, budget) => !unwanted.some((test) => test(leaf, budget));
}
function exclusionsOf(operand) {
    if (typeof operand !== 'object' || operand === null || Array.isArray(operand))
        return valuesOf(operand).map(valueTestOf);
    const [name, nested] = onlyEntry(operand);
    if (!excluding.has(name))
        throw new Error(`contains ${name} in anything-but, which takes only ${[...excluding].join(', ')}`);
    return valuesOf(nested).map((value) => {
        const isText = typeof value === 'string' && (value !== '' || !['prefix', 'suffix'].includes(name));
        if (!isText)
            throw new Error(`needs texts for ${name} in anything-but`);
        return valueTestOf({ [name]: value });
    });
}
function valuesOf(operand) {
    const values = [operand].flat();
    const [first] = values;
    const isUniform = values.every((value) => typeof value === typeof first);
    if (!isUniform || !['string', 'number'].includes(typeof first)) {
        throw new Error('needs either texts or numbers for anything-but');
    }
    return values;
}
