import { basic, inHeaders, inUrl } from "../common-placements.js";
import { ok, tokened } from "../preset-builders.js";
export const preset = tokened([basic, ...inHeaders, ...inUrl], {
    type: '/RecordType',
    answer: ok,
});
export const guide = {
    name: 'Postmark',
    docs: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
    url: 'Open the message stream, choose Webhooks, and enter the URL as Webhook URL.',
    secret: 'Enter the URL that contains the token. You can also use Basic authentication: enter hooklatch as the user and the token as the password.',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { RecordType: 'Delivery', MessageID: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', Recipient: 'a@example.com' },
    type: 'Delivery',
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['basic', 'bearer', 'webhookToken', 'query', 'path'],
    answer: { status: 200, contentType: 'application/json', body: '' },
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'application/json' },
            body: '{"RecordType":"Delivery","MessageID":"pm1","Recipient":"a@example.com"}',
            type: 'Delivery',
        },
    ],
};
