import { hmac64 } from "../common-schemes.js";
import { ok, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac64('x-line-signature'), {
    batch: { items: '/events', id: '/webhookEventId', type: '/type' },
    answer: ok,
});
export const guide = {
    name: 'LINE Messaging API',
    docs: 'https://developers.line.biz/en/docs/messaging-api/receiving-messages/',
    url: 'Open the channel in the developers console, choose Messaging API, and enter the URL as Webhook URL. Then choose Verify.',
    secret: '{Adopt} the channel secret.',
    deadlineSeconds: 2,
    confidence: 'stated',
};
export const otherNames = ['line-messaging-api'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { destination: 'U1', events: [{ type: 'message', webhookEventId: '01H1' }] },
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    answer: { status: 200, contentType: 'application/json', body: '' },
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'x-line-signature': 'xHlybFJxQnzjGGjvMBek3cwAv1XxWiW4ydPmJ65Ueuo=',
            },
            body: '{"destination":"U1","events":[{"type":"message","webhookEventId":"01H1"},{"type":"follow","webhookEventId":"01H2"}]}',
            type: 'webhook',
            items: [
                ['01H1', 'message'],
                ['01H2', 'follow'],
            ],
        },
    ],
};
