import { body, hmac64, url } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac64('x-square-hmacsha256-signature', { message: [url, body] }), {
    id: '/event_id',
    type: '/type',
});
export const guide = {
    name: 'Square',
    docs: 'https://developer.squareup.com/docs/webhooks/step3validate',
    url: 'Open the application in the developer console, choose Webhooks, and enter the URL as Notification URL. Square signs the URL too, so do not change it.',
    secret: '{Adopt} the signature key of the subscription.',
    deadlineSeconds: 10,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { event_id: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', type: 'payment.updated', merchant_id: 'M1' },
    type: 'payment.updated',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the URL and the body',
            headers: {
                'content-type': 'application/json',
                'x-square-hmacsha256-signature': 'fNnhhX71w+YJANSkpwTlwj5Tlw3ceY5A/KPd4EhZ3cs=',
            },
            body: '{"event_id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11","type":"payment.updated"}',
            type: 'payment.updated',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
};
