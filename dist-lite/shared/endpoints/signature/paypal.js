/** Reads a request that PayPal signed: RSA over its headers and the body's CRC-32. The key is in a certificate. */
import { secondsPerDay } from "../../ground/base/time.js";
import { paypalGuard } from "./certificate-scheme.js";
import { headerOf, readByTemplate, } from "./signed-message.js";
import { timeRejection } from "./timestamp.js";
const paypalHeader = (name) => ({ in: 'header', name: `paypal-${name}` });
/**
 * PayPal's scheme as a template. PayPal does not say if a retry has a new time, so the tolerance covers all retries.
 */
const paypalTemplate = (webhookId, tolerance) => ({
    kind: 'publicKey',
    algorithm: 'rsa-sha256',
    key: { form: 'pem' },
    encoding: 'base64',
    requires: [{ header: 'paypal-auth-algo', equals: 'SHA256withRSA' }],
    signatures: [paypalHeader('transmission-sig')],
    timestamp: { source: paypalHeader('transmission-time'), unit: 'rfc3339', tolerance },
    message: [
        { part: 'value', source: paypalHeader('transmission-id') },
        { part: 'literal', text: '|' },
        { part: 'timestamp' },
        { part: 'literal', text: `|${webhookId}|` },
        { part: 'bodyCrc32' },
    ],
});
/** How far PayPal's clock may be ahead of Hooklatch's clock. */
const maxClockLeadSeconds = 300;
export function readPaypal(scheme, request) {
    const { days } = paypalGuard(scheme);
    const reading = readByTemplate(paypalTemplate(scheme.webhookId, days * secondsPerDay), request);
    const time = headerOf(request, 'paypal-transmission-time');
    // A time in the future has a stricter limit than the tolerance. Otherwise a signature could still be accepted after
    // its delivery id is forgotten.
    const refused = time && timeRejection(time, 'rfc3339', maxClockLeadSeconds, request.now);
    return refused === 'timestamp_in_future' ? refused : reading;
}
