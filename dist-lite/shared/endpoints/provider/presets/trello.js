import { body, hmac64, url } from "../common-schemes.js";
import { check, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac64('x-trello-webhook', { algorithm: 'sha1', message: [body, url] }), {
    id: '/action/id',
    type: '/action/type',
    handshakes: [check('HEAD')],
});
export const guide = {
    name: 'Trello',
    docs: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/',
    url: 'Enter the URL as callbackURL in the API call that creates the webhook. Trello signs the URL too, so do not change it.',
    secret: '{Adopt} the secret of the app.',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { action: { id: 'tr1', type: 'updateCard' }, model: { id: 'b1' } },
    type: 'updateCard',
    deliveryId: 'tr1',
    handshakes: [{ method: 'HEAD', answer: {} }],
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body and the URL, with SHA-1',
            headers: { 'content-type': 'application/json', 'x-trello-webhook': 'VBpEhwodIFv/GYczUeIbpV3DJM0=' },
            body: '{"action":{"id":"tr1","type":"updateCard"}}',
            type: 'updateCard',
            deliveryId: 'tr1',
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
