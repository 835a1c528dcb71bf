import { publicKey, time } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(publicKey('ecdsa-p256', 'spki', 'base64', 'x-twilio-email-event-webhook-signature', time('x-twilio-email-event-webhook-timestamp')), {
    batch: { items: '', id: '/sg_event_id', type: '/event' },
});
export const guide = {
    name: 'SendGrid Event Webhook',
    docs: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
    url: 'Open Settings > Mail settings > Event webhooks, and enter the URL as Post URL.',
    secret: 'Turn on the signed event webhook, and {adopt} its verification key.',
    confidence: 'stated',
};
export const otherNames = ['twilio-sendgrid'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: '[{"email":"a@example.com","event":"delivered","sg_event_id":"sg1"}]\r\n',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'OpenSSL 3',
            signs: 'the time and the body, with ECDSA on P-256',
            secret: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAETJ/h+Dc/RZ7Jp+aOfbVkObTUIg9iJzfIauqEjWIvgd7GQdE3YBC8wJfa1EPAhtqUtN7tKxqww5Pj/oa25fvMyg==',
            headers: {
                'content-type': 'application/json',
                'x-twilio-email-event-webhook-timestamp': '1772366400',
                'x-twilio-email-event-webhook-signature': 'MEQCIBF5V9duz9Xd1U6MfBKYAMLAuG4xpwWR6zKzusIK0J62AiBv9L4Dh41zoK7YBeMra1MKZHAjGh+QZf63LbH+pRdmMQ==',
            },
            body: '[{"email":"a@example.com","event":"delivered","sg_event_id":"sg1"}]\r\n',
            type: 'webhook',
            items: [['sg1', 'delivered']],
        },
    ],
    invisible: { 'scheme.timestamp.unit is "ms"': 'The time is not limited, and our signer has no private keys.' },
};
