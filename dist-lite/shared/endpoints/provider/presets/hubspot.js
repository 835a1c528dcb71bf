import { body, digest, hmac64, time, timestamp, url } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
const method = { part: 'method' };
/** HubSpot's first two versions sign with a digest of the secret and the message. */
/* @__NO_SIDE_EFFECTS__ */
const hubspot = (version, message) => digest('sha256', 'x-hubspot-signature', {
    requires: [{ header: 'x-hubspot-signature-version', equals: version }],
    message: [{ part: 'secret' }, ...message],
});
export const preset = selfSigned(hmac64('x-hubspot-signature-v3', {
    timestamp: time('x-hubspot-request-timestamp', 300, 'ms'),
    message: [method, { part: 'url', decoded: true }, body, timestamp],
}), {
    older: { 'hubspot-v2': hubspot('v2', [method, url, body]), 'hubspot-v1': hubspot('v1', [body]) },
    batch: { items: '', id: '/eventId', type: '/subscriptionType' },
});
export const guide = {
    name: 'HubSpot',
    docs: 'https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests',
    url: 'Open your app, choose Webhooks, and enter the URL as Target URL. HubSpot signs the URL too, so do not change it.',
    secret: '{Adopt} the client secret of the app. For older signatures, choose the scheme hubspot-v2 or hubspot-v1.',
    deadlineSeconds: 5,
    confidence: 'stated',
};
export const otherNames = ['hub-spot'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: [{ eventId: 100, subscriptionType: 'contact.creation', objectId: 123, attemptNumber: 0 }],
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the method, the URL, the body and the time',
            headers: {
                'content-type': 'application/json',
                'x-hubspot-request-timestamp': '1772366400000',
                'x-hubspot-signature-v3': '40Pym7q8LLIpHNKBi6l3fSqSDVbRWneU7GPuKvsGUlM=',
            },
            body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
            type: 'webhook',
            items: [['100', 'contact.creation']],
            validSeconds: 300,
        },
        {
            origin: 'Python 3',
            scheme: 'hubspot-v1',
            signs: 'the secret and the body, with SHA-256 and no HMAC',
            headers: {
                'content-type': 'application/json',
                'x-hubspot-signature-version': 'v1',
                'x-hubspot-signature': 'af7745e8e3f1decac7284afb8f5f7962f6b5738ff9f585624f5bdea056cc4feb',
            },
            body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
            type: 'webhook',
            items: [['100', 'contact.creation']],
        },
        {
            origin: 'Python 3',
            scheme: 'hubspot-v2',
            signs: 'the secret, the method, the URL and the body, with SHA-256 and no HMAC',
            headers: {
                'content-type': 'application/json',
                'x-hubspot-signature-version': 'v2',
                'x-hubspot-signature': 'cd2e3d73c64388c0cc038658b9fc0fd1b128b28b1ee3c4be35b20c1fd5d47d93',
            },
            body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
            type: 'webhook',
            items: [['100', 'contact.creation']],
        },
        {
            origin: 'Python 3',
            url: 'https://hooks.example.com/hooks/orders/ep_1?a=%3A%2F%20b',
            signs: 'the method, the URL with some of its escapes decoded, the body and the time',
            headers: {
                'content-type': 'application/json',
                'x-hubspot-request-timestamp': '1772366400000',
                'x-hubspot-signature-v3': 'dr27l9eicoMOqTR6HqpC+Ne4VaLroDpgzLJl6hnOYEM=',
            },
            body: '[{"eventId":101,"subscriptionType":"deal.creation"}]',
            type: 'webhook',
            items: [['101', 'deal.creation']],
            validSeconds: 300,
        },
    ],
    refused: [
        {
            origin: 'Python 3',
            scheme: 'hubspot-v1',
            why: 'the version is that of another signature',
            headers: {
                'content-type': 'application/json',
                'x-hubspot-signature-version': 'v2',
                'x-hubspot-signature': 'af7745e8e3f1decac7284afb8f5f7962f6b5738ff9f585624f5bdea056cc4feb',
            },
            body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
            reason: 'signature_unsupported',
        },
        {
            origin: 'Python 3',
            scheme: 'hubspot-v2',
            why: 'the version is that of another signature',
            headers: {
                'content-type': 'application/json',
                'x-hubspot-signature-version': 'v1',
                'x-hubspot-signature': 'cd2e3d73c64388c0cc038658b9fc0fd1b128b28b1ee3c4be35b20c1fd5d47d93',
            },
            body: '[{"eventId":100,"subscriptionType":"contact.creation"}]',
            reason: 'signature_unsupported',
        },
    ],
};
