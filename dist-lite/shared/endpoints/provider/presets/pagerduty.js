import { header, hmac } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac(header('x-pagerduty-signature', 'v1=', ',')), {
    id: '/event/id',
    type: '/event/event_type',
});
export const guide = {
    name: 'PagerDuty',
    docs: 'https://developer.pagerduty.com/docs/verifying-webhook-signatures',
    url: 'Open Integrations > Generic webhooks (v3), and enter the URL as Webhook URL.',
    secret: '{Adopt} the secret that PagerDuty shows once, when the subscription is created.',
    test: 'A test of PagerDuty is the event pagey.ping.',
    confidence: 'stated',
};
export const otherNames = ['pager-duty'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { event: { id: 'pd1', event_type: 'incident.triggered' } },
    type: 'incident.triggered',
    deliveryId: 'pd1',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'x-pagerduty-signature': 'v1=0000000000000000000000000000000000000000000000000000000000000000,v1=1b9d92bc79381e20bd4f9ef4b435d9a04b4b7a4e9b137bb36a1fe0fd3fa40326',
            },
            body: '{"event":{"id":"pd1","event_type":"incident.triggered"}}',
            type: 'incident.triggered',
            deliveryId: 'pd1',
        },
    ],
};
