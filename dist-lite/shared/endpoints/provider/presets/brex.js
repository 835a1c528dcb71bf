import { standard } from "../preset-builders.js";
export const preset = standard({ type: '/event_type' });
export const guide = {
    name: 'Brex',
    docs: 'https://developer.brex.com/docs/webhooks',
    url: 'Enter the URL as url in the API call that registers the webhook.',
    secret: '{Adopt} the secret that Brex returns at GET /v1/webhooks/secrets.',
    confidence: 'known',
};
export const sample = {
    headers: { 'content-type': 'application/json', 'webhook-id': 'msg_6' },
    body: { event_type: 'TRANSFER_PROCESSED', transfer_id: 'pti_1' },
    type: 'TRANSFER_PROCESSED',
    deliveryId: 'msg_6',
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
                'webhook-id': 'msg_6',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,3GAXVW/3S0LJ8lmTB8MuN8xyxmtcE/cItxid1SWclxc=',
            },
            body: '{"event_type":"TRANSFER_PROCESSED","transfer_id":"pti_1"}',
            type: 'TRANSFER_PROCESSED',
            deliveryId: 'msg_6',
            validSeconds: 300,
        },
    ],
};
