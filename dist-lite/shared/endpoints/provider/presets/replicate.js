import { standard } from "../preset-builders.js";
// The body is a prediction. It has no event type, only a status.
export const preset = standard({ type: '/status' });
export const guide = {
    name: 'Replicate',
    docs: 'https://replicate.com/docs/topics/webhooks/verify-webhook',
    url: 'Enter the URL as webhook in the API call that starts the prediction or training.',
    secret: '{Adopt} the key that Replicate returns at GET /v1/webhooks/default/secret, including the prefix whsec_.',
    secretPrefix: 'whsec_',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json', 'webhook-id': 'msg_5' },
    body: { id: 'pred1', status: 'succeeded', output: ['https://replicate.example/out.png'] },
    type: 'succeeded',
    deliveryId: 'msg_5',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the id, a dot, the time, a dot and the body',
            secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
            headers: {
                'content-type': 'application/json',
                'webhook-id': 'msg_5',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,Cizoh00ycG1t0q97fDbVr7zqzokppU/hj2Ff4ZVznoA=',
            },
            body: '{"id":"pred1","status":"succeeded"}',
            type: 'succeeded',
            deliveryId: 'msg_5',
            validSeconds: 300,
        },
    ],
};
