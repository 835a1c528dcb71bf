import { hmac } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac('x-pusher-signature'), {
    batch: { items: '/events', type: '/name' },
});
export const guide = {
    name: 'Pusher Channels',
    docs: 'https://pusher.com/docs/channels/server_api/webhooks/',
    url: 'Open your app, choose Webhooks, and enter the URL as Webhook URL.',
    secret: '{Adopt} the secret that belongs to the app key in the header X-Pusher-Key.',
    deadlineSeconds: 4,
    confidence: 'stated',
};
export const otherNames = ['pusher-channels'];
export const sample = {
    headers: { 'content-type': 'application/json', 'x-pusher-key': 'key1' },
    body: { time_ms: 1772366400000, events: [{ name: 'channel_occupied', channel: 'c1' }] },
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
                'x-pusher-signature': '3441a1b8af072463563890f50339d811a93d0ad6caed3cb8ad84870df1efbd94',
            },
            body: '{"time_ms":1772366400000,"events":[{"name":"channel_occupied"}]}',
            type: 'webhook',
            items: [[undefined, 'channel_occupied']],
        },
    ],
};
