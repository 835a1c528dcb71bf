import { hmac } from "../common-schemes.js";
import { signed } from "../preset-builders.js";
export const preset = signed(hmac('x-hub-signature: sha256='), {
    id: 'x-request-uuid',
    type: 'x-event-key',
});
export const guide = {
    name: 'Bitbucket Cloud',
    docs: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/',
    url: 'Open Repository settings > Webhooks, and enter the URL in the field URL.',
    secret: 'Enter {endpointSecret} in the field Secret.',
    deadlineSeconds: 10,
    unsignedId: true,
    confidence: 'stated',
};
export const otherNames = ['bitbucket-cloud'];
export const sample = {
    headers: {
        'content-type': 'application/json',
        'x-event-key': 'repo:push',
        'x-request-uuid': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: { repository: { name: 'sample' } },
    type: 'repo:push',
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
                'x-hub-signature': 'sha256=365866db6ba6e5eef39d5bdd936dfc8ed20ecaec76b876176203ecb3d9eb6fd4',
                'x-event-key': 'repo:push',
                'x-request-uuid': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: '{"repository":{"name":"sample"}}',
            type: 'repo:push',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
};
