import { standardWebhooks } from "../common-schemes.js";
import { standard } from "../preset-builders.js";
export const preset = standard({
    // For secrets made before September 8, 2026: the key is the text of the whole secret.
    older: { 'polar-utf8': standardWebhooks('webhook', { form: 'utf8' }) },
});
export const guide = {
    name: 'Polar',
    docs: 'https://polar.sh/docs/integrate/webhooks/delivery',
    url: 'Open Settings > Webhooks > Add Endpoint, and enter the URL in the field URL.',
    secret: '{Adopt} the secret that Polar generates. If Polar generated it before September 8, 2026, choose the scheme polar-utf8.',
    contentType: 'Choose Raw as the format.',
    deadlineSeconds: 10,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json', 'webhook-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11' },
    body: { type: 'order.paid', timestamp: '2026-03-01T12:00:00Z', data: { id: 'order_1' } },
    type: 'order.paid',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the id, a dot, the time, a dot and the body',
            secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
            headers: {
                'content-type': 'application/json',
                'webhook-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,+g6RxZo7Ibda5FKLcOh3YsU0Es8HkO5Ven1hkJeBYuA=',
            },
            body: '{"type":"order.paid","data":{"id":"order_1"}}',
            type: 'order.paid',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            validSeconds: 300,
        },
        {
            origin: 'Python 3',
            scheme: 'polar-utf8',
            signs: 'the id, a dot, the time, a dot and the body. The key is the text of the whole secret',
            secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
            headers: {
                'content-type': 'application/json',
                'webhook-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,ZgTspwtcKtEY95Wv0iG2Be9O8wSJHPZX8+6FeBLWB5g=',
            },
            body: '{"type":"order.paid","data":{"id":"order_1"}}',
            type: 'order.paid',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            validSeconds: 300,
        },
    ],
};
