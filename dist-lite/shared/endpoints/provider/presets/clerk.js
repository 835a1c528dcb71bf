// Svix delivers for Clerk.
export { preset } from "./svix.js";
export const guide = {
    name: 'Clerk',
    docs: 'https://clerk.com/docs/reference/backend/verify-webhook',
    url: 'Open Dashboard > Webhooks > Add Endpoint, and enter the URL as Endpoint URL.',
    secret: '{Adopt} the signing secret that Clerk shows for its endpoint, including the prefix whsec_.',
    secretPrefix: 'whsec_',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json', 'svix-id': 'msg_3' },
    body: { type: 'user.created', object: 'event', data: { id: 'user_1', object: 'user' } },
    type: 'user.created',
    deliveryId: 'msg_3',
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
                'svix-id': 'msg_7',
                'svix-timestamp': '1772366400',
                'svix-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,+DKUhY7zJo4fH4saA5Dv0Gu2zhhy70mPkTwIO9uKHvE=',
            },
            body: '{"type":"user.created","object":"event"}',
            type: 'user.created',
            deliveryId: 'msg_7',
            validSeconds: 300,
        },
        {
            origin: 'Python 3',
            scheme: 'standard-webhooks',
            signs: 'the id, a dot, the time, a dot and the body',
            secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
            headers: {
                'content-type': 'application/json',
                'webhook-id': 'msg_9',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,qv/cuAhLq6X51uG2JMP1rlVnJcfSODEtlE7UzexWYRY=',
            },
            body: '{"type":"user.updated","data":{}}',
            type: 'user.updated',
            deliveryId: 'msg_9',
            validSeconds: 300,
        },
    ],
};
