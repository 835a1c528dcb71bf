import { inUrl } from "../common-placements.js";
import { hmac } from "../common-schemes.js";
import { signed } from "../preset-builders.js";
export const preset = signed(hmac('x-hub-signature: sha256='), {
    accept: inUrl,
    id: 'x-atlassian-webhook-identifier',
    type: '/webhookEvent',
});
export const guide = {
    name: 'Jira Cloud',
    docs: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
    url: 'Open System settings > Webhooks, and enter the URL in the field URL.',
    secret: 'Enter {endpointSecret} in the field Secret. Jira does not sign webhooks that an app registers. For those, set {settings.auth} to {"kind":"token"} and enter the URL that contains the token.',
    unsignedId: true,
    confidence: 'stated',
};
export const otherNames = ['jira-cloud'];
export const sample = {
    headers: { 'content-type': 'application/json', 'x-atlassian-webhook-identifier': 'wh-1' },
    body: { webhookEvent: 'jira:issue_created', issue: { key: 'SMP-1' } },
    type: 'jira:issue_created',
    deliveryId: 'wh-1',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'operator',
    tokenIn: ['query', 'path'],
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'x-hub-signature': 'sha256=a813e4c3e2560fdbb4ac1fd1fc73ddd80a57c05e91d2f1d03de799cf73b5237c',
                'x-atlassian-webhook-identifier': 'wh-1',
            },
            body: '{"webhookEvent":"jira:issue_created"}',
            type: 'jira:issue_created',
            deliveryId: 'wh-1',
        },
    ],
};
