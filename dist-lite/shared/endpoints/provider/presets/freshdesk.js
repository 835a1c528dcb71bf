import { basic, inHeaders } from "../common-placements.js";
import { tokened } from "../preset-builders.js";
export const preset = tokened([basic, ...inHeaders]);
export const guide = {
    name: 'Freshdesk',
    docs: 'https://support.freshdesk.com/support/solutions/articles/132589-using-webhooks-in-automation-rules',
    url: 'Open Admin > Automations, choose the rule and its action Trigger webhook, and enter the URL in the field URL.',
    secret: 'Enter hooklatch as the user and the token as the password. You can also enter the token as a custom header.',
    contentType: 'Choose JSON as the encoding.',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { freshdesk_webhook: { ticket_id: 1, ticket_status: 'Open' } },
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['basic', 'bearer', 'webhookToken'],
    unsigned: [{ origin: 'by hand', headers: { 'content-type': 'application/json' }, body: '{"id":1}', type: 'webhook' }],
};
