import { hmac } from "../common-schemes.js";
import { asText, handshake, ok, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac('x-hub-signature-256: sha256='), {
    type: '/object',
    batch: { items: '/entry', type: '/changes/0/field' },
    handshakes: [handshake('GET', '?hub.mode=subscribe', asText, '?hub.challenge', { verifyToken: 'hub.verify_token' })],
    answer: ok,
});
export const guide = {
    name: 'Meta (Facebook, Instagram, WhatsApp)',
    docs: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
    url: 'Open App dashboard > Webhooks, and enter the URL as Callback URL. Enter {verifyToken} beside it.',
    secret: '{Adopt} the app secret.',
    deadlineSeconds: 20,
    confidence: 'stated',
};
export const otherNames = ['facebook', 'instagram', 'messenger', 'whatsapp'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages' }] }] },
    type: 'whatsapp_business_account',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    answer: { status: 200, contentType: 'application/json', body: '' },
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'x-hub-signature-256': 'sha256=915082cef73cc1b3e32ba19f46cc8d986ce797113f2cd2b60f1ece6e7e31db87',
            },
            body: '{"object":"page","entry":[{"changes":[{"field":"feed"}]}]}',
            type: 'page',
            items: [[undefined, 'feed']],
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'GET',
            query: 'hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock',
            proof: { verifyToken: 'meatyhamhock' },
            challenge: '1158201444',
            answer: { headers: { 'content-type': 'text/plain' }, body: '1158201444' },
        },
    ],
    noHandshakes: [
        { method: 'GET', query: 'hub.mode=unsubscribe&hub.challenge=1' },
        { method: 'GET', query: 'hub.challenge=1' },
    ],
};
