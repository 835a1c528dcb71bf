import { body, digest, time, timestamp } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
/* @__NO_SIDE_EFFECTS__ */
const cloudinary = (algorithm) => digest(algorithm, 'x-cld-signature', {
    timestamp: time('x-cld-timestamp', 7200),
    message: [body, timestamp, { part: 'secret' }],
});
export const preset = selfSigned(cloudinary('sha256'), {
    older: { 'cloudinary-sha1': cloudinary('sha1') },
    type: '/notification_type',
});
export const guide = {
    name: 'Cloudinary',
    docs: 'https://cloudinary.com/documentation/notifications',
    url: 'Open Settings > Webhook notifications, and enter the URL as Notification URL.',
    secret: '{Adopt} the API secret. If your account signs with SHA-1, choose the scheme cloudinary-sha1.',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { notification_type: 'upload', public_id: 'sample', version: 1772366400 },
    type: 'upload',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body, the time and the secret, with SHA-256 and no HMAC',
            headers: {
                'content-type': 'application/json',
                'x-cld-timestamp': '1772366400',
                'x-cld-signature': '1dc788b7f21bdb18792cb66c58ebaaa3b4424485780deebe99b015f6437f93a6',
            },
            body: '{"notification_type":"upload"}',
            type: 'upload',
            validSeconds: 7200,
        },
        {
            origin: 'Python 3',
            scheme: 'cloudinary-sha1',
            signs: 'the body, the time and the secret, with SHA-1 and no HMAC',
            headers: {
                'content-type': 'application/json',
                'x-cld-timestamp': '1772366400',
                'x-cld-signature': '59b0c9015fce357dcaef16a9d0a9480cf269c8dd',
            },
            body: '{"notification_type":"upload"}',
            type: 'upload',
            validSeconds: 7200,
        },
    ],
};
