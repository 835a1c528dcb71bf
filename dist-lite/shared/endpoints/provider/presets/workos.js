import { stripeLike } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(stripeLike('workos-signature', { tolerance: 180, unit: 'ms' }), {
    id: '/id',
    type: '/event',
});
export const guide = {
    name: 'WorkOS',
    docs: 'https://workos.com/docs/events/data-syncing/webhooks',
    url: 'Open Dashboard > Webhooks, and enter the URL as Endpoint URL.',
    secret: '{Adopt} the signing secret that WorkOS shows for its endpoint.',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { id: 'wo1', event: 'dsync.user.created', data: {} },
    type: 'dsync.user.created',
    deliveryId: 'wo1',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the time, a dot and the body',
            headers: {
                'content-type': 'application/json',
                'workos-signature': 't=1772366400000, v1=008f0d7fded000b04b452a07c2eb52c5f3ef44363e8da59479b6abbc00546708',
            },
            body: '{"id":"wo1","event":"dsync.user.created"}',
            type: 'dsync.user.created',
            deliveryId: 'wo1',
            validSeconds: 180,
        },
        {
            origin: 'Python 3',
            signs: 'the time, a dot and the body. The list in the header has no space here',
            headers: {
                'content-type': 'application/json',
                'workos-signature': 't=1772366400000,v1=64f26a30b3faa28cff1e59664fb076575d38de6432294013b47852ec9c93afcb',
            },
            body: '{"id":"wo2","event":"dsync.user.updated"}',
            type: 'dsync.user.updated',
            deliveryId: 'wo2',
            validSeconds: 180,
        },
    ],
};
