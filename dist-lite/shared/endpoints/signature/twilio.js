/** Reads a request that Twilio signed: HMAC-SHA1 over the URL and the form, or over a URL with a hash of the body. */
import { hash } from 'node:crypto';
import { fixedMessages, headerOf, signaturesIn, sortedForm, } from "./signed-message.js";
export const twilioMethod = {
    kind: 'hmac',
    algorithm: 'sha1',
    key: { form: 'utf8' },
    encoding: 'base64',
};
/** A URL's host and its port. The host of an IPv6 address contains colons. */
const hostAndPort = /(\/\/[^/?#]*?)(:\d+)?(?=[/?#]|$)/;
/** The URL in three forms: unchanged, without its port, with the default port. Twilio may sign any of the three. */
function urlsOf(url) {
    const own = url.startsWith('https:') ? ':443' : ':80';
    const withPort = (_, host, port = own) => `${host}${port}`;
    return [url, url.replace(hostAndPort, '$1'), url.replace(hostAndPort, withPort)];
}
/** The messages that Twilio may have signed. Undefined if neither the form nor a hash in the URL covers the body. */
export function twilioMessages(request) {
    const hashes = URL.parse(request.url)?.searchParams.getAll('bodySHA256') ?? [];
    const isHashed = hashes.length > 0;
    if (isHashed && hashes.some((one) => one.toLowerCase() !== hash('sha256', request.body)))
        return undefined;
    const form = isHashed || request.body.length === 0 ? Buffer.alloc(0) : sortedForm(request);
    return form && fixedMessages(...urlsOf(request.url).map((url) => [url, form]));
}
export function readTwilio(request) {
    const written = headerOf(request, 'x-twilio-signature');
    if (written === undefined)
        return 'signature_missing';
    const signatures = signaturesIn(twilioMethod, [written]);
    if (typeof signatures === 'string')
        return signatures;
    const messages = twilioMessages(request);
    return messages ? { method: twilioMethod, checks: [{ signatures, messages }] } : 'message_incomplete';
}
