import { body, header, hmac, literal, time, timestamp } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac(header('paddle-signature', 'h1=', ';'), {
    timestamp: time(header('paddle-signature', 'ts=', ';'), 5),
    message: [timestamp, literal(':'), body],
}), {
    id: '/event_id',
    type: '/event_type',
});
export const guide = {
    name: 'Paddle Billing',
    docs: 'https://developer.paddle.com/webhooks/signature-verification',
    url: 'Open Developer tools > Notifications, choose the destination, and enter the URL in the field URL.',
    secret: '{Adopt} the secret key of the destination.',
    deadlineSeconds: 5,
    confidence: 'stated',
};
export const otherNames = ['paddle-billing'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { event_id: 'evt_p1', event_type: 'transaction.paid', notification_id: 'ntf_p1', data: {} },
    type: 'transaction.paid',
    deliveryId: 'evt_p1',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the time, a colon and the body',
            headers: {
                'content-type': 'application/json',
                'paddle-signature': 'ts=1772366400;h1=4f45b99c3d906f46beaf270402997a11a24acf50bebf13c065d0249afa209a40',
            },
            body: '{"event_id":"evt_p1","event_type":"transaction.paid"}',
            type: 'transaction.paid',
            deliveryId: 'evt_p1',
            validSeconds: 5,
        },
    ],
};
