import { inUrl } from "../common-placements.js";
import { signed } from "../preset-builders.js";
export const preset = signed(undefined, {
    // The signature covers only the body's CRC-32.
    coversBody: false,
    accept: inUrl,
    id: 'paypal-transmission-id',
    type: '/event_type',
});
export const guide = {
    name: 'PayPal',
    docs: 'https://developer.paypal.com/api/rest/webhooks/',
    url: 'Open your app in the developer dashboard, choose Webhooks, and enter the URL that contains the token as Webhook URL.',
    secret: 'There is no secret, because PayPal signs with a certificate. Set {settings.auth} to {"kind":"both","scheme":{"kind":"paypal","webhookId":"…"}} with the id of the webhook, and enter the URL that contains the token. The signature covers the id, the time and a CRC-32 of the body, but not the body itself: anybody who saw a delivery can make another body with the same CRC-32. Hooklatch therefore accepts only one body for each transmission id, for 4 days after the time of the transmission. The token keeps out people who saw a delivery but not its URL. With kind "signature" there is no token. If an event moves money, first read the payment from the API of PayPal.',
    confidence: 'stated',
};
export const sample = {
    headers: {
        'content-type': 'application/json',
        'paypal-transmission-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        'paypal-transmission-time': '2026-03-01T12:00:00Z',
        'paypal-auth-algo': 'SHA256withRSA',
        'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/CERT-sample',
    },
    body: { id: 'WH-1S-2S', event_type: 'PAYMENT.SALE.COMPLETED' },
    type: 'PAYMENT.SALE.COMPLETED',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'operator',
    tokenIn: ['query', 'path'],
    isBodyOpen: true,
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'application/json', 'paypal-transmission-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11' },
            body: '{"id":"WH-1S-2S","event_type":"PAYMENT.SALE.COMPLETED"}',
            type: 'PAYMENT.SALE.COMPLETED',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
};
