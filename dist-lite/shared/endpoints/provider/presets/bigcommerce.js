import { inHeaders } from "../common-placements.js";
import { tokened } from "../preset-builders.js";
export const preset = tokened(inHeaders, {
    // No id: the hash is computed from the content, so two changes of one order can have the same hash.
    type: '/scope',
});
export const guide = {
    name: 'BigCommerce',
    docs: 'https://developer.bigcommerce.com/docs/integrations/webhooks',
    url: 'Enter the URL as destination in the API call that creates the webhook.',
    secret: 'Add a header with the token to the webhook. The header is X-Webhook-Token, or Authorization with Bearer before the token.',
    confidence: 'stated',
};
export const otherNames = ['big-commerce'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { scope: 'store/order/created', hash: 'abc1', data: { id: 5 } },
    type: 'store/order/created',
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['bearer', 'webhookToken'],
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'application/json' },
            body: '{"scope":"store/order/created","hash":"abc1","data":{"id":5}}',
            type: 'store/order/created',
        },
    ],
};
