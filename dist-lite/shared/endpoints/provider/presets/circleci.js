import { header, hmac } from "../common-schemes.js";
import { signed } from "../preset-builders.js";
export const preset = signed(hmac(header('circleci-signature', 'v1=', ',')), {
    id: '/id',
    // The type is read from the body, because the header with the type is not signed.
    type: '/type',
});
export const guide = {
    name: 'CircleCI',
    docs: 'https://circleci.com/docs/guides/integration/outbound-webhooks/',
    url: 'Open Project settings > Webhooks, and enter the URL as Receiver URL.',
    secret: 'Enter {endpointSecret} as the secret token.',
    deadlineSeconds: 5,
    confidence: 'stated',
};
export const otherNames = ['circle-ci'];
export const sample = {
    headers: { 'content-type': 'application/json', 'circleci-event-type': 'job-completed' },
    body: { type: 'job-completed', id: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', job: { name: 'build' } },
    type: 'job-completed',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
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
                'circleci-signature': 'v1=16ec5b4e594399d92f89e551cdb339835bb194a998c61e3ff579ad766a2f7691',
                'circleci-event-type': 'job-completed',
            },
            body: '{"type":"job-completed","id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11"}',
            type: 'job-completed',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
        {
            origin: 'Python 3',
            signs: 'the body, with two keys. The header with the type is not signed',
            headers: {
                'content-type': 'application/json',
                'circleci-signature': 'v1=0000000000000000000000000000000000000000000000000000000000000000,v1=0d1979fb2d4f693ffc2d04d8e0b0ebe4fc3ecbd5a1787ef24d7ff22bb7dca507',
                'circleci-event-type': 'job-completed',
            },
            body: '{"type":"workflow-completed","id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11"}',
            type: 'workflow-completed',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
};
