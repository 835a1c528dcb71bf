import { body, hmac, time, timestamp } from "../common-schemes.js";
import { signed } from "../preset-builders.js";
export const preset = signed(hmac('klaviyo-signature', {
    timestamp: time('klaviyo-timestamp', 0, 'imf'),
    message: [body, timestamp],
}), {
    batch: { items: '/data', id: '/external_id', type: '/topic' },
});
export const guide = {
    name: 'Klaviyo',
    docs: 'https://developers.klaviyo.com/en/docs/working_with_system_webhooks',
    url: 'Open Integrations > Webhooks, and enter the URL as Endpoint URL.',
    secret: 'Enter {endpointSecret} in the field Secret key.',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json', 'klaviyo-webhook-id': 'w1' },
    body: {
        data: [{ external_id: 'ev1', topic: 'event:klaviyo.sent_sms', payload: {} }],
        meta: { klaviyo_webhook_id: 'w1' },
    },
};
export const literals = {
    demands: 'signature',
    secretFrom: 'operator',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body and the time',
            headers: {
                'content-type': 'application/json',
                'klaviyo-timestamp': 'Sun, 01 Mar 2026 12:00:00 GMT',
                'klaviyo-signature': 'dfe7da021d56d3f7a1b239b7999e5f0566f90db627c725ff67f676c0161b5326',
            },
            body: '{"data":[{"external_id":"ev1","topic":"event:klaviyo.sent_sms"}]}',
            type: 'webhook',
            items: [['ev1', 'event:klaviyo.sent_sms']],
        },
    ],
};
