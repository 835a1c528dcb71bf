import { tokened } from "../preset-builders.js";
export const preset = tokened(['x-goog-channel-token'], {
    type: 'x-goog-resource-state',
});
export const guide = {
    name: 'Google Calendar push notifications',
    docs: 'https://developers.google.com/workspace/calendar/api/guides/push',
    url: 'Enter the URL as address in the API call that opens the channel.',
    secret: 'Enter the token as token in the same call.',
    confidence: 'stated',
};
export const otherNames = ['gcal', 'googlecalendar'];
export const sample = {
    headers: {
        'content-type': 'application/octet-stream',
        'x-goog-resource-state': 'exists',
        'x-goog-message-number': '10',
        'x-goog-channel-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: '',
    type: 'exists',
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: [{ headers: { 'x-goog-channel-token': 'hle_of-the-sender-0123' } }],
    unsigned: [
        {
            origin: 'by hand',
            headers: {
                'x-goog-resource-state': 'exists',
                'x-goog-message-number': '10',
                'x-goog-channel-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: '',
            type: 'exists',
        },
    ],
};
