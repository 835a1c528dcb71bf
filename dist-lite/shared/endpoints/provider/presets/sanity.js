import { stripeLike } from "../common-schemes.js";
import { signed } from "../preset-builders.js";
export const preset = signed(stripeLike('sanity-webhook-signature', { encoding: 'base64url', tolerance: 0, unit: 'ms' }), {
    id: 'idempotency-key',
    type: 'sanity-operation',
});
export const guide = {
    name: 'Sanity',
    docs: 'https://www.sanity.io/docs/content-lake/webhooks',
    url: 'Open Project settings > API > Webhooks, and enter the URL in the field URL.',
    secret: 'Enter {endpointSecret} in the field Secret.',
    deadlineSeconds: 30,
    unsignedId: true,
    confidence: 'stated',
};
export const otherNames = ['sanity-io'];
export const sample = {
    headers: { 'content-type': 'application/json', 'sanity-operation': 'update', 'idempotency-key': 'sa1' },
    body: { _id: 'doc1', _type: 'post' },
    type: 'update',
    deliveryId: 'sa1',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'operator',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the time, a dot and the body',
            headers: {
                'content-type': 'application/json',
                'sanity-webhook-signature': 't=1772366400000,v1=q_q7r7RHQKcJ1nPcfj_foV0bE4FgwqhZQhJdIpXSwFo',
                'idempotency-key': 'sa1',
                'sanity-operation': 'update',
            },
            body: '{"_id":"doc1","_type":"post"}',
            type: 'update',
            deliveryId: 'sa1',
        },
    ],
};
