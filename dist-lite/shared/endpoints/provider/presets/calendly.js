import { stripeLike } from "../common-schemes.js";
import { signed } from "../preset-builders.js";
export const preset = signed(stripeLike('calendly-webhook-signature', { tolerance: 180 }), {
    type: '/event',
});
export const guide = {
    name: 'Calendly',
    docs: 'https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures',
    url: 'Enter the URL as url in the API call that creates the webhook subscription.',
    secret: 'Enter {endpointSecret} as signing_key in the same call.',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { event: 'invitee.created', payload: { email: 'a@example.com' } },
    type: 'invitee.created',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'operator',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the time, a dot and the body',
            headers: {
                'content-type': 'application/json',
                'calendly-webhook-signature': 't=1772366400,v1=712ed33827ab2d69e6caeccd93b423ee34872ebf67665a9f55c1626110fb34b8',
            },
            body: '{"event":"invitee.created"}',
            type: 'invitee.created',
            validSeconds: 180,
        },
    ],
};
