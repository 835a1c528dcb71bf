import { standard } from "../preset-builders.js";
export const preset = standard({ accept: ['x-gitlab-token'], type: 'x-gitlab-event' });
export const guide = {
    name: 'GitLab',
    docs: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
    url: 'Open the settings of the project or group. Choose Webhooks, and enter the URL in the field URL.',
    secret: '{Adopt} the signing token that GitLab generates, including the prefix whsec_. If your GitLab generates no signing token, set {settings.auth} to {"kind":"token"} and enter the token as the secret token.',
    deadlineSeconds: 10,
    confidence: 'stated',
};
export const sample = {
    headers: {
        'content-type': 'application/json',
        'x-gitlab-event': 'Push Hook',
        'webhook-id': 'msg_1',
        'idempotency-key': 'msg_1',
    },
    body: { object_kind: 'push', ref: 'refs/heads/main' },
    type: 'Push Hook',
    deliveryId: 'msg_1',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    tokenIn: [{ headers: { 'x-gitlab-token': 'hle_of-the-sender-0123' } }],
    signed: [
        {
            origin: 'Python 3',
            signs: 'the id, a dot, the time, a dot and the body',
            secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
            headers: {
                'content-type': 'application/json',
                'webhook-id': 'msg_1',
                'webhook-timestamp': '1772366400',
                'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1,zkjEULf0x9Ymxz7SckmlNGvQT+ExbONCocXE/LuIIiQ=',
                'x-gitlab-event': 'Push Hook',
            },
            body: '{"object_kind":"push"}',
            type: 'Push Hook',
            deliveryId: 'msg_1',
            validSeconds: 300,
        },
    ],
};
