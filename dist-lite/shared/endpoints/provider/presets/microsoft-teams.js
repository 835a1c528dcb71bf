import { hmac64 } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac64('authorization: HMAC ', { key: { form: 'base64' } }), {
    id: '/id',
    type: '/type',
});
export const guide = {
    name: 'Microsoft Teams outgoing webhooks',
    docs: 'https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook',
    url: 'Open the team, choose Apps > Create an outgoing webhook, and enter the URL as Callback URL.',
    secret: '{Adopt} the security token that Teams shows once.',
    deadlineSeconds: 5,
    confidence: 'stated',
};
export const otherNames = ['teams', 'ms-teams', 'msteams'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { type: 'message', id: '1485983408511', text: 'hello' },
    type: 'message',
    deliveryId: '1485983408511',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            secret: 'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u',
            headers: {
                'content-type': 'application/json',
                authorization: 'HMAC 3+ULuVCNJ5rUZutiRfe5+z4NRyeaaN4hJgCdFl3Qg4c=',
            },
            body: '{"type":"message","id":"1485983408511"}',
            type: 'message',
            deliveryId: '1485983408511',
        },
    ],
};
