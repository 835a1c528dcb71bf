import { inUrl } from "../common-placements.js";
import { asText, challenged, tokened } from "../preset-builders.js";
export const preset = tokened(inUrl, {
    type: '/value/0/changeType',
    batch: { items: '/value', id: '/id', type: '/changeType' },
    handshakes: [challenged('POST', '?validationToken', asText)],
    answer: { status: 202 },
});
export const guide = {
    name: 'Microsoft Graph change notifications',
    docs: 'https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks',
    url: 'Enter the URL that contains the token as notificationUrl of the subscription.',
    secret: 'The token is part of the URL. Your consumer can also compare clientState in the body.',
    deadlineSeconds: 3,
    confidence: 'stated',
};
export const otherNames = ['ms-graph', 'msgraph', 'graph-api'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: {
        value: [
            {
                subscriptionId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
                changeType: 'created',
                clientState: 'sample',
                resource: 'me/messages/1',
            },
        ],
    },
    type: 'created',
    handshakes: [
        {
            method: 'POST',
            query: '?validationToken=Validation%3A+Testing+client+%3Cb%3E',
            headers: { 'content-type': 'text/plain' },
            answer: { headers: { 'content-type': 'text/plain' }, body: 'Validation: Testing client <b>' },
        },
    ],
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['query', 'path'],
    answer: { status: 202, contentType: 'application/json', body: '' },
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'application/json' },
            body: '{"value":[{"id":"gr1","changeType":"created","resource":"me/messages/1"}]}',
            type: 'created',
            items: [['gr1', 'created']],
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'POST',
            query: 'token=hle_sample&validationToken=Validation%3A+Testing+client',
            headers: { 'content-type': 'text/plain' },
            proof: 'delivery',
            challenge: 'Validation: Testing client',
            answer: { headers: { 'content-type': 'text/plain' }, body: 'Validation: Testing client' },
        },
    ],
};
