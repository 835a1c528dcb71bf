import { basic } from "../common-placements.js";
import { tokened } from "../preset-builders.js";
export const preset = tokened([basic], {
    id: '/meta/id',
    type: ['/event', '/meta/entity'],
});
export const guide = {
    name: 'Pipedrive',
    docs: 'https://pipedrive.readme.io/docs/guide-for-webhooks-v2',
    url: 'Open Tools and apps > Webhooks, and enter the URL as Endpoint URL. Choose version 2.',
    secret: 'Enter hooklatch as the HTTP auth username, and the token as the password.',
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { meta: { id: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', action: 'change', entity: 'deal' }, data: { id: 1 } },
    type: 'deal',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['basic'],
    unsigned: [
        {
            // Version 2 of Pipedrive's webhooks.
            origin: 'by hand',
            headers: { 'content-type': 'application/json' },
            body: '{"meta":{"id":"pi2","action":"change","entity":"deal"},"data":{"id":1}}',
            type: 'deal',
            deliveryId: 'pi2',
        },
        {
            // Version 1 of Pipedrive's webhooks.
            origin: 'by hand',
            headers: { 'content-type': 'application/json' },
            body: '{"event":"updated.deal","meta":{"id":1,"action":"updated","object":"deal"}}',
            type: 'updated.deal',
            deliveryId: '1',
        },
    ],
};
