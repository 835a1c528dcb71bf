import { body, hmac, time, timestamp, value } from "../common-schemes.js";
import { asText, handshake, signed } from "../preset-builders.js";
const message = 'twitch-eventsub-message';
export const preset = signed(hmac(`${message}-signature: sha256=`, {
    timestamp: time(`${message}-timestamp`, 600, 'rfc3339'),
    message: [value(`${message}-id`), timestamp, body],
}), {
    id: `${message}-id`,
    // The type is read from the body, because the header with the type is not signed.
    type: '/subscription/type',
    handshakes: [handshake('POST', `${message}-type=webhook_callback_verification`, asText, '/challenge')],
});
export const guide = {
    name: 'Twitch EventSub',
    docs: 'https://dev.twitch.tv/docs/eventsub/handling-webhook-events/',
    url: 'Enter the URL as transport.callback of the subscription.',
    secret: 'Enter {endpointSecret} as transport.secret. Twitch accepts 10 to 100 characters.',
    confidence: 'stated',
};
export const otherNames = ['twitch-eventsub', 'eventsub'];
export const sample = {
    headers: {
        'content-type': 'application/json',
        'twitch-eventsub-message-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        'twitch-eventsub-message-type': 'notification',
        'twitch-eventsub-subscription-type': 'channel.follow',
    },
    body: { subscription: { id: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', type: 'channel.follow' }, event: {} },
    type: 'channel.follow',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    handshakes: [
        {
            method: 'POST',
            headers: {
                'content-type': 'application/json',
                'twitch-eventsub-message-type': 'webhook_callback_verification',
                'twitch-eventsub-message-id': 'm1',
            },
            body: { challenge: 'pogchamp-kappa-360noscope-vohiyo' },
            answer: { headers: { 'content-type': 'text/plain' }, body: 'pogchamp-kappa-360noscope-vohiyo' },
        },
    ],
};
export const literals = {
    demands: 'signature',
    secretFrom: 'operator',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the id, the time and the body',
            headers: {
                'content-type': 'application/json',
                'twitch-eventsub-message-type': 'notification',
                'twitch-eventsub-message-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
                'twitch-eventsub-message-timestamp': '2026-03-01T12:00:00Z',
                'twitch-eventsub-message-signature': 'sha256=824fec862fb7cb73a9acf0fae2f99a59cc861af5e38e5974d9b78268820b419f',
            },
            body: '{"subscription":{"type":"channel.follow"},"event":{}}',
            type: 'channel.follow',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            validSeconds: 600,
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'POST',
            headers: { 'content-type': 'application/json', 'twitch-eventsub-message-type': 'webhook_callback_verification' },
            body: '{"challenge":"pogchamp-kappa-360noscope-vohiyo","subscription":{"type":"channel.follow"}}',
            proof: 'delivery',
            challenge: 'pogchamp-kappa-360noscope-vohiyo',
            answer: { headers: { 'content-type': 'text/plain' }, body: 'pogchamp-kappa-360noscope-vohiyo' },
        },
    ],
};
