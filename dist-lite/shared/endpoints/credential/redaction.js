/**
 * Removes credentials from a request before it is stored, shown or published. The values at accepted placements are
 * removed, the same values elsewhere in the request, and everything in the form of a token. Percent-encoded copies are
 * removed too.
 */
import { pairsOf } from "../../ground/base/json-pointer.js";
import { replaceFound } from "./encoded-text.js";
import { originHeader } from "./request-origin.js";
import { testHeader } from "./self-test-mark.js";
import { minTokenLength, tokenForm } from "./token.js";
import { credentialsIn } from "./token-placement.js";
/** Replaces a removed value. */
export const redacted = 'REDACTED';
/** The shortest presented value that is searched for, in characters. Shorter texts would match by chance. */
const minValueLength = minTokenLength;
const encodedBytes = {
    form: /%([0-9A-Fa-f]{2})/g,
    decode: ([, digits = '']) => String.fromCharCode(Number.parseInt(digits, 16)),
};
/** Replaces plus signs by spaces. Forms encode a space as a plus sign, so both characters count as the same. */
export const plusAsSpace = (text) => text.replaceAll('+', ' ');
/**
 * Finds the ranges of secrets in a text. Does not decode the text.
 * @param values secrets that do not have the form of a generated token
 */
function* secretRanges(text, values) {
    for (const { index, 0: found } of text.matchAll(tokenForm))
        yield [index, index + found.length];
    for (const value of values.map(plusAsSpace)) {
        const within = plusAsSpace(text);
        for (let at = within.indexOf(value); at >= 0; at = within.indexOf(value, at + 1))
            yield [at, at + value.length];
    }
}
/** Redacts generated tokens and these values in a text. */
export function redactTokens(text, values = []) {
    if (values.length === 0 && !text.includes('%'))
        return text.replace(tokenForm, redacted);
    return replaceFound(text, encodedBytes, (layer) => secretRanges(layer, values), redacted);
}
/** The presented values that can't be recognized by their form. */
function secretsToRedact(presented) {
    const values = presented.flatMap(({ value }) => (value === null || value.length < minValueLength ? [] : [value]));
    return [...new Set(values.filter((value) => redactTokens(value) !== redacted))];
}
function redactQuery(raw, names, values) {
    const pairs = raw.split('&').map((pair) => {
        const [name = ''] = pairsOf(pair).keys();
        return names.has(name) ? `${pair.split('=')[0]}=${redacted}` : pair;
    });
    return redactTokens(pairs.join('&'), values);
}
/** Headers that are always redacted: they carry credentials, the nonce of a test, or the secret of CloudFront. */
const alwaysHidden = ['authorization', 'proxy-authorization', 'cookie', testHeader, originHeader];
/** The names of the accepted placements of this kind. */
const placementNames = (accept, kind) => accept.flatMap((placement) => (placement.in === kind ? [placement.name] : []));
/**
 * A request's headers, query and path, ready to store. Redacts the values at accepted placements, Authorization,
 * cookies, the nonce of a test, everything in the form of a token, and the presented values wherever they occur. With a
 * path placement, always redacts the last segment, because a mistyped token reveals most of the real one.
 * @param inBody the credentials that the request presents in its body
 */
export function redact(accept, carrier, inBody = []) {
    const secretHeaders = new Set([...alwaysHidden, ...placementNames(accept, 'header')]);
    const values = secretsToRedact([...credentialsIn(accept, carrier), ...inBody]);
    const headers = Object.fromEntries(Object.entries(carrier.headers).map(([name, value = '']) => [
        name,
        secretHeaders.has(name) ? redacted : redactTokens(value, values),
    ]));
    const segments = carrier.rest?.split('/') ?? [];
    if (segments.length > 0 && accept.some((placement) => placement.in === 'path'))
        segments.splice(-1, 1, redacted);
    return {
        headers,
        query: redactQuery(carrier.rawQueryString, new Set(placementNames(accept, 'query')), values),
        path: redactTokens(segments.join('/'), values),
    };
}
/** The user agent, ready to show. Undefined if there is none, or if tokens are accepted in that header. */
export function userAgentOf(accept, carrier) {
    const agent = carrier.headers['user-agent'];
    if (agent === undefined || placementNames(accept, 'header').includes('user-agent'))
        return undefined;
    return redactTokens(agent, secretsToRedact(credentialsIn(accept, carrier)));
}
