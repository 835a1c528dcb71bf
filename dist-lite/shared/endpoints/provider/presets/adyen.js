import { basic, inUrl } from "../common-placements.js";
import { hmac64 } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
const item = '/NotificationRequestItem';
export const preset = selfSigned({ kind: 'adyen' }, {
    kind: 'both',
    accept: [basic, ...inUrl],
    older: { 'adyen-platform': hmac64('hmacsignature', { key: { form: 'hex' } }) },
    type: [`/notificationItems/0${item}/eventCode`, '/type'],
    batch: {
        items: '/notificationItems',
        id: `${item}/pspReference`,
        type: `${item}/eventCode`,
    },
    answer: { status: 200, body: '[accepted]', contentType: 'text/plain' },
});
export const guide = {
    name: 'Adyen',
    docs: 'https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures/',
    url: 'Open Customer Area > Developers > Webhooks > Server configuration, and enter the URL in the field URL.',
    secret: '{Adopt} the HMAC key that Adyen generates as the signing secret. For Basic authentication, enter hooklatch as the user and the token as the password. For platform webhooks, choose the scheme adyen-platform.',
    contentType: 'Choose JSON as the format.',
    deadlineSeconds: 10,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: {
        live: 'false',
        notificationItems: [
            {
                NotificationRequestItem: {
                    eventCode: 'AUTHORISATION',
                    success: 'true',
                    pspReference: '7914073381342284',
                    merchantReference: 'order-17',
                    merchantAccountCode: 'SampleShop',
                    amount: { value: 1130, currency: 'EUR' },
                    eventDate: '2026-03-01T12:00:00+01:00',
                },
            },
        ],
    },
    type: 'AUTHORISATION',
};
export const literals = {
    demands: 'both',
    secretFrom: 'sender',
    tokenIn: ['basic', 'query', 'path'],
    answer: { status: 200, contentType: 'text/plain', body: '[accepted]' },
    isBodyOpen: true,
    signed: [
        {
            origin: 'Python 3',
            signs: 'eight fields of the item, joined by colons',
            secret: '44782def547aaa06c910c43932b1eb0c71fc68d9d0c057550c48ec2acf6ba056',
            headers: { 'content-type': 'application/json' },
            body: '{"live":"false","notificationItems":[{"NotificationRequestItem":{"eventCode":"AUTHORISATION","success":"true","pspReference":"7914073381342284","merchantReference":"order-17","merchantAccountCode":"SampleShop","amount":{"value":1130,"currency":"EUR"},"additionalData":{"hmacSignature":"RmE82QnCQ2YngyDcBsTqpq1VBbZOCKHbynVd+J5YcCE="}}}]}',
            type: 'AUTHORISATION',
            items: [['7914073381342284', 'AUTHORISATION']],
            isBodyOpen: true,
        },
        {
            origin: 'Python 3',
            scheme: 'adyen-platform',
            signs: 'the body',
            secret: '44782def547aaa06c910c43932b1eb0c71fc68d9d0c057550c48ec2acf6ba056',
            headers: { 'content-type': 'application/json', hmacsignature: 'SZNk+myC4t4ZmvVoJu6uyg4hQZd5r29aghlVxFJ+a7A=' },
            body: '{"type":"balancePlatform.transfer.created","data":{"id":"tr1"}}',
            type: 'balancePlatform.transfer.created',
        },
    ],
};
