import { basic, inUrl } from "../common-placements.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned({ kind: 'twilio' }, {
    accept: [basic, ...inUrl],
    id: 'i-twilio-idempotency-token',
    type: ['/EventType', '/MessageStatus', '/CallStatus'],
    answer: { status: 204 },
});
export const guide = {
    name: 'Twilio',
    docs: 'https://www.twilio.com/docs/usage/security#validating-requests',
    url: 'Enter the URL in the webhook field of the phone number or the service. Twilio signs the URL too, so do not change it.',
    secret: '{Adopt} the auth token of the account.',
    deadlineSeconds: 15,
    unsignedId: true,
    confidence: 'stated',
};
export const sample = {
    headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'i-twilio-idempotency-token': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: 'MessageSid=SM1&MessageStatus=delivered&To=%2B15005550006',
    type: 'delivered',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    tokenIn: ['basic', 'query', 'path'],
    answer: { status: 204, contentType: 'application/json', body: '' },
    signed: [
        {
            origin: 'Python 3',
            signs: 'the URL, and the names and values of the form in the order of the names, with SHA-1',
            headers: {
                'content-type': 'application/x-www-form-urlencoded',
                'x-twilio-signature': 'eGkoIJ4xkWZnBaCyEyoswtlLuLc=',
                'i-twilio-idempotency-token': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: 'MessageSid=SM1&MessageStatus=delivered&To=%2B15005550006',
            type: 'delivered',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
        {
            origin: 'Python 3',
            signs: 'the URL, and the names and values of the form in the order of the names, with SHA-1',
            headers: {
                'content-type': 'application/x-www-form-urlencoded',
                'x-twilio-signature': 'uqKleUJGcXBudJlyDjWYlLytn9Q=',
                'i-twilio-idempotency-token': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: 'CallSid=CA1&CallStatus=ringing',
            type: 'ringing',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
        {
            origin: 'Python 3',
            signs: 'the URL, and the names and values of the form in the order of the names, with SHA-1',
            headers: {
                'content-type': 'application/x-www-form-urlencoded',
                'x-twilio-signature': 'W24OocQXz2k6mJ03tMuv5Dm5qZg=',
                'i-twilio-idempotency-token': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: 'EventType=onMessageAdded&ConversationSid=CH1',
            type: 'onMessageAdded',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
};
