import { hmac } from "../common-schemes.js";
import { challenged, ok, signed } from "../preset-builders.js";
export const preset = signed(hmac('x-hook-signature'), {
    batch: { items: '/events', type: '/action' },
    handshakes: [challenged('POST', 'x-hook-secret', { with: 'header', name: 'x-hook-secret' }, 'window')],
    secretFrom: 'handshake',
    answer: ok,
});
export const guide = {
    name: 'Asana',
    docs: 'https://developers.asana.com/docs/webhooks-guide',
    url: 'Enter the URL as target in the API call that creates the webhook.',
    secret: 'First open the handshake window of the endpoint. Then create the webhook: Asana sends the secret to the URL.',
    deadlineSeconds: 10,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { events: [{ action: 'changed', resource: { gid: '1', resource_type: 'task' } }] },
};
export const literals = {
    demands: 'signature',
    secretFrom: 'handshake',
    answer: { status: 200, contentType: 'application/json', body: '' },
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'x-hook-signature': '24d743042de0395bd7c6afb31cd08c4eba8bf4fbc1725799383ea23c8a76f596',
            },
            body: '{"events":[{"action":"changed"}]}',
            type: 'webhook',
            items: [[undefined, 'changed']],
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'POST',
            headers: { 'x-hook-secret': 'b537207f20cbfa02357cf448134da559' },
            body: '{}',
            proof: 'window',
            challenge: 'b537207f20cbfa02357cf448134da559',
            answer: {
                headers: { 'content-type': 'text/plain', 'x-hook-secret': 'b537207f20cbfa02357cf448134da559' },
                body: '',
            },
        },
    ],
};
