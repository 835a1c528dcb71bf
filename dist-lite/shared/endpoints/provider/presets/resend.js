// Svix delivers for Resend.
export { preset } from "./svix.js";
export const guide = {
    name: 'Resend',
    docs: 'https://resend.com/docs/webhooks/verify-webhooks-requests',
    url: 'Open Webhooks > Add Webhook, and enter the URL as Endpoint URL.',
    secret: '{Adopt} the signing secret on the page of the webhook, including the prefix whsec_.',
    secretPrefix: 'whsec_',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json', 'svix-id': 'msg_4' },
    body: { type: 'email.delivered', created_at: '2026-03-01T12:00:00.000Z', data: { email_id: 'em_1' } },
    type: 'email.delivered',
    deliveryId: 'msg_4',
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
                'svix-id': 'msg_4',
                'svix-timestamp': '1772366400',
                'svix-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,OnOY/BvMmc67QRpBKIrQ32CWH25/mcYEreHROwQqCOI=',
            },
            body: '{"type":"email.delivered","data":{"email_id":"em_1"}}',
            type: 'email.delivered',
            deliveryId: 'msg_4',
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
