/**
 * Schemes that no template can describe: the signed message depends on the request, or a body has several signatures.
 */
import { readAdyen } from "./adyen.js";
import { readContentful } from "./contentful.js";
import { readPaypal } from "./paypal.js";
import { readSns } from "./sns.js";
import { readTwilio } from "./twilio.js";
/** Reads a request by the scheme of its sender. */
export function readBySender(scheme, request) {
    switch (scheme.kind) {
        case 'twilio':
            return readTwilio(request);
        case 'adyen':
            return readAdyen(request);
        case 'contentful':
            return readContentful(scheme.tolerance, request);
        case 'sns':
            return readSns(scheme.topicArns, request);
        case 'paypal':
            return readPaypal(scheme, request);
    }
}
