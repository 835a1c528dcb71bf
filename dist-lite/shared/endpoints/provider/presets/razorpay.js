import { hmac } from "../common-schemes.js";
import { signed } from "../preset-builders.js";
export const preset = signed(hmac('x-razorpay-signature'), {
    id: 'x-razorpay-event-id',
    type: '/event',
});
export const guide = {
    name: 'Razorpay',
    docs: 'https://razorpay.com/docs/webhooks/validate-test/',
    url: 'Open Account and settings > Webhooks, and enter the URL as Webhook URL.',
    secret: 'Enter {endpointSecret} in the field Secret.',
    deadlineSeconds: 5,
    unsignedId: true,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json', 'x-razorpay-event-id': 'rzp-1' },
    body: { entity: 'event', event: 'payment.captured' },
    type: 'payment.captured',
    deliveryId: 'rzp-1',
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
                'x-razorpay-signature': 'e7d3cbdb803c641f720d921da12c4ad3fe05d42afc6b1abfd26f09da8a3c849b',
                'x-razorpay-event-id': 'rzp-1',
            },
            body: '{"entity":"event","event":"payment.captured"}',
            type: 'payment.captured',
            deliveryId: 'rzp-1',
        },
    ],
};
