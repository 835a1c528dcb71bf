/** The delivery id that is exactly the value at a source. Undefined if the same value can be written in several ways. */
function idAt(source) {
    if (source.separator !== undefined || source.bare)
        return undefined;
    if (source.in === 'header')
        return { by: 'header', name: source.name };
    return source.in === 'body' && source.path !== undefined ? { by: 'body', path: source.path } : undefined;
}
/** The values that a scheme signs in addition to the body, as delivery ids. Each may be an id, or anything else. */
export const signedValuesOf = (scheme) => 'message' in scheme ? scheme.message.flatMap((part) => (part.part === 'value' ? (idAt(part.source) ?? []) : [])) : [];
const isSame = (one, other) => (one.by === 'header' && other.by === 'header' && one.name === other.name) ||
    (one.by === 'body' && other.by === 'body' && one.path === other.path);
/** Whether the scheme signs the body's own bytes, so that each field of the body is signed. */
const signsBytes = (scheme) => 'message' in scheme ? scheme.message.some(({ part }) => part === 'body') : scheme.kind === 'contentful';
/** Whether the scheme signs all that a form can have. `only` refuses a second field. */
const signsForm = (scheme) => 'message' in scheme && scheme.message.some((part) => part.part === 'sortedForm' && part.only !== undefined);
/** The ids that SNS and PayPal sign. */
const ownIds = {
    sns: { by: 'body', path: '/MessageId' },
    paypal: { by: 'header', name: 'paypal-transmission-id' },
};
/**
 * Whether each request with the same signature has the same delivery id. False for Twilio and Adyen: a form may have a field
 * twice, and an item may be in a list twice.
 */
export function signsId(scheme, dedupe) {
    if (dedupe.by === 'content')
        return signsBytes(scheme);
    if (dedupe.by === 'body' && (signsBytes(scheme) || signsForm(scheme)))
        return true;
    return [...signedValuesOf(scheme), ownIds[scheme.kind] ?? []].flat().some((signed) => isSame(signed, dedupe));
}
