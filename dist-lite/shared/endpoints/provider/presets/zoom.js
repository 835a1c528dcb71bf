import { slackLike } from "../common-schemes.js";
import { handshake, ok, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(slackLike('x-zm-signature: v0=', 'x-zm-request-timestamp'), {
    type: '/event',
    handshakes: [
        handshake('POST', '/event=endpoint.url_validation', { with: 'hmac', field: 'encryptedToken', encoding: 'hex', echo: 'plainToken' }, '/payload/plainToken'),
    ],
    answer: ok,
});
export const guide = {
    name: 'Zoom',
    docs: 'https://developers.zoom.us/docs/api/webhooks/',
    url: 'Open your app, choose Features > Event Subscriptions, and enter the URL as Event notification endpoint URL. Then choose Validate.',
    secret: '{Adopt} the secret token of the app.',
    deadlineSeconds: 3,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { event: 'meeting.started', event_ts: 1772366400000, payload: {} },
    type: 'meeting.started',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    answer: { status: 200, contentType: 'application/json', body: '' },
    signed: [
        {
            origin: 'Python 3',
            signs: 'v0:, the time, a colon and the body',
            headers: {
                'content-type': 'application/json',
                'x-zm-request-timestamp': '1772366400',
                'x-zm-signature': 'v0=939a3a8c9958924d520d4a50813497806bbd4219ee8c55e326a413a9a84b866c',
            },
            body: '{"event":"meeting.started","payload":{}}',
            type: 'meeting.started',
        },
    ],
    handshakes: [
        {
            origin: 'Python 3',
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}',
            proof: 'delivery',
            challenge: 'qgg8vlvZRS6UYooatFL8Aw',
            answer: {
                headers: { 'content-type': 'application/json' },
                body: '{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"be837d5ac508a2b760df69dc326c1d28b13ea7424d69cd5018c341abe864cee0"}',
            },
        },
    ],
};
