import { basic, inHeaders } from "../common-placements.js";
import { tokened } from "../preset-builders.js";
export const preset = tokened([...inHeaders, basic]);
export const guide = {
    name: 'Datadog',
    docs: 'https://docs.datadoghq.com/integrations/webhooks/',
    url: 'Open Integrations > Webhooks, and enter the URL in the field URL.',
    secret: 'Enter the token as a custom header: {"X-Webhook-Token": "…"}.',
    contentType: 'Do not turn on Encode as form, so that Datadog sends the payload as JSON.',
    confidence: 'stated',
};
export const otherNames = ['data-dog'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { id: '1', title: '[Triggered] CPU', alert_type: 'error' },
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['bearer', 'webhookToken', 'basic'],
    unsigned: [{ origin: 'by hand', headers: { 'content-type': 'application/json' }, body: '{"id":1}', type: 'webhook' }],
};
