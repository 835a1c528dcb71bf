import { hmac } from "../common-schemes.js";
import { check, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac('x-hub-signature: sha1=', { algorithm: 'sha1' }), {
    id: '/id',
    type: '/topic',
    handshakes: [check('HEAD')],
});
export const guide = {
    name: 'Intercom',
    docs: 'https://developers.intercom.com/docs/webhooks/setting-up-webhooks',
    url: 'Open your app in the Developer Hub, choose Webhooks, and enter the URL as Endpoint URL.',
    secret: '{Adopt} the client secret of the app.',
    deadlineSeconds: 5,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { type: 'notification_event', id: 'notif_1', topic: 'conversation.user.created' },
    type: 'conversation.user.created',
    deliveryId: 'notif_1',
    handshakes: [{ method: 'HEAD', answer: {} }],
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body, with SHA-1',
            headers: {
                'content-type': 'application/json',
                'x-hub-signature': 'sha1=c0cf911ce27cf8667a4243538899b11334945cd7',
            },
            body: '{"id":"notif_1","topic":"conversation.user.created"}',
            type: 'conversation.user.created',
            deliveryId: 'notif_1',
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'HEAD',
            proof: 'none',
            answer: { headers: { 'content-type': 'text/plain' }, body: '' },
        },
    ],
};
