import { hmac } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac('sentry-hook-signature'), {
    id: 'request-id',
    type: 'sentry-hook-resource',
});
export const guide = {
    name: 'Sentry integrations',
    docs: 'https://docs.sentry.io/integrations/integration-platform/webhooks/',
    url: 'Open Settings > Developer settings, choose the integration, and enter the URL as Webhook URL.',
    secret: '{Adopt} the client secret of the integration.',
    deadlineSeconds: 1,
    unsignedId: true,
    confidence: 'stated',
};
export const otherNames = ['sentry-io'];
export const sample = {
    headers: {
        'content-type': 'application/json',
        'sentry-hook-resource': 'issue',
        'sentry-hook-timestamp': '1772366400',
        'request-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: { action: 'created', data: { issue: { id: '1' } } },
    type: 'issue',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'sentry-hook-signature': 'b29ad785c6dd489be10970863ee77aad1db2e6c2ca3a93b249c765f974d1146d',
                'sentry-hook-resource': 'issue',
                'request-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: '{"action":"created","data":{"issue":{"id":"1"}}}',
            type: 'issue',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
};
