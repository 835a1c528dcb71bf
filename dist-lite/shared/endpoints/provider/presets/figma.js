import { tokened } from "../preset-builders.js";
export const preset = tokened(['/passcode'], {
    type: '/event_type',
});
export const guide = {
    name: 'Figma',
    docs: 'https://developers.figma.com/docs/rest-api/webhooks-security',
    url: 'Enter the URL as endpoint in the API call that creates the webhook.',
    secret: 'Enter the token as the passcode. Figma sends the passcode in every body.',
    test: 'Figma sends the event PING when the webhook is created.',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { event_type: 'FILE_UPDATE', file_key: 'k1', timestamp: '2026-03-01T12:00:00Z' },
    type: 'FILE_UPDATE',
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: [{ body: '{"event_type":"PING","passcode":"hle_of-the-sender-0123"}' }],
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'application/json' },
            body: '{"event_type":"FILE_UPDATE","file_key":"k1"}',
            type: 'FILE_UPDATE',
        },
    ],
};
