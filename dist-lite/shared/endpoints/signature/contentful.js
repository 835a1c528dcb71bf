import { fixedMessages, headerOf, signaturesIn, } from "./signed-message.js";
import { timeRejection } from "./timestamp.js";
export const contentfulMethod = {
    kind: 'hmac',
    algorithm: 'sha256',
    key: { form: 'utf8' },
    encoding: 'hex',
};
/**
 * The path and query as Contentful's own library writes them: the query is escaped twice. Undefined for a URL with a
 * second question mark. The library ignores everything after the second question mark, so that part would not be
 * signed.
 */
function contentfulPath(url) {
    const pathAndQuery = url.replace(/\w+:\/\/[^/?#]*/, '');
    const [path = '', query, ...more] = pathAndQuery.split('?');
    // A lone surrogate has no UTF-8 form.
    if (more.length > 0 || !url.isWellFormed())
        return undefined;
    return encodeURI(query ? `${path}?${encodeURIComponent(query)}` : path);
}
/**
 * Matches a text that looks like the start of the next header or of the body. A header value with such a text is
 * ambiguous.
 */
const nextHeader = /;[!#$%&'*+.^_`|~\w-]+:|[\r\n]/;
/** The message that Contentful signs, or why there is none. The time must be one of the signed headers. */
export function contentfulMessages(request) {
    const names = headerOf(request, 'x-contentful-signed-headers')?.split(',') ?? [];
    const headers = [...new Set(names)]
        .sort()
        .map((name) => [name, headerOf(request, name)?.replace(/^[ \t]+|[ \t]+$/g, '')]);
    const path = contentfulPath(request.url);
    const covers = ['x-contentful-timestamp', 'x-contentful-signed-headers'].every((name) => names.includes(name));
    if (!covers || path === undefined || headers.some(([, value]) => value === undefined))
        return 'message_incomplete';
    if (headers.some(([, value]) => value && nextHeader.test(value)))
        return 'message_ambiguous';
    const written = headers.map(([name, value]) => `${name}:${value}`).join(';');
    return fixedMessages([`${request.method}\n${path}\n${written}\n`, request.body]);
}
export function readContentful(tolerance, request) {
    const written = headerOf(request, 'x-contentful-signature');
    if (written === undefined)
        return 'signature_missing';
    const signatures = signaturesIn(contentfulMethod, [written]);
    if (typeof signatures === 'string')
        return signatures;
    const timestamp = headerOf(request, 'x-contentful-timestamp');
    if (timestamp === undefined)
        return 'timestamp_missing';
    const refused = timeRejection(timestamp, 'ms', tolerance, request.now);
    if (refused)
        return refused;
    const messages = contentfulMessages(request);
    return typeof messages === 'string' ? messages : { method: contentfulMethod, checks: [{ signatures, messages }] };
}
