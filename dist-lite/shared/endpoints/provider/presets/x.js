import { hmac64 } from "../common-schemes.js";
import { challenged, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac64('x-twitter-webhooks-signature: sha256='), {
    handshakes: [
        challenged('GET', '?crc_token', { with: 'hmac', field: 'response_token', encoding: 'base64', prefix: 'sha256=' }, 'none'),
    ],
});
export const guide = {
    name: 'X',
    docs: 'https://docs.x.com/x-api/webhooks/introduction',
    url: 'Enter the URL as url in the API call that creates the webhook.',
    secret: '{Adopt} the consumer secret of the app.',
    deadlineSeconds: 3,
    confidence: 'stated',
};
export const otherNames = ['twitter', 'x-com'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { for_user_id: '1', tweet_create_events: [{ id_str: '2', text: 'hello' }] },
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
                'x-twitter-webhooks-signature': 'sha256=wiA8YZlB2bEaXBlDjYn8SNzYGvRm+NbdnOUBPCPquvI=',
            },
            body: '{"for_user_id":"1"}',
            type: 'webhook',
        },
    ],
    handshakes: [
        {
            origin: 'Python 3',
            method: 'GET',
            query: 'crc_token=challenge_string',
            proof: 'none',
            challenge: 'challenge_string',
            answer: {
                headers: { 'content-type': 'application/json' },
                body: '{"response_token":"sha256=SCT57qBUe0Uf36YPmOvRzQJxjIu2QDn5V+GWCqqmTZs="}',
            },
        },
    ],
    noHandshakes: [{ method: 'GET' }],
};
