import { hmac64 } from "../common-schemes.js";
import { ok, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac64('x-xero-signature'), {
    batch: { items: '/events', type: '/eventType' },
    rejectionStatus: 401,
    answer: ok,
});
export const guide = {
    name: 'Xero',
    docs: 'https://developer.xero.com/documentation/guides/webhooks/overview/',
    url: 'Open My apps, choose your app and Webhooks, and enter the URL as Delivery URL. Then start the check: Xero sends requests with right and wrong signatures.',
    secret: '{Adopt} the webhooks key that Xero shows there.',
    deadlineSeconds: 5,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: {
        events: [{ eventType: 'UPDATE', resourceId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11' }],
        firstEventSequence: 1,
        lastEventSequence: 1,
    },
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    answer: { status: 200, contentType: 'application/json', body: '' },
    rejectionStatus: 401,
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'x-xero-signature': 'v02IAyKlYr+f418UukPTQ/9h2WiHbgXFTP6q8C9t/L0=',
            },
            body: '{"events":[{"eventType":"UPDATE"},{"eventType":"CREATE"}]}',
            type: 'webhook',
            items: [
                [undefined, 'UPDATE'],
                [undefined, 'CREATE'],
            ],
        },
    ],
};
