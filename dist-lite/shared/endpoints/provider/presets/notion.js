import { hmac } from "../common-schemes.js";
import { challenged, signed } from "../preset-builders.js";
export const preset = signed(hmac('x-notion-signature: sha256='), {
    id: '/id',
    type: '/type',
    handshakes: [challenged('POST', '/verification_token', { with: 'nothing' }, 'window')],
    secretFrom: 'handshake',
});
export const guide = {
    name: 'Notion',
    docs: 'https://developers.notion.com/reference/webhooks',
    url: 'Open the integration, choose Webhooks > Create a subscription, and enter the URL as Webhook URL.',
    secret: 'First open the handshake window of the endpoint. Then create the subscription: Notion sends its verification token to the URL. Paste that token in Notion.',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: {
        id: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        type: 'page.created',
        attempt_number: 1,
        entity: { type: 'page' },
    },
    type: 'page.created',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'handshake',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'x-notion-signature': 'sha256=db7b05342d59778eebbc7af90d6304401c5782470a295aa0c1d742982ebb48ea',
            },
            body: '{"id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11","type":"page.created"}',
            type: 'page.created',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}',
            proof: 'window',
            challenge: 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl',
            answer: { headers: { 'content-type': 'text/plain' }, body: '' },
        },
    ],
};
