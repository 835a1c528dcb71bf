import { basic, inAuthorization } from "../common-placements.js";
import { body, hmac64, time, timestamp } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac64('x-zendesk-webhook-signature', {
    timestamp: time('x-zendesk-webhook-signature-timestamp', 0, 'rfc3339'),
    message: [timestamp, body],
}), {
    accept: [...inAuthorization, basic],
    id: '/id',
    type: '/type',
});
export const guide = {
    name: 'Zendesk',
    docs: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
    url: 'Open Admin Center > Apps and integrations > Webhooks, and enter the URL as Endpoint URL.',
    secret: '{Adopt} the signing secret that Zendesk shows beside the webhook.',
    contentType: 'Choose POST as the request method and JSON as the request format.',
    deadlineSeconds: 12,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { id: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', type: 'zen:event-type:ticket.created', detail: {} },
    type: 'zen:event-type:ticket.created',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    tokenIn: ['bearer', 'authorization', 'basic'],
    signed: [
        {
            origin: 'Python 3',
            signs: 'the time and the body',
            headers: {
                'content-type': 'application/json',
                'x-zendesk-webhook-signature-timestamp': '2026-03-01T12:00:00Z',
                'x-zendesk-webhook-signature': 'TDajbTucnHYkKU9L4VcW81I/pSIVXssAMT8W2O65NCk=',
            },
            body: '{"id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11","type":"zen:event-type:ticket.created"}',
            type: 'zen:event-type:ticket.created',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
};
