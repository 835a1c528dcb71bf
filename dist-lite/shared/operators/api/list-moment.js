/** The moment up to which a list is complete: in its body, and in a header when the body is not sent. */
export const asOfHeader = 'hooklatch-as-of';
/** The field of a list that has its moment. */
export const momentFields = ['asOf', 'upTo', 'publicationAsOf'];
/** The moment in a list. Undefined if it has none. */
export function momentOf(list) {
    const field = momentFields.find((each) => typeof list[each] === 'string');
    return field && { field, at: String(list[field]) };
}
