import { stripeLike } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(stripeLike('stripe-signature'), {
    // Stripe signs test events by this scheme too, with the same secret.
    older: { 'stripe-v0': stripeLike('stripe-signature', { prefix: 'v0=' }) },
    id: '/id',
    type: '/type',
});
export const guide = {
    name: 'Stripe',
    docs: 'https://docs.stripe.com/webhooks/signature',
    url: 'Open Workbench > Webhooks > Add destination, and enter the URL as Endpoint URL.',
    secret: '{Adopt} the signing secret that Stripe shows beside its endpoint, including the prefix whsec_.',
    secretPrefix: 'whsec_',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { id: 'evt_1Sample', object: 'event', type: 'charge.succeeded' },
    type: 'charge.succeeded',
    deliveryId: 'evt_1Sample',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the time, a dot and the body',
            secret: 'whsec_test',
            headers: {
                'content-type': 'application/json',
                'stripe-signature': 't=1772366400,v1=21123dffb076d1cb0ffca3b278c687a024c21aa6f64f8ac60357405c8e390f1e,v0=0000000000000000000000000000000000000000000000000000000000000000',
            },
            body: '{"id":"evt_1","type":"charge.succeeded"}',
            type: 'charge.succeeded',
            deliveryId: 'evt_1',
            validSeconds: 300,
        },
        {
            origin: 'Python 3',
            scheme: 'stripe-v0',
            signs: 'the time, a dot and the body. A test event has this signature as v0',
            secret: 'whsec_test',
            headers: {
                'content-type': 'application/json',
                'stripe-signature': 't=1772366400,v1=0000000000000000000000000000000000000000000000000000000000000000,v0=21123dffb076d1cb0ffca3b278c687a024c21aa6f64f8ac60357405c8e390f1e',
            },
            body: '{"id":"evt_1","type":"charge.succeeded"}',
            type: 'charge.succeeded',
            deliveryId: 'evt_1',
            validSeconds: 300,
        },
    ],
};
