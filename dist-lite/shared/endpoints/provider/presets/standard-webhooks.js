import { standard } from "../preset-builders.js";
export const preset = standard();
export const guide = {
    name: 'Standard Webhooks',
    docs: 'https://www.standardwebhooks.com/',
    url: 'Enter the URL as the endpoint URL in the webhook settings of the sender. Choose this provider for any sender whose headers begin with webhook-.',
    secret: '{Adopt} the signing secret that the sender shows, including the prefix whsec_. A secret without this prefix must be base64.',
    deadlineSeconds: 15,
    confidence: 'stated',
};
export const otherNames = ['standardwebhooks', 'standard-webhook'];
export const sample = {
    headers: { 'content-type': 'application/json', 'webhook-id': 'msg_2' },
    body: { type: 'user.created', timestamp: '2026-03-01T12:00:00Z', data: { id: 'user_1' } },
    type: 'user.created',
    deliveryId: 'msg_2',
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
                'webhook-id': 'msg_2',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,L8PTD0sR5CPRJeO4JxDAXLPM4tTPEnv8dlzzyqwBe9I=',
            },
            body: '{"type":"user.created","data":{}}',
            type: 'user.created',
            deliveryId: 'msg_2',
            validSeconds: 300,
        },
    ],
};
