import { standard } from "../preset-builders.js";
export const preset = standard({
    key: { form: 'base64', prefix: 'v1,whsec_' },
    type: ['/metadata/name', '/email_data/email_action_type'],
});
export const guide = {
    name: 'Supabase auth hooks',
    docs: 'https://supabase.com/docs/guides/auth/auth-hooks',
    url: 'Open Authentication > Hooks, choose the hook and the type HTTPS, and enter the URL in the field URL. Use only hooks that need no data in the answer, such as Send Email.',
    secret: '{Adopt} the secret that Supabase generates for the hook, including the prefix v1,whsec_.',
    secretPrefix: 'v1,whsec_',
    deadlineSeconds: 5,
    confidence: 'stated',
};
export const otherNames = ['supabase-auth', 'supabase-auth-hooks'];
export const sample = {
    headers: { 'content-type': 'application/json', 'webhook-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11' },
    body: { user: { email: 'a@example.com' }, email_data: { email_action_type: 'signup', token: '123456' } },
    type: 'signup',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the id, a dot, the time, a dot and the body',
            secret: 'v1,whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
            headers: {
                'content-type': 'application/json',
                'webhook-id': 'wh_2',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,QbA/3/nL2NsSXnpfo4568HVQGJveFEvQTdf7r8hmCus=',
            },
            body: '{"metadata":{"name":"before-user-created"}}',
            type: 'before-user-created',
            deliveryId: 'wh_2',
            validSeconds: 300,
        },
        {
            origin: 'Python 3',
            signs: 'the id, a dot, the time, a dot and the body',
            secret: 'v1,whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
            headers: {
                'content-type': 'application/json',
                'webhook-id': 'wh_3',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,ypZoW+iUPJLR4vR+S24nVbiInf/AkgRHY0TQL6Wuno8=',
            },
            body: '{"user":{"id":"u1"},"email_data":{"email_action_type":"signup"}}',
            type: 'signup',
            deliveryId: 'wh_3',
            validSeconds: 300,
        },
    ],
};
