import { inAuthorization } from "../common-placements.js";
import { challenged, tokened } from "../preset-builders.js";
export const preset = tokened(inAuthorization, {
    id: '/eventId',
    type: '/eventType',
    batch: { items: '/data/events', id: '/uuid', type: '/eventType' },
    handshakes: [challenged('GET', 'x-okta-verification-challenge', { with: 'json', field: 'verification' }, 'none')],
});
export const guide = {
    name: 'Okta event hooks',
    docs: 'https://developer.okta.com/docs/concepts/event-hooks/',
    url: 'Open Workflow > Event Hooks, and enter the URL as Endpoint URL. Then choose Verify.',
    secret: 'Enter Authorization as the authentication field, and the token as the authentication secret.',
    deadlineSeconds: 3,
    confidence: 'stated',
};
export const otherNames = ['okta-event-hooks'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: {
        eventId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        eventType: 'com.okta.event_hook',
        data: { events: [{ uuid: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', eventType: 'user.session.start' }] },
    },
    type: 'com.okta.event_hook',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    handshakes: [
        {
            method: 'GET',
            headers: { 'x-okta-verification-challenge': 'my verification challenge' },
            answer: { headers: { 'content-type': 'application/json' }, body: '{"verification":"my verification challenge"}' },
        },
    ],
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['bearer', 'authorization'],
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'application/json' },
            body: '{"eventId":"ok1","eventType":"com.okta.event_hook","data":{"events":[{"uuid":"ok2","eventType":"user.session.start"}]}}',
            type: 'com.okta.event_hook',
            deliveryId: 'ok1',
            items: [['ok2', 'user.session.start']],
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'GET',
            headers: { 'x-okta-verification-challenge': 'my verification challenge' },
            proof: 'none',
            challenge: 'my verification challenge',
            answer: { headers: { 'content-type': 'application/json' }, body: '{"verification":"my verification challenge"}' },
        },
    ],
    noHandshakes: [{ method: 'GET' }],
};
