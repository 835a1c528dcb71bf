import { hmac64 } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac64('x-shopify-hmac-sha256'), {
    id: 'x-shopify-webhook-id',
    type: 'x-shopify-topic',
});
export const guide = {
    name: 'Shopify',
    docs: 'https://shopify.dev/docs/apps/build/webhooks/subscribe/https',
    url: 'Enter the URL as the URI of the subscription in the app configuration. For your own shop, enter it under Settings > Notifications > Webhooks.',
    secret: 'For an app, {adopt} the client secret of the app. For your own shop, {adopt} the secret that Shopify shows below its webhooks.',
    contentType: 'Choose JSON as the format.',
    deadlineSeconds: 5,
    unsignedId: true,
    confidence: 'stated',
};
export const sample = {
    headers: {
        'content-type': 'application/json',
        'x-shopify-topic': 'orders/create',
        'x-shopify-webhook-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        'x-shopify-shop-domain': 'sample.myshopify.com',
    },
    body: { id: 820982911946154500, email: 'someone@example.com' },
    type: 'orders/create',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
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
                'x-shopify-hmac-sha256': 'fq252loLW6xnPQaEpK6rDaV2stgz1udjPPnp7dWqaS4=',
                'x-shopify-topic': 'orders/create',
                'x-shopify-webhook-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            },
            body: '{"id":820982911946154500}',
            type: 'orders/create',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
};
