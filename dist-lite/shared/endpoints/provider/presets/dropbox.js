import { hmac } from "../common-schemes.js";
import { asText, challenged, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac('x-dropbox-signature'), {
    handshakes: [challenged('GET', '?challenge', asText, 'none')],
});
export const guide = {
    name: 'Dropbox',
    docs: 'https://www.dropbox.com/developers/reference/webhooks',
    url: 'Open your app in the app console, and enter the URL under Webhooks > Webhook URIs.',
    secret: '{Adopt} the app secret.',
    deadlineSeconds: 10,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { list_folder: { accounts: ['dbid:1'] }, delta: { users: [1] } },
    handshakes: [
        {
            method: 'GET',
            query: '?challenge=a1%2Bb2',
            answer: { headers: { 'content-type': 'text/plain' }, body: 'a1+b2' },
        },
    ],
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
                'x-dropbox-signature': '1452d71c6f4b18e1d784ed1d701344157ce59245f3574dd275ae2cdfa5ce1513',
            },
            body: '{"list_folder":{"accounts":["dbid:1"]}}',
            type: 'webhook',
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'GET',
            query: 'challenge=ccc2ad4d4b',
            proof: 'none',
            challenge: 'ccc2ad4d4b',
            answer: { headers: { 'content-type': 'text/plain' }, body: 'ccc2ad4d4b' },
        },
    ],
    noHandshakes: [{ method: 'GET' }],
};
