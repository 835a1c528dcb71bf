import { hmac, time } from "../common-schemes.js";
import { ok, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac('linear-signature', {
    timestamp: time('/webhookTimestamp', 60, 'ms'),
}), {
    id: 'linear-delivery',
    // The header with the type is not signed. Some events have the type only there.
    type: ['/type', 'linear-event'],
    answer: ok,
});
export const guide = {
    name: 'Linear',
    docs: 'https://linear.app/developers/webhooks',
    url: 'Open Settings > API > Webhooks, and enter the URL in the field URL.',
    secret: '{Adopt} the signing secret that Linear shows beside the webhook.',
    deadlineSeconds: 5,
    unsignedId: true,
    confidence: 'stated',
};
export const sample = {
    headers: {
        'content-type': 'application/json',
        'linear-event': 'Issue',
        'linear-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: { action: 'create', type: 'Issue', data: { title: 'Sample' } },
    type: 'Issue',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    answer: { status: 200, contentType: 'application/json', body: '' },
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body. The header with the type is not signed',
            headers: {
                'content-type': 'application/json',
                'linear-signature': '4e909cb73cd536c038e0c3490cb5dacaa69eb4eca97c2def6f52941c22e2a6ae',
                'linear-event': 'Comment',
                'linear-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: '{"action":"create","type":"Issue","webhookTimestamp":1772366400000}',
            type: 'Issue',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            validSeconds: 60,
        },
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'linear-signature': '5ea1ede3e649695e169dd4e193159ff47fbe98ef7d257bdaccbf3b025cd64ac6',
                'linear-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: '{"action":"update","type":"Comment","webhookTimestamp":1772366400000}',
            type: 'Comment',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            validSeconds: 60,
        },
        {
            origin: 'Python 3',
            signs: 'the body. Only the header has the type here',
            headers: {
                'content-type': 'application/json',
                'linear-signature': '64191f4b849da8d0d49f27206316403311c6d0265b59b5a60e5ee6ef63c2a51c',
                'linear-event': 'OAuthApp',
                'linear-delivery': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: '{"action":"revoked","webhookTimestamp":1772366400000}',
            type: 'OAuthApp',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            validSeconds: 60,
        },
    ],
};
