import { publicKey, time } from "../common-schemes.js";
import { handshake, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(publicKey('ed25519', 'rawHex', 'hex', 'x-signature-ed25519', time('x-signature-timestamp', 300)), {
    id: '/id',
    type: '/type',
    handshakes: [
        handshake('POST', '/type=1', { with: 'constant', body: '{"type":1}', contentType: 'application/json' }),
    ],
    rejectionStatus: 401,
    // With this answer, Discord shows that the bot is thinking. A consumer of the event has fifteen minutes to follow
    // up.
    answer: { status: 200, body: '{"type":5}' },
});
export const guide = {
    name: 'Discord interactions',
    docs: 'https://docs.discord.com/developers/interactions/overview',
    url: 'Open your application in the developer portal, and enter the URL as Interactions Endpoint URL.',
    secret: '{Adopt} the public key of the application.',
    deadlineSeconds: 3,
    confidence: 'stated',
};
export const otherNames = ['discord-interactions'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { id: '1', application_id: '2', type: 2, token: 'sample', version: 1 },
    type: '2',
    deliveryId: '1',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    answer: { status: 200, contentType: 'application/json', body: '{"type":5}' },
    rejectionStatus: 401,
    signed: [
        {
            origin: 'OpenSSL 3',
            signs: 'the time and the body, with Ed25519',
            secret: '8bb36bc4cc9f73803c693e825193e8ce6c2a3a62b31eec1e64edddf62296edc9',
            headers: {
                'content-type': 'application/json',
                'x-signature-timestamp': '1772366400',
                'x-signature-ed25519': 'fca17ff6f80bd4f2ad1f30a6c1b845eca324ca01e1d83b7c9e804f1959f7b4c859cc2ddd7929e337d21744e831d112ebed3007f1e33a818bbc9f814fcd89b908',
            },
            body: '{"id":"1","application_id":"2","type":2,"token":"sample"}',
            type: '2',
            deliveryId: '1',
            validSeconds: 300,
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"id":"1","application_id":"2","type":1,"version":1}',
            proof: 'delivery',
            answer: { headers: { 'content-type': 'application/json' }, body: '{"type":1}' },
        },
    ],
};
