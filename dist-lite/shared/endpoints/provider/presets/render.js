export { preset } from "./standard-webhooks.js";
export const guide = {
    name: 'Render',
    docs: 'https://render.com/docs/webhooks',
    url: 'Open Integrations > Webhooks > Create Webhook, and enter the URL in the field URL.',
    secret: '{Adopt} the signing secret of the webhook, including the prefix whsec_.',
    deadlineSeconds: 15,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json', 'webhook-id': 'evt-r1' },
    body: { type: 'deploy_ended', timestamp: '2026-03-01T12:00:00Z', data: { id: 'evt-r1', serviceId: 'srv-1' } },
    type: 'deploy_ended',
    deliveryId: 'evt-r1',
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
                'webhook-id': 'evt-r1',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,mn3Kb0v6hM35/n5c99Cym+Wl5upYb02fnvc7y4ub1UM=',
            },
            body: '{"type":"deploy_ended","data":{"id":"evt-r1"}}',
            type: 'deploy_ended',
            deliveryId: 'evt-r1',
            validSeconds: 300,
        },
    ],
};
