import { hmac } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac('x-yousign-signature-256: sha256='), {
    id: '/event_id',
    type: '/event_name',
});
export const guide = {
    name: 'Yousign',
    docs: 'https://developers.yousign.com/docs/use-webhooks-in-your-app',
    url: 'Open Developers > Webhooks, and enter the URL as Endpoint.',
    secret: '{Adopt} the secret key of the webhook subscription.',
    deadlineSeconds: 0.5,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { event_id: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', event_name: 'signer.done', event_time: '1772366400' },
    type: 'signer.done',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'x-yousign-signature-256': 'sha256=34bcfc1d62bc66645615736e9e510557cbaa8de72fc88fb20b70ef1c491c19f5',
            },
            body: '{"event_id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11","event_name":"signer.done"}',
            type: 'signer.done',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
};
