export { preset } from "./standard-webhooks.js";
export const guide = {
    name: 'OpenAI',
    docs: 'https://platform.openai.com/docs/guides/webhooks',
    url: 'Open Project settings > Webhooks, and enter the URL in the field URL.',
    secret: '{Adopt} the signing secret that OpenAI shows once, including the prefix whsec_.',
    confidence: 'stated',
};
export const otherNames = ['open-ai'];
export const sample = {
    headers: { 'content-type': 'application/json', 'webhook-id': 'wh_o1' },
    body: { id: 'evt_o1', object: 'event', type: 'response.completed' },
    type: 'response.completed',
    deliveryId: 'wh_o1',
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
                'webhook-id': 'wh_1',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,6AGSth3yw7jP4IxtvIWTGSowJujgGcha3kspuCHc0No=',
            },
            body: '{"type":"response.completed","id":"evt_1"}',
            type: 'response.completed',
            deliveryId: 'wh_1',
            validSeconds: 300,
        },
    ],
};
