import { standardWebhooks } from "../common-schemes.js";
import { standard } from "../preset-builders.js";
export const preset = standard({ older: { 'standard-webhooks': standardWebhooks('webhook') }, id: ['svix-id', 'webhook-id'] }, 'svix');
export const guide = {
    name: 'Svix',
    docs: 'https://docs.svix.com/receiving/verifying-payloads/how',
    url: 'Enter the URL as the endpoint URL in the webhook settings of the sender.',
    secret: '{Adopt} the signing secret, including the prefix whsec_. If the headers begin with webhook- and not with svix-, use the provider standard-webhooks.',
    deadlineSeconds: 30,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json', 'svix-id': 'msg_2' },
    body: { type: 'user.created', data: { id: 'user_1' } },
    type: 'user.created',
    deliveryId: 'msg_2',
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
                'svix-id': 'msg_3',
                'svix-timestamp': '1772366400',
                'svix-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,c3AAwoybBoXtU1k43QCZH2PrQC0CRm6iaxVH75QSGxc=',
            },
            body: '{"type":"user.created","data":{}}',
            type: 'user.created',
            deliveryId: 'msg_3',
            validSeconds: 300,
        },
        {
            origin: 'Python 3',
            scheme: 'standard-webhooks',
            signs: 'the id, a dot, the time, a dot and the body',
            secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
            headers: {
                'content-type': 'application/json',
                'webhook-id': 'msg_8',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,JNEDts8CJUjYG9rV8hGCVdbrYwnQrKK89V8UaNDnFmE=',
            },
            body: '{"type":"user.created","data":{}}',
            type: 'user.created',
            deliveryId: 'msg_8',
            validSeconds: 300,
        },
    ],
};
