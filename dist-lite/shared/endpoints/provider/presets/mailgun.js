import { inUrl } from "../common-placements.js";
import { hmac, time, timestamp, value } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac('/signature/signature', {
    timestamp: time('/signature/timestamp'),
    message: [timestamp, value('/signature/token')],
}), {
    kind: 'both',
    accept: inUrl,
    id: '/event-data/id',
    type: '/event-data/event',
});
export const guide = {
    name: 'Mailgun',
    docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
    url: 'Open Sending > Webhooks, and enter the URL in the field URL. Enter the URL that contains the token, because the signature does not cover the event.',
    secret: '{Adopt} the HTTP webhook signing key as the signing secret.',
    unsignedId: true,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: {
        signature: { token: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
        'event-data': { event: 'opened', id: 'mg-1', timestamp: 1772366400 },
    },
    type: 'opened',
    deliveryId: 'mg-1',
};
export const literals = {
    demands: 'both',
    secretFrom: 'sender',
    tokenIn: ['query', 'path'],
    isBodyOpen: true,
    signed: [
        {
            origin: 'Python 3',
            signs: 'the time and the token, and not the event',
            headers: { 'content-type': 'application/json' },
            body: '{"signature":{"timestamp":"1772366400","token":"a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1","signature":"e905baa4fa1334e3838653e760304c7143ab5b152bc3b7a0cc19fac51a1624f3"},"event-data":{"event":"opened","id":"mg-1"}}',
            type: 'opened',
            deliveryId: 'mg-1',
            isBodyOpen: true,
        },
    ],
};
