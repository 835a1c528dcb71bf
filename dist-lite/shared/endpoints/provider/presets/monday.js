import { inUrl } from "../common-placements.js";
import { challenged, ok, selfSigned } from "../preset-builders.js";
export const preset = selfSigned({
    kind: 'jwt',
    algorithm: 'HS256',
    key: { form: 'utf8' },
    token: { in: 'header', name: 'authorization' },
    tolerance: 60,
}, {
    kind: 'both',
    accept: inUrl,
    id: '/event/triggerUuid',
    type: '/event/type',
    handshakes: [challenged('POST', '/challenge', { with: 'json', field: 'challenge' }, 'none')],
    answer: ok,
});
export const guide = {
    name: 'monday.com',
    docs: 'https://developer.monday.com/api-reference/reference/webhooks',
    url: 'Open the integrations of the board or the app, and enter the URL as Webhook URL. Enter the URL that contains the token, because no signature covers the event.',
    secret: '{Adopt} the signing secret of the app. Webhooks without an app are not signed: for those, set {settings.auth} to {"kind":"token"}.',
    unsignedId: true,
    confidence: 'stated',
};
export const otherNames = ['monday-com'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { event: { type: 'create_pulse', triggerUuid: 'mo1', boardId: 1 } },
    type: 'create_pulse',
    deliveryId: 'mo1',
    handshakes: [
        {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: { challenge: 'a-"quoted"-challenge' },
            answer: { headers: { 'content-type': 'application/json' }, body: '{"challenge":"a-\\"quoted\\"-challenge"}' },
        },
    ],
};
export const literals = {
    demands: 'both',
    secretFrom: 'sender',
    tokenIn: ['query', 'path'],
    answer: { status: 200, contentType: 'application/json', body: '' },
    isBodyOpen: true,
    signed: [
        {
            origin: 'Python 3',
            signs: 'a JWT in the header, and not the body',
            headers: {
                'content-type': 'application/json',
                authorization: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3NzIzNjY0MDAsImV4cCI6MTc3MjM2NjQwMH0.iJQVXsyGuSygEfWwoNjaZkiWdxd44KtOQucCz6MWD9k',
            },
            body: '{"event":{"type":"create_pulse","triggerUuid":"mo1"}}',
            type: 'create_pulse',
            deliveryId: 'mo1',
            validSeconds: 60,
            isBodyOpen: true,
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}',
            proof: 'none',
            challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
            answer: {
                headers: { 'content-type': 'application/json' },
                body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}',
            },
        },
    ],
};
