import { hmac } from "../common-schemes.js";
import { signed } from "../preset-builders.js";
export const preset = signed(hmac('x-hub-signature-256: sha256='), {
    older: { 'github-sha1': hmac('x-hub-signature: sha1=', { algorithm: 'sha1' }) },
    id: 'x-github-delivery',
    type: 'x-github-event',
});
export const guide = {
    name: 'GitHub',
    docs: 'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
    url: 'Open the settings of the repository, organization or app. Choose Webhooks, and enter the URL as Payload URL.',
    secret: 'Enter {endpointSecret} in the field Secret.',
    contentType: 'Choose application/json as the content type.',
    test: 'GitHub sends the event ping as soon as the webhook is saved. It can send a delivery again for three days.',
    deadlineSeconds: 10,
    unsignedId: true,
    confidence: 'stated',
};
export const otherNames = ['gh', 'github-enterprise', 'github-app'];
export const sample = {
    headers: {
        'content-type': 'application/json',
        'x-github-event': 'issues',
        'x-github-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: { action: 'opened', issue: { number: 7, title: 'It rains' } },
    type: 'issues',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'operator',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'x-hub-signature-256': 'sha256=c92addae3456ac09cd90730225d0968943b512589d87e7048d832e556c08178c',
                'x-github-event': 'issues',
                'x-github-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: '{"action":"opened","issue":{"number":7}}',
            type: 'issues',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
        {
            origin: 'Python 3',
            scheme: 'github-sha1',
            signs: 'the body, with SHA-1',
            headers: {
                'content-type': 'application/json',
                'x-hub-signature': 'sha1=5736f756e0d0f3f89501985e568b6bc960b91ec9',
                'x-github-event': 'issues',
                'x-github-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: '{"action":"opened","issue":{"number":7}}',
            type: 'issues',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
};
