import { inAuthorization } from "../common-placements.js";
import { tokened } from "../preset-builders.js";
export const preset = tokened(inAuthorization, {
    batch: { items: '', id: '/log_id', type: '/data/type' },
});
export const guide = {
    name: 'Auth0 log streams',
    docs: 'https://auth0.com/docs/customize/log-streams/custom-log-streams',
    url: 'Open Monitoring > Streams, create a Custom Webhook, and enter the URL as Payload URL.',
    secret: 'Enter the token as the authorization token.',
    contentType: 'Choose application/json as the content type, and JSON Array as the content format.',
    confidence: 'stated',
};
export const otherNames = ['auth0-log-streams'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: [{ log_id: '9002026', data: { type: 's', client_name: 'Sample' } }],
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['bearer', 'authorization'],
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'application/json' },
            body: '[{"log_id":"9002026","data":{"type":"s"}}]',
            type: 'webhook',
            items: [['9002026', 's']],
        },
    ],
};
