const messagePiecesOf = (message) => message.flatMap((part, at) => part.part === 'sortedForm' && part.only !== undefined
    ? [
        { at, part: { part: 'literal', text: part.only } },
        { at, part },
    ]
    : [{ at, part }]);
const isUnbounded = ({ part: { part } }) => part === 'body' || part === 'sortedForm';
/** Whether the scheme's time is a number. */
const isNumber = ({ timestamp }) => timestamp?.unit === 's' || timestamp?.unit === 'ms';
/** Whether a reader can find both ends of a part only by its form. */
function isFixed({ part: { part } }, scheme) {
    if (part === 'timestamp')
        return !isNumber(scheme);
    return part === 'literal' || part === 'secret' || part === 'method';
}
/** The characters of a URL (RFC 3986). Without brackets, which occur only in IPv6 addresses. */
const urlText = /^[\w.~:/?#@!$&'()*+,;=%-]*$/;
const digits = /^\d*$/;
/**
 * Whether a text begins and ends with the same characters, as `aba` does. A search can find such a text too early: the
 * value `ab` before the literal `aba` gives `ababa`.
 */
const isBordered = (text) => [...text].some((_, at, characters) => at > 0 && text.startsWith(characters.slice(at).join('')));
/**
 * A text that the neighbour always contains, at a known distance from the value. A value next to the neighbour must not
 * contain that text.
 */
function markOf({ part }, side, scheme) {
    // An RFC 3339 time has a colon after the hours.
    if (part.part === 'timestamp')
        return side === 'next' && scheme.timestamp?.unit === 'rfc3339' ? ':' : undefined;
    if (part.part !== 'literal')
        return undefined;
    return isBordered(part.text) ? [...part.text].at(side === 'next' ? 0 : -1) : part.text;
}
/**
 * Whether the neighbour's character next to a number is never a digit. Such a character shows where the number ends.
 */
function endsNumber({ part }, side) {
    if (part.part === 'literal')
        return !(side === 'next' ? /^\d/ : /\d$/).test(part.text);
    return part.part === 'method' || (part.part === 'url' && side === 'next');
}
/** The condition for a number. A CRC varies in length, so its neighbour must show where the CRC ends. */
function onNumber({ at, part }, neighbour, side, scheme) {
    if (endsNumber(neighbour, side))
        return undefined;
    if (part.part === 'timestamp')
        return { at, length: scheme.timestamp?.unit === 's' ? 10 : 13 };
    return unclear(part, neighbour.part, side);
}
function unclear(part, neighbour, side) {
    const [first, second] = side === 'next' ? [part, neighbour] : [neighbour, part];
    return `Nothing separates ${first.part} and ${second.part}, so one signature can be valid for two requests. Put a literal between them, such as ${part.part === 'url' ? 'a line break' : 'a dot'}.`;
}
/**
 * The condition for one part. Returns undefined if the part needs no condition. Returns a message for the operator if
 * no condition would be enough.
 */
function conditionOn(piece, neighbour, side, scheme) {
    const { at, part } = piece;
    const isValue = part.part === 'value';
    if (neighbour.part.part === 'body' && !isValue)
        return { at, only: part.part === 'url' ? urlText : digits, beside: neighbour.at, side };
    if (!isValue && part.part !== 'url')
        return onNumber(piece, neighbour, side, scheme);
    const mark = markOf(neighbour, side, scheme);
    // A single character can't mark where a URL ends if that character can occur in a URL.
    const isOfUse = mark !== undefined && (isValue || mark.length > 1 || !urlText.test(mark));
    return isOfUse ? { at, without: mark } : unclear(part, neighbour.part, side);
}
/** The conditions for all pieces except the one at `open`, which may contain anything. */
function boundariesAround(open, pieces, scheme) {
    const conditions = [];
    for (const [index, piece] of pieces.entries()) {
        const side = index < open ? 'next' : 'previous';
        const neighbour = pieces[side === 'next' ? index + 1 : index - 1];
        if (index === open || isFixed(piece, scheme) || !neighbour)
            continue;
        if (isUnbounded(piece))
            return 'The message contains the body twice. Remove one.';
        const condition = conditionOn(piece, neighbour, side, scheme);
        if (typeof condition === 'string')
            return condition;
        if (condition)
            conditions.push(condition);
    }
    return conditions;
}
const boundariesByScheme = new WeakMap();
/** The conditions under which each message of a scheme can be split in one way only. */
export function boundariesOf(scheme) {
    const found = boundariesByScheme.get(scheme) ?? findBoundaries(scheme);
    boundariesByScheme.set(scheme, found);
    return found;
}
function findBoundaries(scheme) {
    if (scheme.message.some((part) => part.part === 'sortedForm' && part.only === undefined))
        return 'sortedForm joins names and values without separators, so a=bc and ab=c have the same signature. In only, name the one field of the form.';
    const pieces = messagePiecesOf(scheme.message);
    const open = pieces.findIndex(isUnbounded);
    const candidates = open >= 0 ? [open] : [...pieces.keys()].filter((index) => !isFixed(pieces[index], scheme));
    const tried = candidates.map((index) => boundariesAround(index, pieces, scheme));
    return tried.find((one) => typeof one !== 'string') ?? tried[0] ?? [];
}
/** Whether the message made from these parts can be split back in one way only. */
export function isUnambiguous(boundaries, parts) {
    if (typeof boundaries === 'string')
        return false;
    const bytesAt = (at) => {
        const part = parts[at];
        return Buffer.isBuffer(part) ? part : Buffer.alloc(0);
    };
    const mayBeEmpty = boundaries.filter((condition) => 'beside' in condition).length < 2;
    return boundaries.every((condition) => {
        const part = bytesAt(condition.at);
        if ('without' in condition)
            return !part.includes(condition.without);
        if ('length' in condition)
            return part.length === condition.length;
        const body = bytesAt(condition.beside);
        const edge = (condition.side === 'next' ? body.subarray(0, 1) : body.subarray(-1)).toString('latin1');
        return condition.only.test(part.toString('latin1')) && (edge === '' ? mayBeEmpty : !condition.only.test(edge));
    });
}
