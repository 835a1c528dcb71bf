import { hmac } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac('x-vercel-signature', { algorithm: 'sha1' }), {
    id: '/id',
    type: '/type',
});
export const guide = {
    name: 'Vercel',
    docs: 'https://vercel.com/docs/webhooks',
    url: 'Open Team settings > Webhooks, and enter the URL as Endpoint URL.',
    secret: '{Adopt} the secret that Vercel shows once, when the webhook is created. For an integration, {adopt} its client secret.',
    deadlineSeconds: 30,
    confidence: 'stated',
};
export const otherNames = ['vercel-drains', 'vercel-log-drains'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { id: 'evt_v1', type: 'deployment.succeeded', payload: {} },
    type: 'deployment.succeeded',
    deliveryId: 'evt_v1',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body, with SHA-1',
            headers: { 'content-type': 'application/json', 'x-vercel-signature': 'f51f0fd186f4036e051147dd1766a5368f1f8c02' },
            body: '{"id":"evt_v1","type":"deployment.succeeded"}',
            type: 'deployment.succeeded',
            deliveryId: 'evt_v1',
        },
    ],
};
