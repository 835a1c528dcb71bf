import { slackLike } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(slackLike('x-cio-signature', 'x-cio-timestamp'), {
    id: '/event_id',
    type: '/metric',
});
export const guide = {
    name: 'Customer.io',
    docs: 'https://docs.customer.io/journeys/webhooks/',
    url: 'Open Data and integrations > Reporting webhooks, and enter the URL as Endpoint.',
    secret: '{Adopt} the signing key of the webhook.',
    deadlineSeconds: 4,
    confidence: 'stated',
};
export const otherNames = ['customerio'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { event_id: '01E4', metric: 'opened', object_type: 'email' },
    type: 'opened',
    deliveryId: '01E4',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'v0:, the time, a colon and the body',
            headers: {
                'content-type': 'application/json',
                'x-cio-timestamp': '1772366400',
                'x-cio-signature': 'ee86f2e29d44e6a5b5731df8dd16671d46d1a0846ed2ef68521a9ee7b633d575',
            },
            body: '{"event_id":"01E4","metric":"opened"}',
            type: 'opened',
            deliveryId: '01E4',
        },
    ],
};
