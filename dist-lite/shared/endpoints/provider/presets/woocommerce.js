import { hmac64 } from "../common-schemes.js";
import { check, signed } from "../preset-builders.js";
export const preset = signed(hmac64('x-wc-webhook-signature'), {
    // No id: all deliveries of one second have the same X-WC-Webhook-Delivery-ID.
    type: 'x-wc-webhook-topic',
    // WooCommerce sends this request once, unsigned, when the webhook is saved. A delivery may have the field
    // `webhook_id` too, but a delivery is signed.
    handshakes: [
        check('POST', ['/webhook_id', 'content-type^=application/x-www-form-urlencoded', '!x-wc-webhook-signature']),
    ],
});
export const guide = {
    name: 'WooCommerce',
    docs: 'https://woocommerce.com/document/webhooks/',
    url: 'Open WooCommerce > Settings > Advanced > Webhooks, and enter the URL as Delivery URL.',
    secret: 'Enter {endpointSecret} in the field Secret.',
    confidence: 'stated',
};
export const otherNames = ['woo', 'woo-commerce'];
export const sample = {
    headers: {
        'content-type': 'application/json',
        'x-wc-webhook-topic': 'order.created',
        'x-wc-webhook-delivery-id': 'wc-1',
    },
    body: { id: 727, status: 'processing' },
    type: 'order.created',
    handshakes: [
        {
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: 'webhook_id=1',
            answer: {},
        },
    ],
};
export const literals = {
    demands: 'signature',
    secretFrom: 'operator',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'x-wc-webhook-signature': 'qawMR4Na/uFr9QNEB/133trCiMAw/cs4a0IcqnmKQLQ=',
                'x-wc-webhook-topic': 'order.created',
            },
            body: '{"id":727}',
            type: 'order.created',
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
            body: 'webhook_id=1',
            proof: 'none',
            answer: { headers: { 'content-type': 'text/plain' }, body: '' },
        },
    ],
    noHandshakes: [
        {
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8', 'x-wc-webhook-signature': 'a' },
            body: 'webhook_id=1',
        },
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"webhook_id":1}' },
        {
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
            body: 'order=1',
        },
    ],
};
