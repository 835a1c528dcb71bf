import { hmac } from "../common-schemes.js";
import { ok, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac('x-airtable-content-mac: hmac-sha256=', { key: { form: 'base64' } }), {
    answer: ok,
});
export const guide = {
    name: 'Airtable',
    docs: 'https://airtable.com/developers/web/api/webhooks-overview',
    url: 'Enter the URL as notificationUrl in the API call that creates the webhook.',
    secret: '{Adopt} macSecretBase64 from the answer to the API call that creates the webhook.',
    deadlineSeconds: 25,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { base: { id: 'app1' }, webhook: { id: 'ach1' }, timestamp: '2026-03-01T12:00:00.000Z' },
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    answer: { status: 200, contentType: 'application/json', body: '' },
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            secret: 'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
            headers: {
                'content-type': 'application/json',
                'x-airtable-content-mac': 'hmac-sha256=ad2798197f6be039f598493eb85dcd4d5c251720e5ae4427e2f9a3b6b8b77220',
            },
            body: '{"base":{"id":"app1"}}',
            type: 'webhook',
        },
    ],
};
