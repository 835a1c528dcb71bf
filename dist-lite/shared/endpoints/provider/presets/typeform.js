import { hmac64 } from "../common-schemes.js";
import { signed } from "../preset-builders.js";
export const preset = signed(hmac64('typeform-signature: sha256='), {
    id: '/event_id',
    type: '/event_type',
});
export const guide = {
    name: 'Typeform',
    docs: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/',
    url: 'Open the form, choose Connect > Webhooks, and enter the URL as Endpoint.',
    secret: 'Enter {endpointSecret} in the field Secret.',
    deadlineSeconds: 30,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { event_id: 'tf1', event_type: 'form_response', form_response: {} },
    type: 'form_response',
    deliveryId: 'tf1',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'operator',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'typeform-signature': 'sha256=825EVJL5Siv2i5gonn25SVbFr8sAgLa/GUudjKgosb4=',
            },
            body: '{"event_id":"tf1","event_type":"form_response"}',
            type: 'form_response',
            deliveryId: 'tf1',
        },
    ],
};
